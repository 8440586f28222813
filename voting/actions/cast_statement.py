"""The statement that casts, in the two dialects. Both answer with the same rows; see voting/actions/cast.py for the promises."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

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


_REPEATED = (
    "SELECT entry_id, leaf, receipt, cast_at FROM voting_ballot "
    "WHERE submission = %s AND edition_id = %s AND voter_tag = %s ORDER BY id"
)
_CURRENT = """
SELECT 1 FROM competitions_stage s
  JOIN competitions_edition e ON e.id = s.edition_id
  JOIN voting_campaignkey k ON k.edition_id = e.id
 WHERE s.id = %s AND e.id = %s AND e.published_at IS NOT NULL AND k.wrapped = %s
   AND s.opens_at = %s AND s.closes_at = %s AND s.gate_released_at IS %s
   AND (SELECT count(*) FROM competitions_stageoverride o WHERE o.stage_id = s.id) = %s
"""
_ELIGIBLE = "SELECT id FROM entries_entry WHERE edition_id = %s AND state = %s AND is_display_consented AND id IN ({})"
_TAKEN = (
    "SELECT entry_id, period, scope, slot, entry_slot FROM voting_ballot "
    "WHERE edition_id = %s AND voter_tag = %s AND period IN ({})"
)
_BALLOT = (
    "INSERT INTO voting_ballot (edition_id, entry_id, voter_tag, period, scope, slot, entry_slot, cast_at, "
    "identity_level, submission, leaf, leaf_hash, receipt) VALUES {} RETURNING id"
)
_EVIDENCE = "INSERT INTO voting_ballotevidence (ballot_id, salt, record) VALUES {}"


def cast_on_sqlite(call: CastCall) -> list[Row]:
    """The same in one IMMEDIATE transaction: SQLite lets one writer in at a time, so what is read here stays true."""
    campaign = call.campaign
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REPEATED, [call.submission.hex, campaign.edition_id, call.tag])
        if rows := cursor.fetchall():
            return [Row(entry_id, "repeat", leaf, receipt, at.replace(tzinfo=UTC)) for entry_id, leaf, receipt, at in rows]
        if not _is_current(cursor, campaign):
            return [Row(None, "stale", "", "", None)]
        now = max(call.at, _database_clock(cursor)) if call.at_is_now else call.at
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


def _is_current(cursor: CursorWrapper, campaign: Campaign) -> bool:
    """Whether stage and campaign key are as they were when the campaign was read."""
    schedule = campaign.schedule
    moments = [_write(one) for one in (schedule.opens_at, schedule.closes_at, schedule.gate_at)]
    cursor.execute(
        _CURRENT,
        [schedule.stage_id, campaign.edition_id, campaign.wrapped, *moments, schedule.override_count],
    )
    return cursor.fetchone() is not None


def _database_clock(cursor: CursorWrapper) -> datetime:
    cursor.execute("SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')", [])
    return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)


def _write(at: datetime | None) -> str | None:
    """A moment as Django stores it on SQLite."""
    return None if at is None else connection.ops.adapt_datetimefield_value(at)


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _place(cursor: CursorWrapper, call: CastCall) -> list[tuple[str, Slotted | None]]:
    """The slots each wish gets, or why it gets none, in the order chosen."""
    rule, edition_id = call.campaign.rule, call.campaign.edition_id
    if not call.wishes:
        return []
    wanted = [wish.entry_id for wish in call.wishes]
    cursor.execute(_ELIGIBLE.format(_marks(wanted)), [edition_id, states.ACCEPTED, *wanted])
    eligible = {entry_id for (entry_id,) in cursor.fetchall()}
    periods = sorted({wish.candidate.period for wish in call.wishes})
    cursor.execute(_TAKEN.format(_marks(periods)), [edition_id, call.tag, *periods])
    codes = {entry_id: entry.code for entry_id, entry in call.campaign.entries.items()}
    taken = [Slotted(codes.get(entry_id, f"#{entry_id}"), *keys) for entry_id, *keys in cursor.fetchall()]
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


def _insert(cursor: CursorWrapper, call: CastCall, placed: Sequence[tuple[str, Slotted | None]]) -> None:
    """Writes the accepted votes with their evidence; identifiers rise in the order of the rows."""
    cast_at, submission = _write(call.at), call.submission.hex
    accepted = [(wish, slotted) for wish, (_, slotted) in zip(call.wishes, placed, strict=True) if slotted]
    if not accepted:
        return
    ballots = [
        (call.campaign.edition_id, wish.entry_id, call.tag, slotted.period, slotted.scope, slotted.slot, slotted.entry_slot,
         cast_at, call.level, submission, wish.leaf, wish.leaf_hash, wish.receipt)
        for wish, slotted in accepted
    ]  # fmt: skip
    ids = sorted(row[0] for row in _insert_rows(cursor, _BALLOT, ballots).fetchall())
    evidence = [(ballot, wish.salt, wish.record) for ballot, (wish, _) in zip(ids, accepted, strict=True)]
    _insert_rows(cursor, _EVIDENCE, evidence)


def _insert_rows(cursor: CursorWrapper, statement: str, rows: Sequence[tuple[object, ...]]) -> CursorWrapper:
    """Runs one INSERT of several rows; `statement` has a place for its VALUES."""
    places = ", ".join(f"({_marks(row)})" for row in rows)
    cursor.execute(statement.format(places), [value for row in rows for value in row])
    return cursor
