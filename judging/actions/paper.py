"""Sheets filled in on paper: one scorer types them, another one confirms each against the paper."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import User
from core.audit import journal
from judging import states
from judging.actions.guard import require, require_reason
from judging.actions.sheet import Marks, criteria_of, insert_version, read_marks, require_marks_taken
from judging.errors import AssignmentClosed, SheetLocked
from judging.errors.stage import PaperChanged, PaperWaiting, SamePerson
from judging.models import Assignment, PaperSheet, ScoreSheet, ScoreSheetVersion
from judging.pure.marks import judge_total
from judging.queries.rubric import as_pure


@transaction.atomic
def type_paper(*, assignment: Assignment, marks: Marks, comment: str, actor: User, at: datetime) -> PaperSheet:
    """Records a paper sheet as typed; nothing counts before another scorer has confirmed it.

    Refuses everybody but scorers, marks off their step or range or missing, a sheet the judge has submitted, an
    assignment recused or withdrawn, a second paper that waits, and what the judge could not submit now either.
    """
    require(actor, "judging.type_sheet", assignment)
    _require_open(assignment, at)
    draft = read_marks(criteria_of(assignment), marks, complete=True)
    try:
        with transaction.atomic():
            paper = PaperSheet.objects.create(
                assignment=assignment, marks=draft, comment=comment.strip()[:1000], typed_by=actor, typed_at=at
            )
    except IntegrityError as error:
        raise PaperWaiting(seat=assignment.seat.label, entry=assignment.entry.code) from error
    _record("judging.paper.typed", paper, actor, at, {})
    return paper


@transaction.atomic
def confirm_paper(*, paper: PaperSheet, actor: User, at: datetime) -> PaperSheet:
    """The second person has compared it with the paper: the judge's sheet is submitted with these marks and locks.

    Refuses the person who typed it, a paper decided already, and whatever `type_paper` refuses.
    """
    paper = _locked(paper, actor)
    assignment = paper.assignment
    if paper.typed_by_id == actor.pk:
        raise SamePerson
    _require_open(assignment, at)
    sheet, _ = ScoreSheet.objects.get_or_create(assignment=assignment)
    paper.version = _submit(sheet, paper, at)
    _decide(paper, "confirm", actor, at)
    _record("judging.paper.confirmed", paper, actor, at, {"digest": paper.version.digest})
    return paper


@transaction.atomic
def return_paper(*, paper: PaperSheet, reason: str, actor: User, at: datetime) -> PaperSheet:
    """Does not agree with the paper: it is typed anew. Refuses without a reason, and a paper decided already."""
    paper = _locked(paper, actor)
    paper.reason = require_reason(reason)
    _decide(paper, "return", actor, at)
    _record("judging.paper.returned", paper, actor, at, {"reason": paper.reason})
    return paper


def _locked(paper: PaperSheet, actor: User) -> PaperSheet:
    """The assignment's row is locked first, as every writer of the sheet does."""
    require(actor, "judging.type_sheet", paper.assignment)
    Assignment.objects.select_for_update().get(pk=paper.assignment_id)
    found = PaperSheet.objects.select_for_update(of=("self",)).select_related(
        "assignment__seat__panel__round__edition", "assignment__seat__panel__round__stage", "assignment__entry"
    )
    paper = found.get(pk=paper.pk)
    if paper.state != states.TYPED:
        raise PaperChanged(state=states.PAPER.labels[paper.state])
    return paper


def _require_open(assignment: Assignment, at: datetime) -> None:
    require_marks_taken(assignment, at)
    row = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if row.state != states.ASSIGNED:
        raise AssignmentClosed(entry=assignment.entry.code, state=states.ASSIGNMENT.labels[row.state])
    if ScoreSheet.objects.filter(assignment=row, state=states.LOCKED).exists():
        raise SheetLocked(entry=assignment.entry.code)


def _submit(sheet: ScoreSheet, paper: PaperSheet, at: datetime) -> ScoreSheetVersion:
    criteria = criteria_of(paper.assignment)
    draft = read_marks(criteria, paper.marks, complete=True)
    total = judge_total({code: Decimal(mark) for code, mark in draft.items()}, as_pure(criteria))
    version = insert_version(sheet, criteria, draft, total, (paper.comment, ""), at)
    sheet.state = states.SHEET.target("lock", sheet.state)
    sheet.draft, sheet.comment, sheet.feedback = draft, paper.comment, ""
    sheet.sequence, sheet.saved_at = sheet.sequence + 1, at
    sheet.save()
    return version


def _decide(paper: PaperSheet, verb: str, actor: User, at: datetime) -> None:
    paper.state = states.PAPER.target(verb, paper.state)
    paper.decided_by, paper.decided_at = actor, at
    paper.save()


def _record(verb: str, paper: PaperSheet, actor: User, at: datetime, more: dict[str, object]) -> None:
    journal.record(
        verb=verb,
        obj=paper,
        actor=actor,
        at=at,
        edition=paper.assignment.entry.edition.slug,
        after={"assignment": paper.assignment.public_id, **more},
    )
