"""Casting votes: the hot path.

One round trip on PostgreSQL (the function `voting_cast`, migration 0007), one short IMMEDIATE transaction on SQLite, with the
same semantics, shared by all threads that vote at the same moment (group_commit.py). Two unique constraints decide; nothing here
counts first and writes later.

Clock: `at` is the application's, read when the request arrived; it stands in the leaf and names the period. With `at_is_now`
the statement holds the later of `at` and the database's own clock against the window, so that a request which waited past the
end is refused by the database. A rehearsal, a test or the builder of a demo stands at another time than the database and
leaves `at_is_now` off: then `at` alone is compared.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from competitions.models import Edition
from core.canonical import canonical_json
from voting.actions.cast_postgresql import cast_on_postgresql
from voting.actions.cast_sqlite import cast_on_sqlite, turn_on_sqlite
from voting.actions.cast_statement import CastCall, Row, Wish
from voting.actions.group_commit import GroupCommit
from voting.actions.open import ready_campaign
from voting.errors import (
    ChoiceRefused,
    Delayed,
    NothingPicked,
    NotOpenYet,
    NoVote,
    Paused,
    TooManyPicks,
    VotingClosed,
)
from voting.models import Ballot
from voting.pure.leaf import SALT_BYTES, commitment, vote_leaf
from voting.pure.quota import ChoiceFault, Pick, Refused, candidates, explain
from voting.pure.receipt import Receipt, sign_receipt
from voting.queries.campaign import (
    CLOSED,
    DELAYED,
    OPEN,
    PAUSED,
    Campaign,
    Schedule,
    find_campaign,
    vote_schedule,
)
from voting.queries.signing import signing_key
from voting.queries.wording import moment_words

MOST_PICKS = 100
TRIES = 3
NOT_ELIGIBLE = "not_eligible"
NOT_COUNTED = "not_counted"
CLOSED_ROW = Row(None, "closed", "", "", None)
_SENTENCES = {
    NOT_ELIGIBLE: "该项目现在不参加投票，本次未计票。",
    NOT_COUNTED: "整张选票须一并计入，因其他项目不能计票，该项目也未计票。",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry on a ballot.

    status: accepted, already_voted, quota_used, not_eligible (withdrawn or unknown) or not_counted (its ballot was all or
    nothing). `receipt` is the signed note of an accepted vote, `code` its short code; `is_repeat` marks the first receipt
    given again; `message` is the refusal as the voter reads it.
    """

    entry_id: int
    status: str
    receipt: str = ""
    code: str = ""
    message: str = ""
    is_repeat: bool = False

    @property
    def is_accepted(self) -> bool:
        return self.status == "accepted"


def cast_ballots(
    *,
    edition: Edition,
    entry_ids: Sequence[int],
    voter_tag: str,
    identity_level: int,
    submission: UUID,
    evidence: dict[str, Any],
    at: datetime,
    at_is_now: bool = False,
) -> list[Outcome]:
    """Casts one vote for each of `entry_ids` (primary keys, in the order chosen) and returns what became of each.

    `submission` was made with the form: the same one again returns the first receipts, even after midnight or the close.
    `evidence` (address, agent, …) is kept deletable and committed to in the leaf. Votes are accepted in order until the quota
    is used; a ballot "choose a to b" is all or nothing. Refuses as a whole: nothing or too much picked, a choice of the wrong
    size, and outside the window (NotOpenYet, Delayed, Paused with its reason, VotingClosed).
    """
    if not entry_ids:
        raise NothingPicked
    if len(entry_ids) > MOST_PICKS:
        raise TooManyPicks(most=MOST_PICKS, count=len(entry_ids))
    for attempt in range(TRIES):
        campaign = _open_campaign(edition, at, fresh=attempt > 0)
        if campaign.phase(at) == OPEN:
            call = _prepare(campaign, entry_ids, voter_tag, identity_level, submission, evidence, at, at_is_now)
            rows = _execute(call)
        else:
            rows = _rows_of(submission, edition, voter_tag) or [CLOSED_ROW]
        if not (rows and rows[0].outcome == "stale"):
            return _answer(rows, entry_ids, campaign, edition, at)
    raise Delayed


def _answer(
    rows: list[Row], entry_ids: Sequence[int], campaign: Campaign, edition: Edition, at: datetime
) -> list[Outcome]:
    """Outcomes from the database's rows; a refusal when the window was shut."""
    answer = rows[0].outcome if rows else ""
    if answer == "closed":
        raise refusal_outside(campaign.schedule, edition, rows[0].cast_at or at)
    return _repeated(rows, entry_ids, campaign) if answer == "repeat" else _outcomes(rows, entry_ids, campaign)


def refusal_outside(schedule: Schedule, edition: Edition, at: datetime) -> Exception:
    """The refusal for a vote outside the window: not yet, delayed, paused or over."""
    phase = schedule.phase(at)
    if phase == PAUSED:
        return Paused(reason=schedule.pause_reason)
    if phase == CLOSED:
        return VotingClosed(ended=moment_words(schedule.ends_at, edition))
    if phase == DELAYED:
        return Delayed()
    return NotOpenYet(opens=moment_words(schedule.starts_at, edition))


def _open_campaign(edition: Edition, at: datetime, *, fresh: bool) -> Campaign:
    """The campaign; a remembered one that says "not open" is read again before anybody is refused."""
    campaign = ready_campaign(edition, at, fresh=fresh)
    if campaign is None:
        schedule = vote_schedule(edition)
        raise refusal_outside(schedule, edition, at) if schedule else NoVote
    if campaign.phase(at) != OPEN and campaign.loaded_at != at:
        campaign = find_campaign(edition, at, fresh=True) or campaign
    return campaign


def _prepare(
    campaign: Campaign,
    entry_ids: Sequence[int],
    tag: str,
    level: int,
    submission: UUID,
    evidence: dict[str, Any],
    at: datetime,
    at_is_now: bool,
) -> CastCall:
    known = [entry_id for entry_id in entry_ids if entry_id in campaign.entries]
    entries = [campaign.entries[entry_id] for entry_id in known]
    rule = campaign.rule
    if rule.is_choice and len(known) < len(entry_ids):
        known, entries = [], []  # a ballot that is all or nothing and names a stranger counts for nobody
    try:
        wanted = candidates(rule, [Pick(entry.code, entry.group) for entry in entries], at) if entries else ()
    except ChoiceFault as fault:
        raise ChoiceRefused(fault=str(fault)) from None
    record = canonical_json(evidence)
    wishes = [
        _wish(campaign, entry_id, candidate, tag, record, at)
        for entry_id, candidate in zip(known, wanted, strict=True)
    ]
    return CastCall(campaign, tag, level, submission, tuple(wishes), at, at_is_now)


def _wish(campaign: Campaign, entry_id: int, candidate: Any, tag: str, record: bytes, at: datetime) -> Wish:
    salt = secrets.token_bytes(SALT_BYTES)
    leaf = vote_leaf(by=tag, entry=candidate.entry, evidence=commitment(salt, record), at=at)
    key = signing_key(campaign.origin)
    receipt = Receipt(campaign.origin, leaf)
    note = sign_receipt(receipt, key.name, key.key_id, key.sign)
    return Wish(entry_id, candidate, leaf.decode(), receipt.leaf_hash.hex(), note, salt.hex(), record.decode())


def _execute(call: CastCall) -> list[Row]:
    """Casts together with whoever votes at this moment; inside a transaction of the caller, by itself."""
    if connection.in_atomic_block:
        return _cast_together([call])[0]
    return _group.cast(call)


def _cast_together(calls: Sequence[CastCall]) -> list[list[Row]]:
    return (cast_on_postgresql if connection.vendor == "postgresql" else cast_on_sqlite)(calls)


def _turn() -> AbstractContextManager[None]:
    return nullcontext() if connection.vendor == "postgresql" else turn_on_sqlite()


_group = GroupCommit(_cast_together, _turn)
on_the_way = _group.on_the_way
"""Around reading a posted ballot: others that are cast at this moment wait for it, to share a statement."""


def _rows_of(submission: UUID, edition: Edition, tag: str) -> list[Row]:
    found = Ballot.objects.filter(submission=submission, edition=edition, voter_tag=tag).order_by("pk")
    return [Row(b.entry_id, "repeat", b.leaf, b.receipt, b.cast_at) for b in found]


def _outcomes(rows: list[Row], entry_ids: Sequence[int], campaign: Campaign) -> list[Outcome]:
    """Rows come for the entries of the campaign only, in order; the others are not eligible."""
    answers, result = iter(rows), []
    is_whole = campaign.rule.is_choice
    for entry_id in entry_ids:
        row = next(answers, None) if entry_id in campaign.entries and (rows or not is_whole) else None
        if row is None:
            status = NOT_COUNTED if is_whole and entry_id in campaign.entries else NOT_ELIGIBLE
            result.append(_refused(entry_id, status, campaign))
        elif row.outcome == "accepted":
            result.append(_accepted(row))
        else:
            result.append(_refused(entry_id, row.outcome, campaign))
    return result


def _repeated(rows: list[Row], entry_ids: Sequence[int], campaign: Campaign) -> list[Outcome]:
    """The first receipts, then why the others of the same submission were refused then."""
    result = [_accepted(row, is_repeat=True) for row in rows]
    given = Counter(row.entry_id for row in rows)
    for entry_id in entry_ids:
        if given[entry_id] > 0:
            given[entry_id] -= 1
        elif entry_id not in campaign.entries:
            result.append(_refused(entry_id, NOT_ELIGIBLE, campaign))
        else:
            result.append(_refused(entry_id, _first_reason(rows, entry_id, campaign), campaign))
    return result


def _first_reason(rows: list[Row], entry_id: int, campaign: Campaign) -> str:
    first = Ballot.objects.filter(receipt=rows[0].receipt, edition_id=campaign.edition_id).first()
    assert first is not None
    used = Ballot.objects.filter(
        edition_id=campaign.edition_id, voter_tag=first.voter_tag, period=first.period, entry_id=entry_id
    ).count()
    return Refused.ALREADY_VOTED if used >= campaign.rule.per_entry_limit else Refused.QUOTA_USED


def _accepted(row: Row, *, is_repeat: bool = False) -> Outcome:
    assert row.entry_id is not None
    code = Receipt("", row.leaf.encode()).code
    return Outcome(row.entry_id, "accepted", receipt=row.receipt, code=code, is_repeat=is_repeat)


def _refused(entry_id: int, status: str, campaign: Campaign) -> Outcome:
    message = _SENTENCES.get(status) or explain(Refused(status), campaign.rule)
    return Outcome(entry_id, str(status), message=message)
