"""Ballots and leaves by the million, made by the database itself. Their signatures are not real; nobody recounts them."""

from __future__ import annotations

from django.db import connection

from bench.edition import ENTRIES
from bench.world import hurry
from competitions.models import Edition
from core import clock
from entries.models import Entry
from voting.models import Ballot, LedgerCheckpoint, LedgerCount, LedgerLeaf
from voting.queries.ledger import newest_checkpoint
from voting.queries.tally import sealed_tally

PAD = "0" * 120

_BALLOTS = {
    "sqlite": """
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
INSERT INTO voting_ballot (edition_id, entry_id, voter_tag, period, scope, slot, entry_slot, cast_at, identity_level, submission,
                           leaf, leaf_hash, receipt)
SELECT {edition}, {entry} + i % {entries}, printf('%032x', i), '2026-09-01', '', 1, 1, '{at}', 0, printf('%032x', i),
       '{pad}' || i, printf('%064x', i), '' FROM n""",
    "postgresql": """
INSERT INTO voting_ballot (edition_id, entry_id, voter_tag, period, scope, slot, entry_slot, cast_at, identity_level, submission,
                           leaf, leaf_hash, receipt)
SELECT {edition}, {entry} + i % {entries}, lpad(to_hex(i), 32, '0'), '2026-09-01', '', 1, 1, '{at}', 0,
       lpad(to_hex(i), 32, '0')::uuid, '{pad}' || i, lpad(to_hex(i), 64, '0'), '' FROM generate_series({first}, {last}) i""",
}
_LEAVES = {
    "sqlite": """
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
INSERT INTO voting_ledgerleaf (edition_id, "index", kind, body, leaf_hash) SELECT {edition}, i, 'vote', '', '' FROM n""",
    "postgresql": """
INSERT INTO voting_ledgerleaf (edition_id, "index", kind, body, leaf_hash)
SELECT {edition}, i, 'vote', '', '' FROM generate_series({first}, {last}) i""",
}


def add_ballots(edition: Edition, count: int) -> None:
    """Committed ballots of as many voters, spread evenly over the entries."""
    first = Ballot.objects.count() + 1
    entry = Entry.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True)[0]
    at = clock.now().strftime("%Y-%m-%d %H:%M:%S.000001") + ("" if connection.vendor == "sqlite" else "+00")
    _execute(_BALLOTS, edition=edition.pk, first=first, last=first + count - 1, entry=entry, entries=ENTRIES, at=at, pad=PAD)


def add_counted_leaves(edition: Edition, count: int) -> None:
    """Leaves that are sealed and counted already; their ballots are not there, for nothing looks at them any more."""
    newest, counted = newest_checkpoint(edition), sealed_tally(edition)
    assert newest is not None and counted is not None
    _execute(_LEAVES, edition=edition.pk, first=newest.size, last=newest.size + count - 1)
    size, state = newest.size + count, counted.state
    frontier = {"size": size, "hashes": ["11" * 32] * size.bit_count()}
    values = {"size": size, "root": "22" * 32, "note": newest.note, "frontier": frontier, "settled": newest.settled, "at": clock.now()}
    LedgerCheckpoint.objects.create(edition=edition, **values)
    state.votes["001"] += count
    state.size = size
    kept = {"size": size, "root": "22" * 32, "state": state.as_dict(), "counted_at": clock.now()}
    LedgerCount.objects.update_or_create(edition=edition, defaults=kept)
    assert LedgerLeaf.objects.filter(edition=edition, index=size - 1).exists()


def _execute(statements: dict[str, str], **values: object) -> None:
    hurry()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0" if connection.vendor == "postgresql" else "SELECT 1")
        cursor.execute(statements[connection.vendor].format(**values))
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE voting_ballot; ANALYZE voting_ledgerleaf")
