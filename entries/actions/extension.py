"""Giving one applicant a longer term."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from competitions.models import Edition
from core import dates
from core.audit import journal
from core.errors import NotAllowed
from core.outbox.send import queue_message
from entries import states
from entries.actions.transition import lock_entry
from entries.errors import ExtensionUnusable, ReasonNeeded
from entries.models import DeadlineExtension, Entry, FormalityReview
from entries.queries.dossier import open_return
from entries.queries.extension import lead_of, supplement_ends

Kind = DeadlineExtension.Kind


@transaction.atomic
def extend_registration(
    *, edition: Edition, organisation: Organisation, until: datetime, reason: str, actor: User, at: datetime
) -> DeadlineExtension:
    """The organisation may begin, fill in and submit entries until `until` (excluded), for a `reason` that is logged.

    The latest decision counts. Refuses without a reason and a term that is over.
    """
    if not actor.has_perm("entries.manage_entry", edition):
        raise NotAllowed
    why = _checked(until, reason, at)
    return _grant(edition, organisation, None, Kind.REGISTRATION, until, why, actor, at)


@transaction.atomic
def extend_entry(
    *, entry: Entry, kind: str, until: datetime, reason: str, actor: User, at: datetime
) -> DeadlineExtension:
    """A longer term for one entry: the correction it was returned for (also when it has passed), or the supplements of an
    accepted one; a draft's is its organisation's registration.

    Refuses without a reason, a term that is over or no longer than the present one, and a kind that does not fit the
    state of the entry.
    """
    locked = lock_entry(entry)
    if not actor.has_perm("entries.manage_entry", locked):
        raise NotAllowed
    why = _checked(until, reason, at)
    if kind == Kind.CORRECTION:
        _extend_correction(locked, until)
    elif kind == Kind.SUPPLEMENT:
        _refuse_supplement(locked, until)
    elif locked.state != states.DRAFT:
        raise ExtensionUnusable(fault="项目已提交，报名期限不用延长。")
    owner = None if kind == Kind.REGISTRATION else locked
    return _grant(locked.edition, lead_of(locked), owner, kind, until, why, actor, at)


def _extend_correction(entry: Entry, until: datetime) -> None:
    """The term stands in the review, where everybody reads it."""
    review = open_return(entry)
    if review is None or review.due_at is None:
        raise ExtensionUnusable(fault=f"项目当前状态是“{states.LABELS[entry.state]}”，没有补正期限。")
    if until <= review.due_at:
        raise ExtensionUnusable(fault=f"新的期限应晚于现在的 {dates.moment(review.due_at, entry.edition.year)}。")
    FormalityReview.objects.filter(pk=review.pk).update(due_at=until)


def _refuse_supplement(entry: Entry, until: datetime) -> None:
    if entry.state != states.ACCEPTED:
        raise ExtensionUnusable(fault="项目还没有通过形式审查，没有补充期限。")
    ends = [end for end in supplement_ends(entry) if end]
    if ends and until <= max(ends):
        raise ExtensionUnusable(fault=f"新的期限应晚于现在的 {dates.moment(max(ends), entry.edition.year)}。")


def _checked(until: datetime, reason: str, at: datetime) -> str:
    if not reason.strip():
        raise ReasonNeeded(what="延期的理由")
    if until <= at:
        raise ExtensionUnusable(fault="新的期限应晚于现在。")
    return reason.strip()


def _grant(
    edition: Edition,
    organisation: Organisation,
    entry: Entry | None,
    kind: str,
    until: datetime,
    reason: str,
    actor: User,
    at: datetime,
) -> DeadlineExtension:
    granted = DeadlineExtension.objects.create(
        edition=edition,
        organisation=organisation,
        entry=entry,
        kind=kind,
        until=until,
        reason=reason,
        granted_at=at,
        granted_by=actor,
    )
    journal.record(
        verb="entries.extension.granted",
        obj=entry or organisation,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={"kind": kind, "organisation": organisation.public_id, "until": until, "reason": reason},
    )
    people = [organisation.contact_email, (entry.created_by.email or "") if entry else ""]
    for recipient in dict.fromkeys(filter(None, people)):
        context = {"extension": granted, "organisation": organisation, "edition": edition, "entry": entry}
        queue_message(
            channel="mail",
            recipient=recipient,
            template="deadline_extended",
            context=context,
            at=at,
            edition=edition.slug,
        )
    return granted
