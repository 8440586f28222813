"""Changing a dealt-out assignment by hand: another judge for an entry, or two judges exchanging entries."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from judging import states
from judging.actions.assignment import assign_entry, withdraw_assignment
from judging.actions.guard import require, require_not_over
from judging.errors import NotInSameRound, SheetBegun
from judging.models import Assignment, PanelSeat, ScoreSheet


@transaction.atomic
def replace_judge(*, assignment: Assignment, seat: PanelSeat, actor: Actor, at: datetime) -> Assignment:
    """Gives the entry of an assignment to another seat of the same panel instead, for the organiser.

    Refuses a sheet that was begun, a seat of another panel, a conflict, and a round that has closed.
    """
    round = assignment.seat.panel.round
    require(actor, "judging.manage_panel", round)
    require_not_over(round, at)
    if seat.panel_id != assignment.seat.panel_id or seat.pk == assignment.seat_id:
        raise NotInSameRound
    _refuse_begun(assignment)
    withdraw_assignment(assignment=assignment, reason=f"改派给{seat.label}", actor=actor, at=at)
    return assign_entry(seat=seat, entry=assignment.entry, actor=actor, at=at)


@transaction.atomic
def swap_judges(*, first: Assignment, second: Assignment, actor: Actor, at: datetime) -> tuple[Assignment, Assignment]:
    """Two judges of a panel exchange an entry each, so that loads stay as they are.

    Refuses a sheet that was begun, the same judge or entry twice, what either is in conflict with or has already, and a
    round that has closed.
    """
    if first.seat.panel_id != second.seat.panel_id or first.seat_id == second.seat_id or first.entry_id == second.entry_id:
        raise NotInSameRound
    for row in (first, second):
        require(actor, "judging.manage_panel", row)
        require_not_over(row.seat.panel.round, at)
        _refuse_begun(row)
    for row, other in ((first, second), (second, first)):
        withdraw_assignment(assignment=row, reason=f"与{other.seat.label}对调", actor=actor, at=at)
    return (
        assign_entry(seat=second.seat, entry=first.entry, actor=actor, at=at),
        assign_entry(seat=first.seat, entry=second.entry, actor=actor, at=at),
    )


def _refuse_begun(assignment: Assignment) -> None:
    if ScoreSheet.objects.filter(assignment=assignment).exclude(state=states.EMPTY).exists():
        raise SheetBegun(seat=assignment.seat.label, entry=assignment.entry.code)
