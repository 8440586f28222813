"""The vote on SQLite: the same as `voting_cast` on PostgreSQL, in short IMMEDIATE transactions.

SQLite lets one writer in at a time and each commit waits for the disk, so threads that vote at the same moment share a
transaction (group_commit.py) and its statements. What is read in it stays true until its end, so that the rule is worked out here.
Processes take turns by a lock of the operating system, which wakes the next at once; SQLite would have it sleep and look again.
"""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from entries import states
from voting.actions.cast_statement import CastCall, Row, Wish
from voting.pure.quota import Slotted, allocate
from voting.queries.campaign import Campaign

# The plus signs keep SQLite from an index that would read every ballot there is, and so does the missing ORDER BY.
_REPEATED = (
    "SELECT submission, voter_tag, entry_id, leaf, receipt, cast_at, id FROM voting_ballot "
    "WHERE submission IN ({}) AND +edition_id = %s AND +voter_tag IN ({})"
)
_CURRENT = """
SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') FROM competitions_stage s
  JOIN competitions_edition e ON e.id = s.edition_id
  JOIN voting_campaignkey k ON k.edition_id = e.id
 WHERE s.id = %s AND e.id = %s AND e.published_at IS NOT NULL AND k.wrapped = %s
   AND s.opens_at = %s AND s.closes_at = %s AND s.gate_released_at IS %s
   AND (SELECT count(*) FROM competitions_stageoverride o WHERE o.stage_id = s.id) = %s
"""
_ELIGIBLE = "SELECT id FROM entries_entry WHERE edition_id = %s AND state = %s AND is_display_consented AND id IN ({})"
_TAKEN = (
    "SELECT voter_tag, entry_id, period, scope, slot, entry_slot FROM voting_ballot "
    "WHERE edition_id = %s AND voter_tag IN ({}) AND period IN ({})"
)
_BALLOT = (
    "INSERT INTO voting_ballot (edition_id, entry_id, voter_tag, period, scope, slot, entry_slot, cast_at, "
    "identity_level, submission, leaf, leaf_hash, receipt) VALUES {} RETURNING id"
)
_EVIDENCE = "INSERT INTO voting_ballotevidence (ballot_id, salt, record) VALUES {}"
MOST_ROWS = 500  # of one INSERT: far below what SQLite takes

Sent = tuple[str, str]  # a submission by its UUID in hex, and the tag of its voter


def cast_on_sqlite(calls: Sequence[CastCall]) -> list[list[Row]]:
    """The rows of each call, cast in one transaction, in order: a second one by the same voter sees the first."""
    by_campaign: dict[int, list[CastCall]] = {}
    for call in calls:
        by_campaign.setdefault(id(call.campaign), []).append(call)
    answers: dict[int, list[Row]] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        for of_one in by_campaign.values():
            answers |= _cast(cursor, of_one)
    return [answers[id(call)] for call in calls]


@contextmanager
def turn_on_sqlite() -> Iterator[None]:
    """This process's turn to write ballots. The lock goes with the file, also when the process is killed."""
    with Path(f"{connection.settings_dict['NAME']}-turn").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass(slots=True)
class _Known:
    """What the transaction has read and decided for the calls of one campaign: first receipts by submission, the database's
    clock (None: the campaign is no longer as it was remembered), which entries may be voted for, each voter's votes, and what is
    to be written."""

    sent: dict[Sent, list[Row]]
    clock: datetime | None
    eligible: set[int]
    taken: dict[str, list[Slotted]]
    accepted: list[tuple[CastCall, Wish, Slotted]] = field(default_factory=list)


def _cast(cursor: CursorWrapper, calls: Sequence[CastCall]) -> dict[int, list[Row]]:
    """Reads once for all calls of one campaign, decides call by call, writes once."""
    known = _Known(_sent(cursor, calls), _clock_if_current(cursor, calls[0].campaign), set(), {})
    if known.clock is not None and any(call.wishes for call in calls):
        known.eligible = _eligible(cursor, calls)
        known.taken = _taken(cursor, calls)
    answers = {id(call): _decide(call, known) for call in calls}
    _insert(cursor, known.accepted)
    return answers


def _decide(call: CastCall, known: _Known) -> list[Row]:
    first = known.sent.get(_key(call))
    if first:
        return first
    if known.clock is None:
        return [Row(None, "stale", "", "", None)]
    now = max(call.at, known.clock) if call.at_is_now else call.at
    schedule = call.campaign.schedule
    if schedule.ends_at is None or not schedule.starts_at <= now < schedule.ends_at:
        return [Row(None, "closed", "", "", now)]
    placed = _place(call, known)
    if call.campaign.rule.is_choice and any(outcome != "accepted" for outcome, _ in placed):
        placed = [("not_counted" if outcome == "accepted" else outcome, None) for outcome, _ in placed]
    accepted = [(call, wish, slotted) for wish, (_, slotted) in zip(call.wishes, placed, strict=True) if slotted]
    known.accepted += accepted
    known.taken.setdefault(call.tag, []).extend(slotted for _, _, slotted in accepted)
    known.sent[_key(call)] = [Row(wish.entry_id, "repeat", wish.leaf, wish.receipt, call.at) for _, wish, _ in accepted]
    return [
        Row(wish.entry_id, outcome, wish.leaf, wish.receipt, call.at)
        for wish, (outcome, _) in zip(call.wishes, placed, strict=True)
    ]


def _place(call: CastCall, known: _Known) -> list[tuple[str, Slotted | None]]:
    """The slots each wish gets, or why it gets none, in the order chosen."""
    taken = list(known.taken.get(call.tag, ()))
    placed: list[tuple[str, Slotted | None]] = []
    for wish in call.wishes:
        if wish.entry_id not in known.eligible:
            placed.append(("not_eligible", None))
            continue
        allocation = allocate(call.campaign.rule, [wish.candidate], taken)
        taken += allocation.accepted
        if allocation.accepted:
            placed.append(("accepted", allocation.accepted[0]))
        else:
            placed.append((str(allocation.refused[0][1]), None))
    return placed


def _key(call: CastCall) -> Sent:
    return call.submission.hex, call.tag


def _sent(cursor: CursorWrapper, calls: Sequence[CastCall]) -> dict[Sent, list[Row]]:
    """The receipts that submissions among the calls have got before, in the order of their ballots."""
    submissions, tags = [call.submission.hex for call in calls], [call.tag for call in calls]
    statement = _REPEATED.format(_marks(submissions), _marks(tags))
    cursor.execute(statement, [*submissions, calls[0].campaign.edition_id, *tags])
    found: dict[Sent, list[Row]] = {}
    for submission, tag, entry_id, leaf, receipt, at, _ in sorted(cursor.fetchall(), key=lambda row: row[-1]):
        found.setdefault((submission, tag), []).append(Row(entry_id, "repeat", leaf, receipt, at.replace(tzinfo=UTC)))
    return found


def _clock_if_current(cursor: CursorWrapper, campaign: Campaign) -> datetime | None:
    """The database's clock when stage and campaign key are as they were when the campaign was read, else None."""
    schedule = campaign.schedule
    moments = [_write(one) for one in (schedule.opens_at, schedule.closes_at, schedule.gate_at)]
    cursor.execute(
        _CURRENT,
        [schedule.stage_id, campaign.edition_id, campaign.wrapped, *moments, schedule.override_count],
    )
    row = cursor.fetchone()
    return datetime.fromisoformat(row[0]).replace(tzinfo=UTC) if row else None


def _write(at: datetime | None) -> str | None:
    """A moment as Django stores it on SQLite."""
    return None if at is None else connection.ops.adapt_datetimefield_value(at)


def _eligible(cursor: CursorWrapper, calls: Sequence[CastCall]) -> set[int]:
    """Which of the named entries may be voted for now."""
    wanted = list({wish.entry_id for call in calls for wish in call.wishes})
    cursor.execute(_ELIGIBLE.format(_marks(wanted)), [calls[0].campaign.edition_id, states.ACCEPTED, *wanted])
    return {entry_id for (entry_id,) in cursor.fetchall()}


def _taken(cursor: CursorWrapper, calls: Sequence[CastCall]) -> dict[str, list[Slotted]]:
    """The votes each voter has cast in the periods of the calls."""
    entries, tags = calls[0].campaign.entries, list({call.tag for call in calls})
    periods = list({wish.candidate.period for call in calls for wish in call.wishes})
    cursor.execute(_TAKEN.format(_marks(tags), _marks(periods)), [calls[0].campaign.edition_id, *tags, *periods])
    taken: dict[str, list[Slotted]] = {}
    for tag, entry_id, *keys in cursor.fetchall():
        code = entries[entry_id].code if entry_id in entries else f"#{entry_id}"
        taken.setdefault(tag, []).append(Slotted(code, *keys))
    return taken


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _insert(cursor: CursorWrapper, accepted: Sequence[tuple[CastCall, Wish, Slotted]]) -> None:
    """Writes the accepted votes with their evidence; identifiers rise in the order of the rows."""
    for start in range(0, len(accepted), MOST_ROWS):
        rows = accepted[start : start + MOST_ROWS]
        ballots = [
            (call.campaign.edition_id, wish.entry_id, call.tag, slotted.period, slotted.scope, slotted.slot, slotted.entry_slot,
             _write(call.at), call.level, call.submission.hex, wish.leaf, wish.leaf_hash, wish.receipt)
            for call, wish, slotted in rows
        ]  # fmt: skip
        ids = sorted(row[0] for row in _insert_rows(cursor, _BALLOT, ballots).fetchall())
        evidence = [(ballot, wish.salt, wish.record) for ballot, (_, wish, _) in zip(ids, rows, strict=True)]
        _insert_rows(cursor, _EVIDENCE, evidence)


def _insert_rows(cursor: CursorWrapper, statement: str, rows: Sequence[tuple[object, ...]]) -> CursorWrapper:
    """Runs one INSERT of several rows; `statement` has a place for its VALUES."""
    places = ", ".join([f"({_marks(rows[0])})"] * len(rows))
    cursor.execute(statement.format(places), [value for row in rows for value in row])
    return cursor
