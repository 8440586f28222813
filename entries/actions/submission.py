"""Submitting an entry, taking it back, and leaving the competition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actions.consent import give_consent, withdraw_consent
from accounts.models import Consent, Organisation, User
from competitions.models import Edition
from core.actor import Actor
from core.audit import journal
from core.canonical import canonical_json, sha256_hex
from core.errors import Blocked, Reason
from core.outbox.send import queue_message
from entries import states
from entries.actions.transition import advance, lock_entry
from entries.errors import RegistrationClosed
from entries.models import Entry, Submission
from entries.pure.declarations import asked_for
from entries.queries.completeness import missing_for_submission, unmended_reasons
from entries.queries.content import dossier_content
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import refuse_edit
from entries.queries.extension import may_still_register
from entries.queries.grouping import computed_group
from entries.states import ENTRY

RECEIPT_PREFIX = "JGS"


@transaction.atomic
def submit_entry(*, entry: Entry, actor: Actor, at: datetime) -> Entry:
    """Files a draft: content frozen with its hash, group computed, receipt given, contact and person told by mail.

    Refuses outside the registration window, and (`Blocked`, with every reason) while anything is missing or the
    organisation has as many entries as its kind may.
    """
    return _file(entry, "submit", actor=actor, at=at)


@transaction.atomic
def resubmit_entry(*, entry: Entry, actor: Actor, at: datetime) -> Entry:
    """Files a returned entry again, straight back to examination. Refuses after the term for corrections, and while a
    comment's field is as it was."""
    return _file(entry, "resubmit", actor=actor, at=at)


@transaction.atomic
def recall_entry(*, entry: Entry, actor: Actor, at: datetime) -> Entry:
    """Takes a submitted entry back to draft, before an examiner picked it up and while registration is open."""
    locked = lock_entry(entry)
    ENTRY.target("recall", locked.state)
    if not may_still_register(locked, at):
        raise RegistrationClosed
    return advance(locked, "recall", actor=actor, at=at)


@transaction.atomic
def withdraw_entry(*, entry: Entry, reason: str, actor: Actor, at: datetime) -> Entry:
    """Leaves the competition with the project; only the organiser can reinstate it. `reason` may be empty."""
    return advance(entry, "withdraw", actor=actor, at=at, note=reason)


def _file(entry: Entry, verb: str, *, actor: Actor, at: datetime) -> Entry:
    locked = lock_entry(entry)
    ENTRY.target(verb, locked.state)
    refuse_edit(locked, at)
    dossier = open_dossier(locked)
    # Entries of one organisation are submitted one after another, so that two at once cannot both fit under the cap.
    Organisation.objects.select_for_update().get(pk=dossier.lead.organisation_id)
    reasons: list[Reason] = [*missing_for_submission(dossier, at), *unmended_reasons(dossier)]
    if reasons:
        raise Blocked(reasons)
    changes = {"submitted_at": at, **_group_changes(dossier)}
    for name, value in changes.items():
        setattr(locked, name, value)
    submission = freeze_submission(dossier, at)
    filed = advance(locked, verb, actor=actor, at=at, note=f"第 {submission.sequence} 版", changes=changes)
    _record(submission, filed, actor, at)
    _keep_consents(locked, actor, at)
    _tell(dossier, submission, actor, at)
    return filed


def _group_changes(dossier: Dossier) -> dict[str, object]:
    """Group and reason by the rule, unless an organiser has decided otherwise."""
    if dossier.entry.group_overridden_by_id:
        return {}
    finding = computed_group(dossier)
    return {"group": finding.group, "group_reason": finding.reason}


def freeze_submission(dossier: Dossier, at: datetime) -> Submission:
    """The content as it is, as the entry's next version, inside the caller's transaction."""
    content = dossier_content(dossier)
    earlier = dossier.entry.submissions.order_by("sequence")
    sequence = earlier.count() + 1
    return Submission.objects.create(
        entry=dossier.entry,
        sequence=sequence,
        receipt=_receipt(dossier.entry.edition, earlier.first(), sequence),
        at=at,
        content=content,
        sha256=sha256_hex(canonical_json(content)),
    )


def _receipt(edition: Edition, first: Submission | None, sequence: int) -> str:
    """JGS2026-000123 for the first submission of an entry, JGS2026-000123-2 for its second: people keep one number."""
    if first is not None:
        return f"{first.receipt}-{sequence}"
    prefix = f"{RECEIPT_PREFIX}{edition.year}-"
    # Serialises the numbering of a year; without the key lock, rows that refer to the edition need not wait.
    list(Edition.objects.select_for_update(no_key=True).filter(year=edition.year).order_by("pk").values_list("pk"))
    taken = Submission.objects.filter(sequence=1, receipt__startswith=prefix).order_by("-receipt").first()
    last = int(taken.receipt.removeprefix(prefix)) if taken else 0
    return f"{prefix}{last + 1:06d}"


def _keep_consents(entry: Entry, actor: Actor, at: datetime) -> None:
    """Writes down, in the version of its text, what the person who submits agrees to for this entry; what is no longer
    ticked is withdrawn (PIPL 15). The platform itself agrees to nothing."""
    if not isinstance(actor, User):
        return
    for name, (version, _) in asked_for(excludes_awarded=entry.edition.entry_rules.needs_award_declaration).items():
        document = f"{name}:{entry.edition.slug}"
        if getattr(entry, name):
            give_consent(user=actor, document=document, version=version, subject=entry.public_id, actor=actor, at=at)
            continue
        for consent in Consent.objects.filter(document=document, subject=entry.public_id, withdrawn_at__isnull=True):
            withdraw_consent(consent=consent, actor=actor, at=at)


def _record(submission: Submission, entry: Entry, actor: Actor, at: datetime) -> None:
    journal.record(
        verb="entries.submission.filed",
        obj=submission,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        after={"receipt": submission.receipt, "sha256": submission.sha256, "group_reason": entry.group_reason},
    )


def _tell(dossier: Dossier, submission: Submission, actor: Actor, at: datetime) -> None:
    """Mails the receipt to the organisation's contact and to the person who submitted, once each."""
    person = (actor.email or "") if isinstance(actor, User) else ""
    recipients = dict.fromkeys(filter(None, [dossier.lead.organisation.contact_email, person]))
    entry = dossier.entry
    context = {
        "entry": entry,
        "edition": entry.edition,
        "organisation": dossier.lead.organisation,
        "submission": submission,
        "is_correction": entry.state == states.RETURNED,
        "asset_count": len(dossier.assets),
    }
    for recipient in recipients:
        queue_message(
            channel="mail",
            recipient=recipient,
            template="entry_submitted",
            context=context,
            at=at,
            edition=entry.edition.slug,
        )
