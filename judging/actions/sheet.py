"""Score sheets: saved as drafts, submitted as versions that never change, reopened by the chief judge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from competitions.models import Criterion
from core.actor import Actor
from core.audit import journal
from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from core.rounding import exact_decimal
from judging import states
from judging.actions.guard import require, require_open, require_reason
from judging.actions.roadshow import move_room
from judging.errors import (
    AssignmentClosed,
    CalibrationFirst,
    DraftOutdated,
    MarksInvalid,
    NotDeclared,
    RubricMissing,
    SheetLocked,
    SheetNotLocked,
    TextTooLong,
)
from judging.models import Assignment, CriterionScore, ScoreSheet, ScoreSheetUnlock, ScoreSheetVersion
from judging.pure.marks import criterion_score, judge_total
from judging.queries.calibration import calibration_due
from judging.queries.roadshow import require_marks_open
from judging.queries.rubric import as_pure, scored_criteria

TEXT_LIMIT = 1000
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")
Marks = Mapping[str, Decimal | str | None]


@transaction.atomic
def save_sheet(
    *, assignment: Assignment, marks: Marks, comment: str, feedback: str, sequence: int, actor: Actor, at: datetime
) -> ScoreSheet:
    """Saves a judge's draft. `marks` maps criterion codes to marks (text or Decimal); gaps (None, "") are allowed.

    `sequence` rises with every save of the page; the same save sent again changes nothing. Refuses a sequence that is not
    higher, marks off their step or range, texts above 1,000 characters, a locked sheet, an assignment recused or
    withdrawn, calibration not yet submitted, a missing declaration, a round that is not open, and everybody but the judge.
    """
    sheet = _open_sheet(assignment, actor, at)
    draft = _draft(assignment, marks)
    content = (draft, *_texts(comment, feedback))
    if sequence == sheet.sequence and content == (sheet.draft, sheet.comment, sheet.feedback):
        return sheet
    if sequence <= sheet.sequence:
        raise DraftOutdated(entry=assignment.entry.code)
    sheet.state = states.SHEET.target("save", sheet.state)
    sheet.draft, sheet.comment, sheet.feedback = content
    sheet.sequence, sheet.saved_at = sequence, at
    sheet.save()
    return sheet


@transaction.atomic
def lock_sheet(
    *, assignment: Assignment, marks: Marks, comment: str, feedback: str, actor: Actor, at: datetime
) -> ScoreSheet:
    """Submits a judge's sheet: a version with every mark, the exact total and a digest is inserted, and the sheet locks.

    Refuses what `save_sheet` refuses and any criterion without a mark.
    """
    sheet = _open_sheet(assignment, actor, at)
    criteria = criteria_of(assignment)
    draft = read_marks(criteria, marks, complete=True)
    text, advice = _texts(comment, feedback)
    total = judge_total({code: Decimal(mark) for code, mark in draft.items()}, as_pure(criteria))
    version = insert_version(sheet, criteria, draft, total, (text, advice), at)
    sheet.state = states.SHEET.target("lock", sheet.state)
    sheet.draft, sheet.comment, sheet.feedback = draft, text, advice
    sheet.sequence, sheet.saved_at = sheet.sequence + 1, at
    sheet.save()
    journal.record(
        verb="judging.sheet.locked",
        obj=sheet,
        actor=actor,
        at=at,
        edition=assignment.entry.edition.slug,
        after={"assignment": assignment.public_id, "version": version.number, "digest": version.digest},
    )
    return sheet


@transaction.atomic
def unlock_sheet(*, sheet: ScoreSheet, reason: str, actor: User, at: datetime) -> ScoreSheet:
    """The chief judge reopens a submitted sheet, with the reason; the submitted version stays on record.

    Refuses everybody else, a sheet that is not locked and a round in which nobody could submit again.
    """
    assignment = sheet.assignment
    require(actor, "judging.chair_panel", assignment)
    require_marks_taken(assignment, at)
    text = require_reason(reason)
    locked = ScoreSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != states.LOCKED:
        raise SheetNotLocked(entry=assignment.entry.code)
    version = locked.versions.latest("number")
    ScoreSheetUnlock.objects.create(version=version, reason=text, at=at, by=actor)
    locked.state = states.SHEET.target("unlock", locked.state)
    locked.save(update_fields=["state"])
    move_room(assignment.seat.panel.round_id)
    journal.record(
        verb="judging.sheet.unlocked",
        obj=locked,
        actor=actor,
        at=at,
        edition=assignment.entry.edition.slug,
        after={"assignment": assignment.public_id, "version": version.number, "reason": text},
    )
    return locked


def _open_sheet(assignment: Assignment, actor: Actor, at: datetime) -> ScoreSheet:
    """The sheet, locked for the transaction and ready to be written; made on first use."""
    require(actor, "judging.score_entry", assignment)
    require_marks_taken(assignment, at)
    if assignment.seat.declared_at is None:
        raise NotDeclared
    waiting = calibration_due(assignment)
    if waiting:
        raise CalibrationFirst(entries="、".join(waiting))
    row = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if row.state != states.ASSIGNED:
        raise AssignmentClosed(entry=assignment.entry.code, state=states.ASSIGNMENT.labels[row.state])
    sheet, _ = ScoreSheet.objects.get_or_create(assignment=row)
    if sheet.state == states.LOCKED:
        raise SheetLocked(entry=assignment.entry.code)
    return sheet


def require_marks_taken(assignment: Assignment, at: datetime) -> None:
    """The round is open and, in a final with a room, the entrant is on stage and not revealed."""
    round = assignment.seat.panel.round
    require_open(round, at)
    require_marks_open(round, assignment.entry)


def criteria_of(assignment: Assignment) -> list[Criterion]:
    round = assignment.seat.panel.round
    criteria = scored_criteria(round, assignment.entry)
    if not criteria:
        raise RubricMissing(round=round.name, entry=assignment.entry.code)
    return criteria


def _draft(assignment: Assignment, marks: Marks) -> dict[str, str]:
    return read_marks(criteria_of(assignment), marks, complete=False)


def read_marks(criteria: list[Criterion], marks: Marks, *, complete: bool) -> dict[str, str]:
    """The marks as canonical text by code in rubric order; every fault is named, not only the first."""
    known = {one.code: one for one in as_pure(criteria)}
    faults = {code: f"评分表中没有“{code}”这一项。" for code in marks if code not in known}
    found: dict[str, str] = {}
    for code, criterion in known.items():
        given = marks.get(code)
        if given is None or not str(given).strip():
            if complete:
                faults[code] = f"“{criterion.name}”还没有打分。"
            continue
        try:
            found[code] = str(exact_decimal(criterion_score(_number(str(given).strip(), criterion.name), criterion)))
        except Fault as fault:
            faults[code] = fault.message
    if faults:
        raise MarksInvalid(faults)
    return found


def _number(text: str, name: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise Fault("not_a_number", f"“{name}”应填数字，现为“{text[:20]}”。")
    return Decimal(text)


def _texts(comment: str, feedback: str) -> tuple[str, str]:
    texts = []
    for field, text in (("评语", comment), ("给参赛方的建议", feedback)):
        clean = text.replace("\r\n", "\n").strip()
        if len(clean) > TEXT_LIMIT:
            raise TextTooLong(field=field, limit=TEXT_LIMIT, count=len(clean))
        texts.append(clean)
    return texts[0], texts[1]


def insert_version(sheet, criteria, draft, total, texts, at) -> ScoreSheetVersion:
    """One row for the sheet and one a mark. The digest covers all of it."""
    last = sheet.versions.order_by("number").last()
    number = last.number + 1 if last is not None else 1
    content = {
        "assignment": sheet.assignment.public_id,
        "version": number,
        "scores": draft,
        "total": total,
        "comment": texts[0],
        "feedback": texts[1],
        "at": at.isoformat(),
    }
    version = ScoreSheetVersion.objects.create(
        sheet=sheet,
        number=number,
        total=total,
        comment=texts[0],
        feedback=texts[1],
        submitted_at=at,
        digest=sha256_hex(canonical_json(content)),
    )
    CriterionScore.objects.bulk_create(
        CriterionScore(version=version, criterion=one, score=Decimal(draft[one.code])) for one in criteria
    )
    return version
