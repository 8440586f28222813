"""Settings of an edition about making results public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit import journal
from core.errors import NotAllowed
from core.files import CheckedFile
from results.models import CalendarDay, PublicitySettings, Seal

FIELDS = ("notice_days", "notice_counting", "committee")


@transaction.atomic
def save_publicity(*, edition: Edition, values: dict[str, Any], actor: User, at: datetime) -> PublicitySettings:
    """Changes notice period, what of the marks is shown, and the signature line of certificates, for the organiser.

    `values` may hold notice_days, notice_counting, committee, and shows_judge_totals: confirming it is written down
    with who and when. Notices already published keep their end, certificates already issued their line.
    """
    _require(edition, actor)
    saved, _ = PublicitySettings.objects.select_for_update().get_or_create(edition=edition)
    before = {name: getattr(saved, name) for name in FIELDS} | {"shows_judge_totals": saved.shows_judge_totals}
    for name in FIELDS:
        setattr(saved, name, values.get(name, getattr(saved, name)))
    shows = values.get("shows_judge_totals", saved.shows_judge_totals)
    if shows != saved.shows_judge_totals:
        saved.judge_totals_confirmed_at = at if shows else None
        saved.judge_totals_confirmed_by = actor if shows else None
    saved.save()
    after = {name: getattr(saved, name) for name in FIELDS}
    journal.record(
        verb="results.publicity.changed", obj=edition, actor=actor, at=at, edition=edition.slug, before=before,
        after=after | {"shows_judge_totals": saved.shows_judge_totals},
    )  # fmt: skip
    return saved


@transaction.atomic
def set_seal(*, edition: Edition, picture: CheckedFile | None, actor: User, at: datetime) -> Seal | None:
    """Puts a picture of the seal on certificates issued from now on; None takes it off. Issued ones keep theirs."""
    _require(edition, actor)
    Seal.objects.filter(edition=edition, removed_at__isnull=True).update(removed_at=at)
    seal = None
    if picture is not None:
        seal = Seal.objects.create(
            edition=edition, file=picture.stored(), sha256=picture.sha256, uploaded_at=at, uploaded_by=actor
        )
    journal.record(
        verb="results.seal.changed", obj=edition, actor=actor, at=at, edition=edition.slug,
        after={"sha256": picture.sha256 if picture else ""},
    )  # fmt: skip
    return seal


@transaction.atomic
def set_calendar_day(*, edition: Edition, day: date, is_working: bool, name: str, actor: User, at: datetime) -> CalendarDay:
    """Says that a day is a holiday or is worked, whatever was announced; the same day again replaces what was entered."""
    _require(edition, actor)
    found, _ = CalendarDay.objects.update_or_create(edition=edition, day=day, defaults={"is_working": is_working, "name": name})
    journal.record(
        verb="results.calendarday.set", obj=edition, actor=actor, at=at, edition=edition.slug,
        after={"day": day.isoformat(), "is_working": is_working, "name": name},
    )  # fmt: skip
    return found


@transaction.atomic
def remove_calendar_day(*, edition: Edition, day: date, actor: User, at: datetime) -> int:
    """Takes an entered day back, so that it counts as announced; returns how many were taken back (0 or 1)."""
    _require(edition, actor)
    count, _ = CalendarDay.objects.filter(edition=edition, day=day).delete()
    if count:
        journal.record(
            verb="results.calendarday.removed", obj=edition, actor=actor, at=at, edition=edition.slug,
            before={"day": day.isoformat()},
        )  # fmt: skip
    return count


def _require(edition: Edition, actor: User) -> None:
    if not actor.has_perm("competitions.manage_edition", edition):
        raise NotAllowed
