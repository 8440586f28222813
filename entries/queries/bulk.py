"""What keeps an entry from being passed together with others, asked for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from entries import states
from entries.models import Entry, FormalityReview
from entries.queries.dossier import Dossier, blind_editions, led_elsewhere, open_dossiers
from entries.queries.duplicates import Likeness, likenesses
from entries.queries.examinable import examinable_among
from entries.queries.examination import DOUBT, questions
from entries.queries.formality import open_reviews

WAITING = (states.SUBMITTED, states.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Look:
    """An entry before it is passed with others: `doubt` says why it must be examined by itself; empty when nothing the
    platform can tell is doubtful."""

    entry: Entry
    dossier: Dossier
    doubt: str


def looks(entries: Sequence[Entry], examiner: User, at: datetime) -> list[Look]:
    """One for each of `entries`, in their order; the number of questions does not grow with them."""
    dossiers = open_dossiers(entries)
    blind, elsewhere = blind_editions(dossiers), led_elsewhere(dossiers)
    for one in dossiers:
        one.has_blind_round, one.led_elsewhere = one.entry.edition_id in blind, elsewhere[one.entry.pk]
    examinable, reviews, alike = examinable_among(entries, at), open_reviews(entries), likenesses(dossiers)

    def doubt(one: Dossier) -> str:
        pk = one.entry.pk
        if one.entry.state not in WAITING:
            return f"当前状态是“{states.LABELS[one.entry.state]}”，不在待审队列。"
        if pk not in examinable:
            return "现在不在形式审查时间内。"
        return _held(reviews.get(pk), examiner) or _doubtful(one, at, alike[pk])

    return [Look(one.entry, one, doubt(one)) for one in dossiers]


def _held(review: FormalityReview | None, examiner: User) -> str:
    if review is not None and review.examiner_id != examiner.pk:
        return f"{review.examiner}正在审查。"
    return "已记有字段意见，请单独审查。" if review is not None and review.comments.all() else ""


def _doubtful(dossier: Dossier, at: datetime, likeness: Likeness) -> str:
    asked = questions(dossier, at, likeness)
    doubts = [found.message for question in asked for found in question.findings if found.tone == DOUBT]
    more = f"等 {len(doubts)} 处" if len(doubts) > 1 else ""
    return f"有疑点：{doubts[0]}{more}，请单独审查。" if doubts else ""
