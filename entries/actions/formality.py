"""Taking an entry up for examination, putting it back, and noting what must be mended in its fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import Membership, User
from entries import states
from entries.actions.transition import advance, lock_entry
from entries.errors import AlreadyPickedUp, CommentUnusable, FormalityClosed, NotPickedUp, OwnEntry
from entries.models import Entry, FieldComment, FormalityReview
from entries.queries.dossier import open_dossier
from entries.queries.examinable import is_examinable
from entries.queries.formality import is_field, open_review
from entries.queries.steps import field_label


@transaction.atomic
def pick_up_entry(*, entry: Entry, actor: User, at: datetime) -> Entry:
    """Gives a waiting entry (submitted, or resubmitted after a return) to the examiner `actor`.

    Refuses outside the formality stage, an entry of the examiner's own organisation, and one that somebody examines
    already: of two examiners at once the database lets one through. Source: domain rules §2.4, §9.2.
    """
    require_open(entry, at)
    locked = lock_entry(entry)
    _refuse_own(locked, actor)
    taken = open_review(locked)
    if taken is not None:
        raise AlreadyPickedUp(examiner=taken.examiner)
    picked = advance(locked, "pick_up", actor=actor, at=at)
    try:
        with transaction.atomic():
            FormalityReview.objects.create(entry=picked, sequence=next_sequence(picked), examiner=actor, picked_at=at)
    except IntegrityError:
        raise AlreadyPickedUp(examiner="其他审查员") from None
    return picked


@transaction.atomic
def release_review(*, entry: Entry, actor: User, at: datetime) -> Entry:
    """Puts an entry back into the queue that was picked up by mistake; its examiner or an organiser may.

    The round and the comments noted in it are forgotten; the journal has who picked it up and who put it back. No
    window: what is put back decides nothing.
    """
    locked = lock_entry(entry)
    review = open_review(locked)
    if review is None:
        raise NotPickedUp(state=state_words(locked, None))
    if review.examiner_id != actor.pk and not actor.has_perm("entries.manage_entry", locked):
        raise NotPickedUp(state=state_words(locked, review))
    review.delete()
    return advance(locked, "put_back", actor=actor, at=at)


@transaction.atomic
def note_comment(*, entry: Entry, field: str, message: str, actor: User, at: datetime) -> FieldComment:
    """Notes in the open round what must be mended in `field`; a second note on a field replaces the first.

    The applicant sees nothing of it before the entry is returned, so it has no line in the journal. Refuses somebody
    who does not examine the entry, an unknown field and an empty or too long message.
    """
    review = held_review(lock_entry(entry), actor)
    [(name, text)] = checked_comments(entry, [(field, message)])
    comment, _ = FieldComment.objects.update_or_create(review=review, field=name, defaults={"message": text})
    return comment


@transaction.atomic
def drop_comment(*, entry: Entry, field: str, actor: User, at: datetime) -> Entry:
    """Takes a noted comment out again; nothing happens when there is none."""
    locked = lock_entry(entry)
    held_review(locked, actor).comments.filter(field=field).delete()
    return locked


def require_open(entry: Entry, at: datetime) -> None:
    """Refuses while the entry cannot be examined (see entries.queries.examinable)."""
    if not is_examinable(entry, at):
        raise FormalityClosed


def held_review(entry: Entry, actor: User) -> FormalityReview:
    """The open round of a locked entry when `actor` picked it up; refuses otherwise."""
    review = open_review(entry)
    if review is None or review.examiner_id != actor.pk:
        raise NotPickedUp(state=state_words(entry, review))
    return review


def state_words(entry: Entry, review: FormalityReview | None) -> str:
    """Where the entry is, for a refusal: 正由甄敏审查, 当前状态是“需补正”, 还没有人开始审查."""
    if review is not None:
        return f"正由{review.examiner}审查"
    waiting = entry.state in (states.SUBMITTED, states.UNDER_REVIEW)
    return "还没有人开始审查" if waiting else f"当前状态是“{states.LABELS[entry.state]}”"


def next_sequence(entry: Entry) -> int:
    return (entry.reviews.aggregate(last=Max("sequence"))["last"] or 0) + 1


def checked_comments(entry: Entry, comments: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(field, message) with the texts trimmed and several messages on one field joined.

    Refuses a field the entry does not have and a message that is empty or longer than the column.
    """
    dossier = open_dossier(entry)
    limit = FieldComment._meta.get_field("message").max_length or 0
    merged: dict[str, str] = {}
    for name, message in comments:
        if not is_field(dossier, name):
            raise CommentUnusable(field=name, fault="项目中没有这个字段。")
        merged[name] = "\n".join(filter(None, [merged.get(name, ""), message.strip()]))
    for name, text in merged.items():
        if not text:
            raise CommentUnusable(field=field_label(name), fault="请写明怎么改。")
        if len(text) > limit:
            raise CommentUnusable(field=field_label(name), fault=f"最多 {limit} 个字，现有 {len(text)} 个。")
    return list(merged.items())


def _refuse_own(entry: Entry, actor: User) -> None:
    parts = entry.applicants.values("organisation_id")
    own = Membership.objects.filter(user=actor, organisation_id__in=parts).select_related("organisation").first()
    if own is not None:
        raise OwnEntry(organisation=own.organisation)
