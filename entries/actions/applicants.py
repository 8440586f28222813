"""Who enters a project together, and the revenue their group is computed from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from core.actor import Actor
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.actions.joint import send_invitation
from entries.errors import EditedElsewhere, OrganisationTaken
from entries.models import Entry, EntryApplicant
from entries.queries.dossier import open_dossier


@transaction.atomic
def save_revenues(
    *, entry: Entry, version: int, revenues: dict[int, Decimal | None], actor: Actor, at: datetime
) -> Entry:
    """Keeps the revenue of the last settled year (yuan; None where it is not known yet) by applicant, keyed by pk.

    Refuses as `save_entry` does; an applicant that is no longer there counts as edited elsewhere.
    """
    locked = open_for_edit(entry, version, at)
    applicants = open_dossier(locked).applicants
    if not set(revenues) <= {one.pk for one in applicants}:
        raise EditedElsewhere
    changed, before, after = {}, {}, {}
    for index, one in enumerate(applicants, start=1):
        if one.pk in revenues and revenues[one.pk] != one.revenue:
            name = f"applicant.{index}.revenue"
            changed[name] = f"{one.organisation.name}的上一年度营业收入"
            before[name], after[name] = one.revenue, revenues[one.pk]
            one.revenue = revenues[one.pk]
    refuse_locked(locked, changed)
    EntryApplicant.objects.bulk_update(applicants, ["revenue"])
    return close_edit(locked, changed=list(changed), before=before, after=after, actor=actor, at=at)


@transaction.atomic
def add_applicant(
    *,
    entry: Entry,
    organisation: Organisation,
    revenue: Decimal | None,
    email: str = "",
    actor: User,
    at: datetime,
) -> EntryApplicant:
    """Adds a joint organisation and invites it, by mail to its owners and to `email`. Its own people see the entry only
    once they have confirmed (`joined_at`), and nothing is submitted before.

    Refuses an organisation that takes part already, one nobody can be reached for, and an entry whose applicants are not
    open to change.
    """
    locked = open_for_edit(entry, None, at)
    refuse_locked(locked, {"applicants": "联合单位"})
    if locked.applicants.filter(organisation=organisation).exists():
        raise OrganisationTaken(organisation=organisation.name)
    added = EntryApplicant.objects.create(
        entry=locked, organisation=organisation, part=EntryApplicant.Part.JOINT, revenue=revenue
    )
    send_invitation(added, email, actor, at)
    after = {"organisation": organisation.name, "revenue": revenue}
    close_edit(locked, changed=["applicants"], before={}, after=after, actor=actor, at=at)
    return added


@transaction.atomic
def add_named_applicant(
    *,
    entry: Entry,
    values: dict[str, Any],
    revenue: Decimal | None,
    email: str = "",
    actor: User,
    at: datetime,
) -> EntryApplicant:
    """Adds a joint organisation by what was typed (`name`, `kind`, `uscc`, `district`), and invites it at `email`.

    A verified organisation with the same credit code is taken as it is; so is an unverified one with the same code and
    name. Otherwise a record without members is made, which locks nobody out: only verification binds a code.
    """
    organisation = _known(values["uscc"], values["name"])
    if organisation is None:
        organisation = Organisation.objects.create(created_at=at, **values)
    return add_applicant(entry=entry, organisation=organisation, revenue=revenue, email=email, actor=actor, at=at)


@transaction.atomic
def remove_applicant(*, entry: Entry, applicant: EntryApplicant, actor: Actor, at: datetime) -> Entry:
    """Takes a joint organisation out again; the lead stays. Refuses as `add_applicant` does."""
    locked = open_for_edit(entry, None, at)
    refuse_locked(locked, {"applicants": "联合单位"})
    joint = locked.applicants.filter(pk=applicant.pk, part=EntryApplicant.Part.JOINT)
    before = {"organisation": applicant.organisation.name}
    joint.delete()
    return close_edit(locked, changed=["applicants"], before=before, after={}, actor=actor, at=at)


def _known(uscc: str, name: str) -> Organisation | None:
    if not uscc:
        return None
    same = Organisation.objects.filter(uscc=uscc).order_by("pk")
    return same.filter(verified_at__isnull=False).first() or same.filter(name=name).first()
