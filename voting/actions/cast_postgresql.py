"""The vote on PostgreSQL: one call of the function `voting_cast` (migration 0007) for all who vote at the same moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from voting.actions.cast_statement import CastCall, Row
from voting.pure.quota import Slotted, allocate

_CALL = (
    "SELECT call, entry, outcome, leaf, receipt, cast_at FROM voting_cast("
    "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, "
    "%s::bigint[], %s::uuid[], %s::text[], %s::integer[], %s::timestamptz[], %s::boolean[], %s::bigint[], %s::jsonb)"
)


def cast_on_postgresql(calls: Sequence[CastCall]) -> list[list[Row]]:
    """The rows of each call. One statement, and in autocommit one transaction, for calls of one campaign by different voters;
    a voter who is there twice (a double tap) waits for the next statement, which then sees the first ballot."""
    rows: dict[int, list[Row]] = {}
    waiting = list(calls)
    while waiting:
        together: dict[str, CastCall] = {}
        for call in waiting:
            if call.campaign is waiting[0].campaign:
                together.setdefault(call.tag, call)
        rows |= _cast(sorted(together.values(), key=lambda call: call.tag))
        waiting = [call for call in waiting if id(call) not in rows]
    return [rows[id(call)] for call in calls]


def _cast(calls: Sequence[CastCall]) -> dict[int, list[Row]]:
    """Runs the function. By voter's tag, so that two processes write in one order and never wait for each other in a circle."""
    campaign, schedule, rule = calls[0].campaign, calls[0].campaign.schedule, calls[0].campaign.rule
    answers: list[list[Row]] = [[] for _ in calls]
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
                schedule.starts_at,
                schedule.ends_at,
                rule.is_choice,
                rule.per_entry_limit,
                sorted({_lock_key(call) for call in calls}),
                [str(call.submission) for call in calls],
                [call.tag for call in calls],
                [call.level for call in calls],
                [call.at for call in calls],
                [call.at_is_now for call in calls],
                list({wish.entry_id for call in calls for wish in call.wishes}),
                json.dumps([wish for number, call in enumerate(calls, start=1) for wish in _wishes(number, call)]),
            ],
        )
        for number, entry, outcome, leaf, receipt, cast_at in cursor.fetchall():
            answers[number - 1].append(Row(entry, outcome, leaf or "", receipt or "", cast_at))
    return {id(call): _told(call, answer) for call, answer in zip(calls, answers, strict=True)}


def _lock_key(call: CastCall) -> int:
    """What two requests with the same submission wait on: the UUID's first 64 bits."""
    return int.from_bytes(call.submission.bytes[:8], signed=True)


def _wishes(number: int, call: CastCall) -> list[dict[str, Any]]:
    """The wishes of the call with that number. Each names the slots it gets when its voter has cast nothing yet in the period and
    nothing is refused, or none: then the database looks wish by wish."""
    rule = call.campaign.rule
    first = None if rule.is_choice else allocate(rule, [wish.candidate for wish in call.wishes], ())
    slots: Sequence[Slotted | None] = [None] * len(call.wishes) if first is None or first.refused else first.accepted
    return [
        {
            "call": number,
            "entry": wish.entry_id,
            "period": wish.candidate.period,
            "scope": wish.candidate.scope,
            "low": wish.candidate.slots[0],
            "high": wish.candidate.slots[-1],
            "slot": slot.slot if slot else None,
            "entry_slot": slot.entry_slot if slot else None,
            "leaf": wish.leaf,
            "leaf_hash": wish.leaf_hash,
            "receipt": wish.receipt,
            "salt": wish.salt,
            "record": wish.record,
        }
        for wish, slot in zip(call.wishes, slots, strict=True)
    ]


def _told(call: CastCall, answers: list[Row]) -> list[Row]:
    """What the database says of a wish goes with the leaf and the receipt that were sent; a repeat brings its own."""
    if not answers or answers[0].outcome in ("repeat", "stale", "closed"):
        return answers
    return [
        Row(wish.entry_id, answer.outcome, wish.leaf, wish.receipt, call.at)
        for wish, answer in zip(call.wishes, answers, strict=True)
    ]
