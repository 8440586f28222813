"""Reminding judges of what is not submitted yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from competitions.models import Round
from competitions.queries.schedule import view_stage
from core.actor import Actor
from core.audit import journal
from core.outbox.models import Message
from core.outbox.send import queue_message
from judging.actions.guard import require, require_open
from judging.queries.progress import SeatProgress, round_progress


@transaction.atomic
def remind_judges(*, round: Round, numbers: Iterable[int], actor: Actor, at: datetime) -> list[Message]:
    """Sends a mail to the judges at the seats `numbers` who still owe sheets; others among them get none.

    Refuses everybody but the organiser, and a round that is not open.
    """
    require(actor, "judging.manage_panel", round)
    require_open(round, at)
    wanted = set(numbers)
    late = [one for one in round_progress(round, at).seats if one.missing and one.seat.number in wanted]
    sent = [_mail(round, one, at) for one in late if one.seat.judge.email]
    journal.record(
        verb="judging.judges.reminded",
        obj=round,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        after={"seats": [one.seat.number for one in late if one.seat.judge.email]},
    )
    return sent


def _mail(round: Round, one: SeatProgress, at: datetime) -> Message:
    return queue_message(
        channel="mail",
        recipient=one.seat.judge.email or "",
        template="judge-reminder",
        context={
            "name": one.seat.judge.actor_label,
            "edition": round.edition,
            "round": round,
            "missing": one.missing,
            "due": one.due,
            "ends_at": view_stage(round.stage, at).ends_at,
        },
        at=at,
        edition=round.edition.slug,
    )
