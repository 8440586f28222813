"""What every act of judging asks first: who acts, and whether the round is open."""

from __future__ import annotations

from datetime import datetime

import rules

from accounts.models import User
from competitions.models import Round
from competitions.pure.window import CLOSED, OPEN, PAUSED, UPCOMING
from competitions.queries.schedule import DELAYED, view_stage
from core.actor import Actor
from core.errors import NotAllowed
from judging.errors import ReasonMissing, RoundNotOpen, RoundOver

PHASES = {UPCOMING: "还没有开始", DELAYED: "尚未放行", PAUSED: "已暂停", CLOSED: "已结束"}
REASON_LIMIT = 200


def require(actor: Actor, permission: str, obj: object) -> None:
    """Refuses a person without the permission, system administrators included; the platform itself needs none."""
    if isinstance(actor, User) and not rules.has_perm(permission, actor, obj):
        raise NotAllowed


def round_phase(round: Round, at: datetime) -> str:
    """`open`, or why not: upcoming, delayed, paused, closed. A round of an edition that is not public is upcoming."""
    phase = view_stage(round.stage, at).phase
    return phase if round.edition.is_published or phase == CLOSED else UPCOMING


def require_open(round: Round, at: datetime) -> None:
    """Refuses unless marks may be given now."""
    phase = round_phase(round, at)
    if phase != OPEN:
        raise RoundNotOpen(round=round.name, phase=PHASES[phase])


def require_not_over(round: Round, at: datetime) -> None:
    """Refuses once the round has closed."""
    if round_phase(round, at) == CLOSED:
        raise RoundOver(round=round.name)


def require_reason(reason: str) -> str:
    """The reason without blanks around it; refuses an empty one and one of more than 200 characters."""
    text = reason.strip()
    if not text or len(text) > REASON_LIMIT:
        raise ReasonMissing
    return text
