"""Judges score: each has a leaning of their own, and sees the same quality through some noise."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from competitions.models import Criterion, Round
from competitions.queries.rule_set import rubric_for
from jianggaosai.demo.world import World
from judging.actions.assignment import assign_panel
from judging.actions.panel import seat_judge, sign_declaration
from judging.actions.sheet import lock_sheet, save_sheet
from judging.models import Assignment, PanelSeat

FINAL_SEATS = 7


def seat_preliminary(world: World) -> None:
    """Fifteen judges take their seats, the entries are dealt out, everybody signs the declaration."""
    round_ = world.edition.rounds.get(kind="preliminary")
    at = world.calendar.opens("preliminary") - timedelta(days=2)
    for number, judge in enumerate(world.judges, start=1):
        seat_judge(round=round_, user=judge, number=number, actor=world.staff["organiser"], at=at)
    assign_panel(round=round_, seed="demo", actor=world.staff["organiser"], at=at + timedelta(hours=1))
    for seat in PanelSeat.objects.filter(panel__round=round_):
        sign_declaration(seat=seat, actor=seat.judge, at=world.calendar.opens("preliminary"))


def seat_final(world: World) -> None:
    """Seven judges of the final, the chief judge in the first seat."""
    round_ = world.edition.rounds.get(kind="final")
    at = world.calendar.opens("preliminary")
    people = [world.staff["chief"], *world.judges[: FINAL_SEATS - 1]]
    for number, judge in enumerate(people, start=1):
        is_chief = number == 1
        seat_judge(round=round_, user=judge, number=number, is_chief=is_chief, actor=world.staff["organiser"], at=at)


def score_preliminary(world: World) -> None:
    """All sheets once the round is over; before that, as far as time has run."""
    round_ = world.edition.rounds.get(kind="preliminary")
    assignments = list(
        Assignment.objects.filter(seat__panel__round=round_).select_related("seat__judge", "entry").order_by("pk")
    )
    share = {"voting": 0.35, "preliminary": 0.96}.get(world.calendar.stage, 1.0)
    count = round(len(assignments) * share)
    for index, assignment in enumerate(assignments[:count]):
        at = world.calendar.within("preliminary", 0.02 + 0.96 * index / len(assignments))
        lock(world, round_, assignment, at)
        world.tell("初赛评分", index + 1, count)
    for assignment in assignments[count : count + 3]:
        marks = dict(list(marks_for(world, round_, assignment).items())[:4])
        save_sheet(
            assignment=assignment,
            marks=marks,
            comment="",
            feedback="",
            sequence=1,
            actor=assignment.seat.judge,
            at=world.calendar.within("preliminary", 0.99),
        )


def lock(world: World, round_: Round, assignment: Assignment, at: datetime) -> None:
    lock_sheet(
        assignment=assignment,
        marks=marks_for(world, round_, assignment),
        comment="技术方案完整，布局层次清楚。",
        feedback="建议补充海外布局与侵权可判定性的说明。",
        actor=assignment.seat.judge,
        at=at,
    )


def marks_for(world: World, round_: Round, assignment: Assignment) -> dict[str, Decimal]:
    """A mark for every criterion, on its step: the project's quality, the judge's leaning, and some noise."""
    random = Random(f"{round_.kind}-{assignment.seat.number}-{world.index_of(assignment.entry)}-{world.plan.projects[0].title}")
    leaning = Random(f"judge-{assignment.seat.number}").uniform(-0.05, 0.05)
    level = 0.62 + 0.33 * world.quality(assignment.entry) + leaning
    return {one.code: _mark(one, level + random.gauss(0, 0.05)) for one in leaves(round_, assignment.entry.track_id)}


def leaves(round_: Round, track_id: int | None) -> list[Criterion]:
    """The criteria that are scored: those without children."""
    assert track_id is not None, "an accepted entry has a track"
    rubric = rubric_for(round_, track_id)
    assert rubric is not None, "the preset has a rubric for every scored round"
    criteria = list(rubric.criteria.all())
    parents = {one.parent_id for one in criteria}
    return [one for one in criteria if one.pk not in parents]


def _mark(criterion: Criterion, level: float) -> Decimal:
    share = Decimal(str(round(min(max(level, 0.3), 1.0), 4)))
    steps = (criterion.max_score * share / criterion.step).quantize(Decimal(1), ROUND_HALF_UP)
    return min(steps * criterion.step, criterion.max_score)
