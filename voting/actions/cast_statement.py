"""The statement that casts, in the two dialects. Both answer with the same rows; see voting/actions/cast.py for the promises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

from competitions.models import Stage
from entries import states
from entries.models import Entry
from voting.models import Ballot, BallotEvidence
from voting.pure.quota import Candidate, Slotted, allocate
from voting.queries.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Wish:
    """One vote to be cast: keys and slots it may take, the signed leaf, and the evidence it commits to."""

    entry_id: int
    candidate: Candidate
    leaf: str
    leaf_hash: str
    receipt: str
    salt: str
    record: str


@dataclass(frozen=True, slots=True)
class CastCall:
    """A voter's submission, ready for the database."""

    campaign: Campaign
    tag: str
    level: int
    submission: UUID
    wishes: tuple[Wish, ...]
    at: datetime
    at_is_now: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What the database says of one wish; `outcome` is repeat, stale or closed when it speaks of the whole call."""

    entry_id: int | None
    outcome: str
    leaf: str
    receipt: str
    cast_at: datetime | None


_CALL = (
    "SELECT entry, outcome, leaf, receipt, cast_at FROM voting_cast("
    "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid, %s, %s, %s::jsonb)"
)


def cast_on_postgresql(call: CastCall) -> list[Row]:
    """One call of the function `voting_cast` (migration 0002): one round trip, in autocommit."""
    campaign, schedule, rule = call.campaign, call.campaign.schedule, call.campaign.rule
    with connection.cursor() as cursor:
        cursor.execute(
            _CALL,
            [
                campaign.edition_id,
                schedule.stage_id,
                schedule.opens_at,
                schedule.closes_at,
                schedule.gate_at,
                schedule.override_count,
                campaign.wrapped,
                call.at,
                call.at_is_now,
                schedule.starts_at,
                schedule.ends_at,
                rule.is_choice,
                1 if rule.is_choice else rule.limit,
                rule.per_entry_limit,
                str(call.submission),
                call.tag,
                call.level,
                json.dumps([_as_json(wish) for wish in call.wishes]),
            ],
        )
        return [Row(*row) for row in cursor.fetchall()]


def _as_json(wish: Wish) -> dict[str, Any]:
    return {
        "entry": wish.entry_id,
        "period": wish.candidate.period,
        "scope": wish.candidate.scope,
        "low": wish.candidate.slots[0],
        "high": wish.candidate.slots[-1],
        "leaf": wish.leaf,
        "leaf_hash": wish.leaf_hash,
        "receipt": wish.receipt,
        "salt": wish.salt,
        "record": wish.record,
    }


def cast_on_sqlite(call: CastCall) -> list[Row]:
    """The same in one IMMEDIATE transaction: SQLite lets one writer in at a time, so what is read here stays true."""
    campaign = call.campaign
    with transaction.atomic():
        first = Ballot.objects.filter(submission=call.submission, edition_id=campaign.edition_id, voter_tag=call.tag)
        if rows := [Row(b.entry_id, "repeat", b.leaf, b.receipt, b.cast_at) for b in first.order_by("pk")]:
            return rows
        if not _is_current(campaign):
            return [Row(None, "stale", "", "", None)]
        now = max(call.at, _database_clock()) if call.at_is_now else call.at
        schedule = campaign.schedule
        if schedule.ends_at is None or not schedule.starts_at <= now < schedule.ends_at:
            return [Row(None, "closed", "", "", now)]
        placed = _place(call)
        if campaign.rule.is_choice and any(outcome != "accepted" for outcome, _ in placed):
            placed = [("not_counted" if outcome == "accepted" else outcome, None) for outcome, _ in placed]
        _insert(call, placed)
    return [
        Row(wish.entry_id, outcome, wish.leaf, wish.receipt, call.at)
        for wish, (outcome, _) in zip(call.wishes, placed, strict=True)
    ]


def _is_current(campaign: Campaign) -> bool:
    """Whether stage and campaign key are as they were when the campaign was read."""
    schedule = campaign.schedule
    return (
        Stage.objects.filter(
            pk=schedule.stage_id,
            opens_at=schedule.opens_at,
            closes_at=schedule.closes_at,
            gate_released_at=schedule.gate_at,
            edition__published_at__isnull=False,
            edition__campaign_key__wrapped=campaign.wrapped,
        )
        .annotate(override_count=Count("overrides"))
        .filter(override_count=schedule.override_count)
        .exists()
    )


def _database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0])


def _place(call: CastCall) -> list[tuple[str, Slotted | None]]:
    rule, edition_id = call.campaign.rule, call.campaign.edition_id
    periods = {wish.candidate.period for wish in call.wishes}
    eligible = set(
        Entry.objects.filter(
            pk__in={wish.entry_id for wish in call.wishes},
            edition_id=edition_id,
            state=states.ACCEPTED,
            is_display_consented=True,
        ).values_list("pk", flat=True)
    )
    codes = {entry_id: entry.code for entry_id, entry in call.campaign.entries.items()}
    cast = Ballot.objects.filter(edition_id=edition_id, voter_tag=call.tag, period__in=periods)
    taken = [
        Slotted(codes.get(entry_id, f"#{entry_id}"), period, scope, slot, entry_slot)
        for entry_id, period, scope, slot, entry_slot in cast.values_list(
            "entry_id", "period", "scope", "slot", "entry_slot"
        )
    ]
    placed: list[tuple[str, Slotted | None]] = []
    for wish in call.wishes:
        if wish.entry_id not in eligible:
            placed.append(("not_eligible", None))
            continue
        allocation = allocate(rule, [wish.candidate], taken)
        taken += allocation.accepted
        if allocation.accepted:
            placed.append(("accepted", allocation.accepted[0]))
        else:
            placed.append((str(allocation.refused[0][1]), None))
    return placed


def _insert(call: CastCall, placed: Sequence[tuple[str, Slotted | None]]) -> None:
    accepted = [(wish, slotted) for wish, (_, slotted) in zip(call.wishes, placed, strict=True) if slotted]
    if not accepted:
        return
    ballots = Ballot.objects.bulk_create(
        Ballot(
            edition_id=call.campaign.edition_id,
            entry_id=wish.entry_id,
            voter_tag=call.tag,
            period=slotted.period,
            scope=slotted.scope,
            slot=slotted.slot,
            entry_slot=slotted.entry_slot,
            cast_at=call.at,
            identity_level=call.level,
            submission=call.submission,
            leaf=wish.leaf,
            leaf_hash=wish.leaf_hash,
            receipt=wish.receipt,
        )
        for wish, slotted in accepted
    )
    BallotEvidence.objects.bulk_create(
        BallotEvidence(ballot=ballot, salt=wish.salt, record=wish.record)
        for ballot, (wish, _) in zip(ballots, accepted, strict=True)
    )
