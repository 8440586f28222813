"""The statement that casts, in the two dialects. Both answer with the same rows; see voting/actions/cast.py for the promises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from entries import states
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


_FIRST = (
    "SELECT entry_id, leaf, receipt FROM voting_ballot"
    " WHERE submission = %s AND edition_id = %s AND voter_tag = %s ORDER BY id"
)
_CURRENT = """
SELECT strftime('%%Y-%%m-%%dT%%H:%%M:%%f+00:00', 'now'), EXISTS (
    SELECT 1 FROM competitions_stage s
      JOIN competitions_edition e ON e.id = s.edition_id
      JOIN voting_campaignkey k ON k.edition_id = e.id
     WHERE s.id = %s AND e.id = %s AND e.published_at IS NOT NULL AND k.wrapped = %s
       AND s.opens_at = %s AND s.closes_at = %s AND s.gate_released_at IS %s
       AND (SELECT count(*) FROM competitions_stageoverride o WHERE o.stage_id = s.id) = %s)
"""
_ELIGIBLE = "SELECT id FROM entries_entry WHERE edition_id = %s AND state = %s AND is_display_consented AND id IN ({marks})"
_TAKEN = (
    "SELECT entry_id, period, scope, slot, entry_slot FROM voting_ballot"
    " WHERE edition_id = %s AND voter_tag = %s AND period IN ({marks})"
)
_BALLOT = (
    "INSERT INTO voting_ballot (edition_id, entry_id, voter_tag, period, scope, slot, entry_slot, cast_at, identity_level,"
    " submission, leaf, leaf_hash, receipt) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_EVIDENCE = "INSERT INTO voting_ballotevidence (ballot_id, salt, record) VALUES (%s, %s, %s)"


def cast_on_sqlite(call: CastCall) -> list[Row]:
    """The same in one IMMEDIATE transaction: SQLite lets one writer in at a time, so what is read here stays true.

    Plain SQL, because everybody else waits while it runs.
    """
    campaign = call.campaign
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FIRST, [call.submission.hex, campaign.edition_id, call.tag])
        if rows := [Row(entry_id, "repeat", leaf, receipt, None) for entry_id, leaf, receipt in cursor.fetchall()]:
            return rows
        database_clock, is_current = _clock_and_state(cursor, campaign)
        if not is_current:
            return [Row(None, "stale", "", "", None)]
        now = max(call.at, database_clock) if call.at_is_now else call.at
        schedule = campaign.schedule
        if schedule.ends_at is None or not schedule.starts_at <= now < schedule.ends_at:
            return [Row(None, "closed", "", "", now)]
        placed = _place(cursor, call)
        if campaign.rule.is_choice and any(outcome != "accepted" for outcome, _ in placed):
            placed = [("not_counted" if outcome == "accepted" else outcome, None) for outcome, _ in placed]
        _insert(cursor, call, placed)
    return [
        Row(wish.entry_id, outcome, wish.leaf, wish.receipt, call.at)
        for wish, (outcome, _) in zip(call.wishes, placed, strict=True)
    ]


def _clock_and_state(cursor: Any, campaign: Campaign) -> tuple[datetime, bool]:
    """The database's clock, and whether stage and campaign key are as they were when the campaign was read."""
    schedule, adapt = campaign.schedule, connection.ops.adapt_datetimefield_value
    times = [adapt(schedule.opens_at), adapt(schedule.closes_at), schedule.gate_at and adapt(schedule.gate_at)]
    values = [schedule.stage_id, campaign.edition_id, campaign.wrapped, *times, schedule.override_count]
    cursor.execute(_CURRENT, values)
    clock, is_current = cursor.fetchone()
    return datetime.fromisoformat(clock), bool(is_current)


def _place(cursor: Any, call: CastCall) -> list[tuple[str, Slotted | None]]:
    """For each wish the outcome and the slots it takes, by the pure rule."""
    if not call.wishes:
        return []
    edition_id, entries = call.campaign.edition_id, call.campaign.entries
    wanted = sorted({wish.entry_id for wish in call.wishes})
    cursor.execute(_ELIGIBLE.format(marks=_marks(wanted)), [edition_id, states.ACCEPTED, *wanted])
    eligible = {row[0] for row in cursor.fetchall()}
    periods = sorted({wish.candidate.period for wish in call.wishes})
    cursor.execute(_TAKEN.format(marks=_marks(periods)), [edition_id, call.tag, *periods])
    taken = [
        Slotted(entries[entry_id].code if entry_id in entries else f"#{entry_id}", *rest)
        for entry_id, *rest in cursor.fetchall()
    ]
    placed: list[tuple[str, Slotted | None]] = []
    for wish in call.wishes:
        if wish.entry_id not in eligible:
            placed.append(("not_eligible", None))
            continue
        allocation = allocate(call.campaign.rule, [wish.candidate], taken)
        taken += allocation.accepted
        if allocation.accepted:
            placed.append(("accepted", allocation.accepted[0]))
        else:
            placed.append((str(allocation.refused[0][1]), None))
    return placed


def _insert(cursor: Any, call: CastCall, placed: Sequence[tuple[str, Slotted | None]]) -> None:
    head = [call.campaign.edition_id]
    tail = [connection.ops.adapt_datetimefield_value(call.at), call.level, call.submission.hex]
    evidence = []
    for wish, (_, slotted) in zip(call.wishes, placed, strict=True):
        if slotted is not None:
            keys = [wish.entry_id, call.tag, slotted.period, slotted.scope, slotted.slot, slotted.entry_slot]
            cursor.execute(_BALLOT, [*head, *keys, *tail, wish.leaf, wish.leaf_hash, wish.receipt])
            evidence.append([cursor.lastrowid, wish.salt, wish.record])
    if evidence:
        cursor.executemany(_EVIDENCE, evidence)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
