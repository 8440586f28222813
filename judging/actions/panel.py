"""Seats of a panel and what their judges declare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.models import Role, Round
from competitions.rules import role_kinds
from core.actor import Actor
from core.audit import journal
from judging.actions.assignment import share_entries
from judging.actions.conflict import declare_conflict
from judging.actions.guard import require, require_not_over
from judging.errors import NotAJudge, SeatInUse, SeatTaken, WrongRound
from judging.models import Panel, PanelSeat
from judging.queries.access import SCORED
from judging.queries.declaration import entries_of

PANEL_NAME = "评审组"


@transaction.atomic
def seat_judge(
    *, round: Round, user: User, number: int, is_chief: bool = False, actor: Actor, at: datetime
) -> PanelSeat:
    """Gives a judge of the edition the seat `number` (1–99) in the round's panel, for the organiser.

    In a round everybody scores together (semi-final, final) the new seat gets the entries already invited. Refuses a
    round nobody scores, somebody without the role, a number or person seated already, and a round that has closed.
    """
    require(actor, "judging.manage_panel", round)
    if round.kind not in SCORED:
        raise WrongRound(round=round.name, hint="只有初赛、复赛和决赛设评审席位。")
    require_not_over(round, at)
    _require_role(user, round, is_chief)
    panel, _ = Panel.objects.get_or_create(round=round, defaults={"name": PANEL_NAME})
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    _refuse_taken(panel, user, number)
    try:
        with transaction.atomic():
            seat = PanelSeat.objects.create(panel=panel, judge=user, number=number, is_chief=is_chief)
    except IntegrityError as error:
        raise SeatTaken(fact="席位号须为 1 至 99 且不重复") from error
    journal.record(
        verb="judging.seat.added",
        obj=seat,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        after={"round": round.kind, "number": number, "judge": user.actor_code, "is_chief": is_chief},
    )
    share_entries(seat, at=at)
    return seat


@transaction.atomic
def unseat_judge(*, seat: PanelSeat, actor: Actor, at: datetime) -> PanelSeat:
    """Takes a seat away that no entry was ever given to; refuses any other and a round that has closed."""
    round = seat.panel.round
    require(actor, "judging.manage_panel", round)
    require_not_over(round, at)
    locked = PanelSeat.objects.select_for_update().get(pk=seat.pk)
    count = locked.assignments.count()
    if count:
        raise SeatInUse(seat=locked.label, count=count)
    journal.record(
        verb="judging.seat.removed",
        obj=locked,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        before={"round": round.kind, "number": locked.number, "judge": seat.judge.actor_code},
    )
    locked.delete()
    return locked


@transaction.atomic
def sign_declaration(
    *, seat: PanelSeat, bodies: Iterable[str] = (), reason: str = "", actor: Actor, at: datetime
) -> PanelSeat:
    """The judge signs the declaration of impartiality and secrecy of this round, before the first entry is shown, and
    steps back from every entry of the organisations in `bodies` (public ids) for the `reason`.

    Signing again changes nothing. Refuses everybody else, and organisations without a reason.
    """
    require(actor, "judging.sit_on_panel", seat)
    locked = PanelSeat.objects.select_for_update().get(pk=seat.pk)
    if locked.declared_at is not None:
        return locked
    for entry in entries_of(seat, set(bodies)):
        declare_conflict(judge=seat.judge, entry=entry, reason=reason, actor=actor, at=at)
    locked.declared_at = at
    locked.save(update_fields=["declared_at"])
    journal.record(
        verb="judging.declaration.signed",
        obj=locked,
        actor=actor,
        at=at,
        edition=seat.panel.round.edition.slug,
        after={"round": seat.panel.round.kind, "seat": locked.number},
    )
    return locked


def _require_role(user: User, round: Round, is_chief: bool) -> None:
    held = role_kinds(user, round.edition_id)
    wanted = {Role.Kind.CHIEF_JUDGE} if is_chief else {Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE}
    if not held & wanted:
        raise NotAJudge(name=user.actor_label, role=(Role.Kind.CHIEF_JUDGE if is_chief else Role.Kind.JUDGE).label)


def _refuse_taken(panel: Panel, user: User, number: int) -> None:
    if not 1 <= number <= 99:
        raise SeatTaken(fact=f"席位号应为 1 至 99，现为 {number}")
    for seat in panel.seats.all():
        if seat.judge_id == user.pk:
            raise SeatTaken(fact=f"{user.actor_label}已是{seat.label}")
        if seat.number == number:
            raise SeatTaken(fact=f"{seat.label}已有人入席")
