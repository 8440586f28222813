"""Results: computed, approved by two organisers, published; awards and certificates at the end."""

from __future__ import annotations

from datetime import datetime, timedelta

from competitions.models import Round
from jianggaosai.demo.objections import object_to_awards, object_to_finalists
from jianggaosai.demo.world import World
from results.actions.approval import approve_result
from results.actions.certificate import issue_certificates
from results.actions.computation import compute_round
from results.actions.publication import publish_result
from results.models import RoundResult


def settle_preliminary(world: World) -> None:
    """The finalists, a day after the round has closed, and the objections to them."""
    at = world.calendar.closes("preliminary") + timedelta(days=1)
    object_to_finalists(world, _settle(world, world.edition.rounds.get(kind="preliminary"), at))


def settle_final(world: World) -> None:
    """The awards; their certificates once the notice is over."""
    at = world.calendar.closes("final") + timedelta(hours=2)
    result = _settle(world, world.edition.rounds.get(kind="final"), at)
    object_to_awards(world, result)
    if world.calendar.reached("results"):
        issue_certificates(result=result, actor=world.staff["organiser"], at=world.calendar.now)


def _settle(world: World, round_: Round, at: datetime) -> RoundResult:
    first, second = world.staff["organiser"], world.staff["organiser2"]
    result = compute_round(round=round_, actor=first, at=at)
    approve_result(result=result, actor=first, at=at + timedelta(minutes=10))
    approve_result(result=result, actor=second, at=at + timedelta(minutes=30))
    return publish_result(result=result, actor=first, at=at + timedelta(minutes=40))
