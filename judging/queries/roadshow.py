"""The live final as hall, judges and operator see it."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Max

from competitions.models import Edition, Group, Round
from competitions.pure.panel_rule import PLAIN, TRIMMED
from competitions.pure.rule_set import RuleSet
from core.errors import Refusal
from core.fault import Fault
from entries.models import Entry
from judging import states
from judging.errors import MarksClosed
from judging.errors.stage import (
    JudgesMissing,
    TooFewMarks,
)
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot, ScoreSheet, ScoreSheetVersion
from judging.pure.panel import PanelScore, panel_score
from judging.pure.ranking import places
from judging.queries.material import entry_name

SeatMark = tuple[PanelSeat, Decimal | None]


def find_room(edition: Edition) -> RoadshowRoom | None:
    """The room of the edition's final, once it was opened."""
    rooms = RoadshowRoom.objects.filter(round__edition=edition, round__kind=Round.Kind.FINAL)
    return rooms.select_related("round__edition", "current__entry__group").first()


def room_slots(round_id: int) -> list[RoadshowSlot]:
    """Every turn in running order."""
    slots = RoadshowSlot.objects.filter(round_id=round_id).select_related("entry__group__track")
    return list(slots.order_by("position"))


def require_marks_open(round: Round, entry: Entry) -> None:
    """In a round with a room, marks are taken only while the entrant is on stage and before the first reveal.

    `MarksClosed` otherwise; a round without a room has no say here.
    """
    if not RoadshowRoom.objects.filter(round=round).exists():
        return
    slot = RoadshowSlot.objects.filter(round=round, entry=entry).first()
    if slot is None:
        raise MarksClosed(entry=entry.code, state="不在出场名单中")
    if slot.state not in states.TAKES_MARKS or slot.revealed_at is not None:
        label = "已经亮分" if slot.revealed_at else states.SLOT.labels[slot.state]
        raise MarksClosed(entry=entry.code, state=label)


def seat_marks(round_id: int, entry_ids: list[int]) -> dict[int, list[SeatMark]]:
    """For each entry the seats that judge it with their locked total, None while there is none; recused seats are out."""
    assignments = Assignment.objects.filter(
        seat__panel__round_id=round_id, entry_id__in=entry_ids, state=states.ASSIGNED
    ).select_related("seat")
    locked = ScoreSheet.objects.filter(assignment__in=assignments, state=states.LOCKED)
    newest = locked.annotate(newest=Max("versions__number")).values_list("assignment_id", "pk", "newest")
    totals = _totals(list(newest))
    found: dict[int, list[SeatMark]] = {entry_id: [] for entry_id in entry_ids}
    for assignment in sorted(assignments, key=lambda one: one.seat.number):
        found[assignment.entry_id].append((assignment.seat, totals.get(assignment.pk)))
    return found


def _totals(newest: list[tuple[int, int, int]]) -> dict[int, Decimal]:
    sheet_of = {sheet: (assignment, number) for assignment, sheet, number in newest}
    versions = ScoreSheetVersion.objects.filter(sheet_id__in=sheet_of).values_list("sheet_id", "number", "total")
    return {sheet_of[sheet][0]: total for sheet, number, total in versions if sheet_of[sheet][1] == number}


def missing_seats(marks: list[SeatMark]) -> list[PanelSeat]:
    """Present seats that judge the entry and have not submitted."""
    return [seat for seat, total in marks if total is None and seat.is_present]


def closing_gap(round: Round, missing: list[PanelSeat], count: int) -> Refusal | None:
    """Why the marks of an entrant cannot be closed without the chief judge: somebody present has not submitted, or the
    `count` submitted ones are fewer than trimming needs (trust norm §1: the chief judge records a decision)."""
    if missing:
        return JudgesMissing(seats="、".join(seat.label for seat in missing))
    return too_few(round, count)


def too_few(round: Round, count: int) -> Refusal | None:
    """What stands against closing with `count` marks; nothing once the round takes the plain mean."""
    rule = RuleSet.from_dict(round.rules).panel
    if rule.method == TRIMMED and count < rule.min_marks and not round.plain_mean_reason:
        return TooFewMarks(count=count, needed=rule.min_marks)
    return None


def score_of(round: Round, marks: list[SeatMark]) -> PanelScore | None:
    """The panel score of an entrant from the marks there are, by the plain mean where the chief judge decided so for the
    round; None while they do not allow one."""
    rule = RuleSet.from_dict(round.rules).panel
    try:
        return panel_score([total for _, total in marks], rule, method=PLAIN if round.plain_mean_reason else None)
    except Fault:
        return None


def strikes_out(round: Round) -> bool:
    """Whether the reveal strikes out the dropped marks one by one: the edition wants it, and the rule drops some."""
    return round.strikes_dropped and not round.plain_mean_reason and RuleSet.from_dict(round.rules).panel.method == TRIMMED


def running_ranking(round: Round, slots: list[RoadshowSlot], group: Group) -> list[dict[str, object]]:
    """Entrants of the group whose score has been shown to the hall, with place ("1=" when shared) and score."""
    shown = [slot for slot in slots if slot.entry.group_id == group.pk and is_score_shown(slot)]
    marks = seat_marks(round.pk, [slot.entry_id for slot in shown])
    scored = [(slot, score_of(round, marks[slot.entry_id])) for slot in shown]
    rows = [(slot, score.score) for slot, score in scored if score is not None]
    placed = places([score for _, score in rows])
    ranking: list[dict[str, object]] = [
        {"code": slot.entry.code, "name": entry_name(slot.entry, round.is_blind), "score": f"{score:.2f}", "place": place}
        for (slot, score), place in zip(rows, placed, strict=True)
    ]
    return sorted(ranking, key=lambda row: (int(str(row["place"]).rstrip("=")), str(row["code"])))


def is_score_shown(slot: RoadshowSlot) -> bool:
    """The hall has seen the place of this entrant."""
    return slot.state == states.FINISHED or (slot.state == states.REVEALED and slot.reveal_step >= states.REVEAL_STEPS)
