"""Creating, editing and verifying organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.errors import UsccVerifiedElsewhere
from accounts.models import Membership, Organisation, User
from accounts.pure.organisation import check_organisation
from accounts.queries.organisations import verified_with_uscc
from core.actor import Actor
from core.audit import journal
from core.errors import Blocked, Reason

FIELDS = (
    "name", "uscc", "kind", "registered_in", "registration_number", "district", "address", "contact_name", "contact_mobile", "contact_email",
)  # fmt: skip
IDENTITY = ("name", "kind", "uscc", "registered_in", "registration_number")


@transaction.atomic
def create_organisation(
    *,
    user: User,
    name: str,
    kind: str,
    uscc: str,
    district: str,
    actor: Actor,
    at: datetime,
    **contact: str,
) -> Organisation:
    """Make an organisation whose owner is `user`; `contact` may hold registered_in,
    registration_number, address, contact_name, contact_mobile and contact_email.

    The same credit code may be claimed again while nobody's claim is verified, so that a squatter never locks the real
    firm out. Refuses faulty values (Blocked, a reason a field) and the code of a verified organisation.
    """
    values = {"name": name, "kind": kind, "uscc": uscc, "district": district, **contact}
    _refuse_verified_code(Organisation(**_checked(values)))
    return register_organisation(user=user, values=values, actor=actor, at=at)


def register_organisation(*, user: User, values: dict[str, str], actor: Actor, at: datetime) -> Organisation:
    """The organisation with its first owner and its line in the journal; refuses faulty values only (Blocked).

    For the actions that lead to a new organisation; whether a verified code may be claimed is theirs to judge.
    """
    organisation = Organisation.objects.create(**_checked(values), created_at=at)
    Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.OWNER, joined_at=at)
    journal.record(
        verb="accounts.organisation.created", obj=organisation, actor=actor, at=at, after=_snapshot(organisation)
    )
    return organisation


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, values: dict[str, str], actor: Actor, at: datetime
) -> Organisation:
    """Change what an organisation says about itself; `values` by field of FIELDS, missing ones stay.

    A new name, kind or code ends an earlier verification. Refuses what `create_organisation` refuses.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = _snapshot(organisation)
    for field, value in _checked({**before, **values}).items():
        setattr(organisation, field, value)
    after = _snapshot(organisation)
    if any(before[field] != after[field] for field in IDENTITY):
        organisation.verified_at = None
    _refuse_verified_code(organisation)
    organisation.save(update_fields=[*FIELDS, "verified_at"])
    changed = [field for field in FIELDS if before[field] != after[field]]
    journal.record(
        verb="accounts.organisation.edited",
        obj=organisation,
        actor=actor,
        at=at,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return organisation


@transaction.atomic
def verify_organisation(*, organisation: Organisation, actor: Actor, at: datetime) -> Organisation:
    """Mark that staff compared name and code with the licence. Refuses a code that another organisation was verified
    under (UsccVerifiedElsewhere); verifying again changes nothing."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.verified_at is None:
        _refuse_verified_code(organisation)
        organisation.verified_at = at
        organisation.save(update_fields=["verified_at"])
        journal.record(verb="accounts.organisation.verified", obj=organisation, actor=actor, at=at)
    return organisation


def _checked(values: dict[str, Any]) -> dict[str, str]:
    checked = check_organisation(values)
    if checked.faults:
        raise Blocked([Reason(code="field", message=text, field=name) for name, text in checked.faults.items()])
    return checked.values


def _refuse_verified_code(organisation: Organisation) -> None:
    if organisation.uscc and verified_with_uscc(organisation.uscc, besides=organisation.pk):
        raise UsccVerifiedElsewhere(uscc=organisation.uscc)


def _snapshot(organisation: Organisation) -> dict[str, str]:
    return {field: getattr(organisation, field) for field in FIELDS}
