"""Showing a licence to be verified, against whoever else holds the same credit code, and the decision of staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actions.organisation import register_organisation
from accounts.errors import AlreadyAnswered, ClaimNeedsCode, ClaimReasonNeeded, ClaimWaits
from accounts.models import Organisation, OwnershipClaim, User
from accounts.queries.organisations import others_with_uscc, owners_of
from core.actor import Actor
from core.audit import journal
from core.files import JPG, PDF, PNG, CheckedFile, check_upload
from core.outbox.send import queue_message

Decision = OwnershipClaim.Decision
LICENCE_KINDS = (PDF, JPG, PNG)
LICENCE_LIMIT = 10 * 1024 * 1024


def claim_ownership(
    *, organisation: Organisation, statement: str, licence: UploadedFile, actor: User, at: datetime
) -> OwnershipClaim:
    """Hands in a scan of the licence, for staff to compare; the organisation works as before until they decide.

    Refuses an organisation without a credit code (ClaimNeedsCode), a second claim while one waits (ClaimWaits) and what
    core.files refuses. What is refused leaves no file behind.
    """
    checked = check_upload(licence, allowed=LICENCE_KINDS, max_size=LICENCE_LIMIT)
    return _keeping_no_orphan(actor, lambda claim: _claim(claim, organisation, statement, checked, at))


def dispute_organisation(
    *, values: dict[str, str], statement: str, licence: UploadedFile, actor: User, at: datetime
) -> OwnershipClaim:
    """Registers an organisation under a code that somebody else holds, verified or not, together with its licence.

    `values` as in `create_organisation`. The new organisation may enter at once: whoever came first never locks the real
    firm out. Refuses faulty values (Blocked) and what `claim_ownership` refuses.
    """
    checked = check_upload(licence, allowed=LICENCE_KINDS, max_size=LICENCE_LIMIT)

    def make(claim: OwnershipClaim) -> OwnershipClaim:
        organisation = register_organisation(user=actor, values=values, actor=actor, at=at)
        return _claim(claim, organisation, statement, checked, at)

    return _keeping_no_orphan(actor, make)


@transaction.atomic
def decide_claim(*, claim: OwnershipClaim, decision: str, reason: str, actor: User, at: datetime) -> OwnershipClaim:
    """Upholds or dismisses a claim, once, with a reason; the claimant and every holder of the code are told.

    Upholding verifies the claimant and ends the verification of whoever was verified under the code. Whoever calls this
    has made sure that `actor` may decide. Refuses a decided claim (AlreadyAnswered) and an empty reason.
    """
    why = reason.strip()
    if not why:
        raise ClaimReasonNeeded
    code = claim.organisation.uscc
    holders = list(Organisation.objects.select_for_update().filter(uscc=code).exclude(uscc="").order_by("pk"))
    locked = OwnershipClaim.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=claim.pk)
    if locked.decision:
        raise AlreadyAnswered
    losers = [one for one in holders if one.pk != locked.organisation_id]
    if decision == Decision.UPHELD:
        _verify(locked.organisation, losers, actor, at)
    locked.decision, locked.reason, locked.decided_at, locked.decided_by = decision, why, at, actor
    locked.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    journal.record(
        verb="accounts.claim.decided",
        obj=locked.organisation,
        actor=actor,
        at=at,
        after={"claim": locked.public_id, "decision": decision, "reason": why},
    )
    _tell(locked, "claim_decided", at, others=losers if decision == Decision.UPHELD else [])
    return locked


def _keeping_no_orphan(actor: User, make: Callable[[OwnershipClaim], OwnershipClaim]) -> OwnershipClaim:
    """Runs `make` in one transaction; when it refuses, a file that was written already goes too."""
    claim = OwnershipClaim(created_by=actor)
    try:
        with transaction.atomic():
            return make(claim)
    except BaseException:
        if claim.licence.name:
            claim.licence.storage.delete(claim.licence.name)
        raise


def _claim(
    claim: OwnershipClaim, organisation: Organisation, statement: str, checked: CheckedFile, at: datetime
) -> OwnershipClaim:
    """Fills in and saves a new claim of its `created_by`."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not locked.uscc:
        raise ClaimNeedsCode
    if locked.claims.filter(decision="").exists():
        raise ClaimWaits
    claim.organisation, claim.statement, claim.created_at = locked, statement.strip(), at
    claim.original_name, claim.media_type = checked.original_name, checked.media_type
    claim.size, claim.sha256 = checked.size, checked.sha256
    claim.licence = checked.stored()
    claim.save()
    after = {"claim": claim.public_id, "sha256": claim.sha256}
    journal.record(verb="accounts.claim.made", obj=locked, actor=claim.created_by, at=at, after=after)
    _tell(claim, "claim_made", at, others=list(others_with_uscc(locked)))
    return claim


def _verify(winner: Organisation, losers: list[Organisation], actor: Actor, at: datetime) -> None:
    """The unique constraint lets one be verified a code: whoever loses goes first."""
    for loser in losers:
        if loser.verified_at is not None:
            Organisation.objects.filter(pk=loser.pk).update(verified_at=None)
            journal.record(
                verb="accounts.organisation.unverified",
                obj=loser,
                actor=actor,
                at=at,
                before={"verified_at": loser.verified_at},
            )
    if winner.verified_at is None:
        Organisation.objects.filter(pk=winner.pk).update(verified_at=at)
        winner.verified_at = at
        journal.record(verb="accounts.organisation.verified", obj=winner, actor=actor, at=at)


def _tell(claim: OwnershipClaim, template: str, at: datetime, *, others: list[Organisation]) -> None:
    """The claimant's people about the decision; the owners of the other holders that their registration is in question."""
    if template == "claim_decided":
        _mail(claim, template, claim.organisation, at)
    for other in others:
        _mail(claim, f"{template}_against", other, at)


def _mail(claim: OwnershipClaim, template: str, organisation: Organisation, at: datetime) -> None:
    for owner in owners_of(organisation).exclude(email=None):
        context = {"claim": claim, "organisation": organisation, "person": owner}
        queue_message(channel="mail", recipient=owner.email or "", template=template, context=context, at=at)
