"""The public votes: people come back on several days, pick a few projects each time, and never more than the rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from competitions.pure.vote_settings import VoteSettings
from core.actor import SYSTEM
from core.clock import local_day
from jianggaosai.demo.world import World
from voting.actions.anchor import anchor_ledger
from voting.actions.cast import cast_ballots
from voting.actions.close import close_vote
from voting.actions.count import count_ledger
from voting.actions.final import finalise_tally
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote

BATCH = 1_000
AGENTS = (
    "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) MicroMessenger/8.0.50",
    "Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36",
)
Submission = tuple[datetime, str, list[int]]


def vote(world: World, total: int) -> None:
    """Exactly `total` votes up to now; once the vote is over, closed, counted and approved by two organisers."""
    edition = world.edition
    open_vote(edition=edition, actor=SYSTEM, at=world.calendar.opens("public_vote"))
    submissions = _submissions(world, total)
    cast = 0
    for start in range(0, len(submissions), BATCH):
        batch = submissions[start : start + BATCH]
        with transaction.atomic():
            for at, tag, picks in batch:
                cast += _cast(world, at, tag, picks)
        world.tell("网络投票", cast, total)
        seal_ledger(edition=edition, at=batch[-1][0])
    if world.calendar.now > world.calendar.closes("public_vote"):
        _close(world)
    count_ledger(edition=edition, at=world.calendar.now)
    anchor_ledger(edition=edition, actor=SYSTEM, at=world.calendar.now)


def _cast(world: World, at: datetime, tag: str, picks: list[int]) -> int:
    outcomes = cast_ballots(
        edition=world.edition,
        entry_ids=picks,
        voter_tag=tag,
        identity_level=0,
        submission=UUID(int=world.random.getrandbits(128), version=4),
        evidence=_evidence(tag),
        at=at,
    )
    return sum(1 for outcome in outcomes if outcome.is_accepted)


def _evidence(tag: str) -> dict[str, str]:
    """A device of an invented network (240.0.0.0/4 belongs to nobody): the same for one voter on every day."""
    parts = bytes.fromhex(tag[:8])
    address = f"240.{parts[0] % 8}.{parts[1] % 32}.{parts[2]}"
    return {"address": address, "agent": AGENTS[parts[3] % len(AGENTS)], "device": tag[::-1], "proof": "work"}


def _submissions(world: World, total: int) -> list[Submission]:
    """(moment, voter tag, entries) in order of time. A voter casts at most one ballot a day."""
    random = Random(world.random.getrandbits(64))
    quota = VoteSettings.from_dict(world.edition.rounds.get(kind="public_vote").rules).vote_rule.limit
    ids = [entry.pk for entry in world.entries]
    weights = [project.appeal for project in world.plan.projects]
    found: list[Submission] = []
    seen: set[tuple[str, object]] = set()
    voters: list[str] = []
    votes = 0
    while votes < total:
        is_new = not voters or random.random() < 0.55
        tag = f"{random.getrandbits(128):032x}" if is_new else random.choice(voters)
        at = _moment(world, random)
        if (tag, local_day(at)) in seen:
            continue
        seen.add((tag, local_day(at)))
        voters.append(tag)
        size = min(random.choices(range(1, quota + 1), _appetite(quota))[0], total - votes)
        picks = _picks(random, ids, weights, size)
        votes += len(picks)
        found.append((at, tag, picks))
    return sorted(found)


def _moment(world: World, random: Random) -> datetime:
    """More people vote towards the end, and few at night."""
    opens = world.calendar.opens("public_vote")
    span = min(world.calendar.closes("public_vote"), world.calendar.now) - opens
    while True:
        at = opens + timedelta(seconds=int(span.total_seconds() * random.betavariate(1.4, 1.0) * 0.9999))
        hour = (at.hour + 8) % 24
        if 7 <= hour <= 23 or random.random() < 0.08:
            return at


def _appetite(quota: int) -> list[int]:
    """How many votes of the quota people use: most a few, many all."""
    return [3] + [2] * (quota - 2) + [5] if quota > 1 else [1]


def _picks(random: Random, ids: list[int], weights: list[float], size: int) -> list[int]:
    picks: list[int] = []
    while len(picks) < size:
        (one,) = random.choices(ids, weights)
        if one not in picks:
            picks.append(one)
    return picks


def _close(world: World) -> None:
    after = world.calendar.closes("public_vote") + timedelta(hours=1)
    close_vote(edition=world.edition, actor=SYSTEM, at=after)
    for organiser in ("organiser", "organiser2"):
        finalise_tally(edition=world.edition, actor=world.staff[organiser], at=after + timedelta(hours=12))
