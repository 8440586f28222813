"""Paper sheets as scorers see them. Their pages are the only ones that show marks before a reveal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.http import Http404

from competitions.models import Edition, Round
from entries.models import Entry
from judging import states
from judging.models import Assignment, PaperSheet
from judging.queries.access import ASSIGNMENT_TREE, SCORED
from judging.queries.participants import participants
from judging.queries.progress import word_of

TREE = tuple(f"assignment__{part}" for part in ASSIGNMENT_TREE)
OPEN_WORDS = (states.EMPTY, states.DRAFT)


@dataclass(frozen=True, slots=True)
class PaperBoard:
    """Of one entry: who has not submitted (`due`); of the round: papers that wait, and those decided, newest first."""

    entry: Entry | None
    due: list[Assignment]
    waiting: list[PaperSheet]
    decided: list[PaperSheet]


def paper_rounds(edition: Edition) -> list[Round]:
    """The rounds judges score that have a panel."""
    rounds = edition.rounds.filter(kind__in=SCORED, panels__isnull=False).select_related("stage", "edition")
    return list(rounds.distinct().order_by("position"))


def paper_board(round: Round, code: str) -> PaperBoard:
    """The board of a round for the entry with this code (else the one on stage)."""
    entries = {entry.code: entry for entry in participants(round)}
    room = getattr(round, "room", None)
    staged = room.current.entry.code if room is not None and room.current is not None else ""
    entry = entries.get(code) or entries.get(staged)
    papers = PaperSheet.objects.filter(assignment__seat__panel__round=round)
    papers = papers.select_related("assignment__seat", "assignment__entry", "typed_by", "decided_by")
    return PaperBoard(
        entry,
        _due(round, entry) if entry else [],
        list(papers.filter(state=states.TYPED)),
        list(papers.exclude(state=states.TYPED).order_by("-decided_at")[:50]),
    )


def _due(round: Round, entry: Entry) -> list[Assignment]:
    rows = Assignment.objects.filter(seat__panel__round=round, entry=entry, state=states.ASSIGNED)
    rows = rows.exclude(papers__state=states.TYPED).select_related("seat__judge", "sheet")
    return [row for row in rows.order_by("seat__number") if word_of(row) in OPEN_WORDS]


def get_paper_for(user: Any, slug: str, public_id: str) -> PaperSheet:
    """The paper sheet when `user` is a scorer of its edition; 404 otherwise."""
    paper = PaperSheet.objects.filter(public_id=public_id).select_related("typed_by", *TREE).first()
    if paper is None or paper.assignment.entry.edition.slug != slug:
        raise Http404
    if not rules.has_perm("judging.type_sheet", user, paper.assignment):
        raise Http404
    return paper
