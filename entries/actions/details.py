"""Keeping the optional facts of an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import EditedElsewhere
from entries.models import ApplicantProfile, Entry, EntryDetails, TeamMember, Transaction, YearFigure
from entries.queries.details import BLOCKS, DETAIL_FIELDS, PROFILE_FIELDS, plain, stored_details


@transaction.atomic
def save_details(*, entry: Entry, version: int, blocks: dict[str, Any], actor: Actor, at: datetime) -> Entry:
    """Makes the blocks of entries.queries.details.BLOCKS named in `blocks` equal to what is given; others stay.

    `details` and each of `profiles` (by pk of the applicant) map fields to values, the others are lists of rows; facts
    left out are empty. Amounts are yuan. Refuses a stale `version`, an applicant that is no longer there, and in a
    returned entry every block the examiner did not open.
    """
    locked = open_for_edit(entry, version, at)
    stored = stored_details(locked)
    changed = [name for name in BLOCKS if name in blocks and blocks[name] != stored[name]]
    refuse_locked(locked, {name: BLOCKS[name] for name in changed})
    if not set(blocks.get("profiles", {})) <= set(locked.applicants.values_list("pk", flat=True)):
        raise EditedElsewhere
    for name in changed:
        WRITERS[name](locked, blocks[name])
    before = {name: plain(stored[name]) for name in changed}
    after = {name: plain(blocks[name]) for name in changed}
    return close_edit(locked, changed=changed, before=before, after=after, actor=actor, at=at)


def _write_details(entry: Entry, values: dict[str, Any]) -> None:
    EntryDetails.objects.update_or_create(entry=entry, defaults=_complete(EntryDetails, DETAIL_FIELDS, values))


def _write_profiles(entry: Entry, profiles: dict[int, dict[str, Any]]) -> None:
    for pk in entry.applicants.values_list("pk", flat=True):
        values = _complete(ApplicantProfile, PROFILE_FIELDS, profiles.get(pk, {}))
        ApplicantProfile.objects.update_or_create(applicant_id=pk, defaults=values)


def _write_rows(model: Any) -> Callable[[Entry, list[dict[str, Any]]], None]:
    """Rows have no identity of their own: the list is written anew."""

    def write(entry: Entry, rows: list[dict[str, Any]]) -> None:
        model.objects.filter(entry=entry).delete()
        has_place = any(one.name == "position" for one in model._meta.fields)
        model.objects.bulk_create(
            model(entry=entry, **row, **({"position": place} if has_place else {})) for place, row in enumerate(rows)
        )

    return write


WRITERS: dict[str, Callable[[Entry, Any], None]] = {
    "details": _write_details,
    "profiles": _write_profiles,
    "figures": _write_rows(YearFigure),
    "transactions": _write_rows(Transaction),
    "members": _write_rows(TeamMember),
}


def _complete(model: Any, names: tuple[str, ...], values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] if name in values else model._meta.get_field(name).get_default() for name in names}
