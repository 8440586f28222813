"""The three ends of a formality examination: pass, return for correction, reject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import EntryRules, Group
from core import dates
from core.webhooks.announce import announce
from core.webhooks.events import ENTRY_ACCEPTED
from entries import states
from entries.actions.announcement import tell_applicant
from entries.actions.formality import checked_comments, held_review, next_sequence, require_open
from entries.actions.number import take_number
from entries.actions.portfolio import freeze_portfolio
from entries.actions.transition import advance, lock_entry
from entries.errors import (
    CommentsOutstanding,
    CorrectionRunning,
    DueUnusable,
    NoGroup,
    NothingToMend,
    ReasonNeeded,
    RoundsUsedUp,
)
from entries.models import Entry, FieldComment, FormalityReview, PortfolioSnapshot
from entries.queries.dossier import open_dossier, open_return
from entries.queries.examinable import examination_end
from entries.queries.formality import default_due_at, returned_count
from entries.queries.grouping import computed_group

Decision = FormalityReview.Decision


@transaction.atomic
def accept_entry(*, entry: Entry, note: str = "", actor: User, at: datetime) -> Entry:
    """Passes the entry its examiner holds: number, group, frozen portfolio, mail to the applicant.

    An entry that had a number keeps it; the group is computed from the revenue unless an organiser overrode it.
    Refuses outside the formality stage, anybody but the examiner of the open round, while comments are noted, and when
    the rule gives no group. Source: domain rules §0.2, §2.4.
    """
    require_open(entry, at)
    locked = lock_entry(entry)
    review = held_review(locked, actor)
    outstanding = review.comments.count()
    if outstanding:
        raise CommentsOutstanding(count=outstanding)
    group, reason = _group(locked)
    changes = {"number": take_number(locked), "group": group, "group_reason": reason, "accepted_at": at}
    accepted = advance(locked, "accept", actor=actor, at=at, note=note, changes=changes)
    _close(review, Decision.ACCEPT, at, note=note)
    _freeze_portfolio(accepted, at)
    tell_applicant(accepted, "entry_accepted", at, review=review)
    announce(event=ENTRY_ACCEPTED, edition=accepted.edition.slug, data={"number": accepted.code, "title": accepted.title}, at=at)
    return accepted


@transaction.atomic
def return_entry(
    *,
    entry: Entry,
    comments: Sequence[tuple[str, str]],
    note: str = "",
    due_at: datetime | None = None,
    actor: User,
    at: datetime,
) -> Entry:
    """Returns the entry its examiner holds for correction of the named fields until `due_at` (excluded).

    `comments` are (field, message) with fields named as in entries.queries.editing; they take the place of those noted
    in the round. Without `due_at` the edition's number of days applies. Refuses outside the formality stage, anybody
    but the examiner of the open round, an empty list, an unknown field, a term that is past or outlasts the
    examination, and more rounds than the edition allows. Source: domain rules §2.4.
    """
    require_open(entry, at)
    locked = lock_entry(entry)
    review = held_review(locked, actor)
    _refuse_another_round(locked)
    texts = checked_comments(locked, comments)
    if not texts:
        raise NothingToMend
    due = due_at or default_due_at(locked, at)
    _refuse_due(locked, due, at)
    returned = advance(locked, "return", actor=actor, at=at, note=note)
    review.comments.all().delete()
    FieldComment.objects.bulk_create([FieldComment(review=review, field=name, message=text) for name, text in texts])
    _close(review, Decision.RETURN, at, note=note, due_at=due)
    tell_applicant(returned, "entry_returned", at, review=review)
    return returned


@transaction.atomic
def reject_entry(*, entry: Entry, reason_code: str, note: str = "", actor: User, at: datetime) -> Entry:
    """Ends the examination of an entry without passing it, for a reason of `FormalityReview.ReasonCode`.

    Either the entry its examiner holds, within the formality stage; or a returned one whose term for corrections has
    passed, at any time: somebody confirms what the deadline has decided. Refuses everything else. Source: domain rules
    §2.4 (expiry leads to rejection only after a person confirms it).
    """
    if reason_code not in FormalityReview.ReasonCode.values:
        raise ReasonNeeded(what="不予通过的原因")
    locked = lock_entry(entry)
    if locked.state == states.RETURNED:
        review = _overdue_review(locked, actor, at)
    else:
        require_open(locked, at)
        review = held_review(locked, actor)
    words = "：".join(filter(None, [str(FormalityReview.ReasonCode(reason_code).label), note]))
    rejected = advance(locked, "reject", actor=actor, at=at, note=words[:500])
    _close(review, Decision.REJECT, at, note=note, reason_code=reason_code)
    tell_applicant(rejected, "entry_rejected", at, review=review)
    return rejected


def _group(entry: Entry) -> tuple[Group, str]:
    finding = computed_group(open_dossier(entry))
    if finding.group is None:
        raise NoGroup(fault=finding.fault or f"赛道“{entry.track or '未选'}”没有设{finding.name}，请先在赛道与组别中设置。")
    return finding.group, finding.reason


def _close(review: FormalityReview, decision: str, at: datetime, **values: object) -> None:
    """Writes the conclusion of a round; it is decided once."""
    for name, value in {"decision": decision, "decided_at": at, **values}.items():
        setattr(review, name, value)
    review.save(update_fields=["decision", "decided_at", *values])


def _refuse_another_round(entry: Entry) -> None:
    count = returned_count(entry)
    limit = EntryRules.objects.get(edition_id=entry.edition_id).max_correction_rounds
    if count >= limit:
        raise RoundsUsedUp(count=count, limit=limit)


def _refuse_due(entry: Entry, due: datetime, at: datetime) -> None:
    edition, end = entry.edition, examination_end(entry, at)
    if due <= at or (end is not None and due > end):
        limit = f"，且不晚于形式审查截止时间 {dates.moment(end, edition.year)}" if end else ""
        raise DueUnusable(due=dates.moment(due, edition.year), limit=limit)


def _overdue_review(entry: Entry, actor: User, at: datetime) -> FormalityReview:
    """A round of its own for the confirmation that the term has passed."""
    returned = open_return(entry)
    if returned is not None and returned.due_at is not None and at < returned.due_at:
        raise CorrectionRunning(due=dates.moment(returned.due_at, entry.edition.year))
    return FormalityReview.objects.create(entry=entry, sequence=next_sequence(entry), examiner=actor, picked_at=at)


def _freeze_portfolio(entry: Entry, at: datetime) -> None:
    """The portfolio at registration, once: a reinstated entry keeps the first."""
    moment = PortfolioSnapshot.Moment.REGISTRATION
    if entry.snapshots.filter(moment=moment).exists():
        return
    freeze_portfolio(entry, moment, at)
