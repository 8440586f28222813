"""A submission as the database gets it and what it answers, the same for both: cast_postgresql.py and cast_sqlite.py.

See voting/actions/cast.py for the promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voting.pure.quota import Candidate
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
