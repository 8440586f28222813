"""The sealer: gives committed ballots and acts of the organiser their places in the ledger and signs checkpoints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Prefetch

from competitions.models import Edition, Stage, StageOverride
from competitions.queries.schedule import stage_window
from core.actor import SYSTEM
from core.ledger.checkpoint import Checkpoint, format_checkpoint
from core.ledger.tree import Frontier, leaf_hash
from voting.actions.open import has_vote_to_open, open_vote
from voting.models import LedgerCheckpoint, LedgerKey, LedgerLeaf
from voting.pure import leaf
from voting.queries.campaign import log_origin
from voting.queries.ledger import newest_checkpoint, unwritten_overrides, unwritten_withdrawals
from voting.queries.signing import checkpoint_keys, sign_by_all

LOCK_CLASS = 0x6A6773  # "jgs": the first half of our advisory lock keys; the second is the edition
WAIT_TO_SEAL = 300
WAIT_TO_CLOSE = 20_000  # milliseconds, like the other; below the statement time-out

Line = tuple[str, bytes]

# Every committed ballot above the settled id that has no leaf yet: whatever its id, whenever it committed. The plus signs keep
# the planner from walking a whole edition by the index on its number.
_PLACE_BALLOTS = """
INSERT INTO voting_ledgerleaf (edition_id, "index", kind, ballot_id, body, leaf_hash)
SELECT b.edition_id, %s - 1 + row_number() OVER (ORDER BY b.id), 'vote', b.id, b.leaf, b.leaf_hash
  FROM voting_ballot b WHERE +b.edition_id = %s AND b.id > %s
   AND NOT EXISTS (SELECT 1 FROM voting_ledgerleaf l WHERE l.ballot_id = b.id)
"""


def seal_ledger(*, edition: Edition, at: datetime) -> LedgerCheckpoint | None:
    """Seals every committed ballot and every act the ledger does not carry yet; returns the new checkpoint.

    None when there is nothing to seal or another sealer is at work. A ballot whose transaction is still open holds nobody up:
    what is committed is sealed, and the late one by a later round. Opens the ledger first when its time has come.
    """
    if newest_checkpoint(edition) is None:
        if not has_vote_to_open(edition, at):
            return None
        open_vote(edition=edition, actor=SYSTEM, at=at)
    settled = settled_ballot(WAIT_TO_SEAL)
    with transaction.atomic():
        if not lock_ledger(edition, wait=False):
            return None
        return seal_ballots(edition, settled, at)


def settled_ballot(milliseconds: int) -> int | None:
    """An id up to which every ballot is committed or gone for good; None when writers kept the table busy.

    On PostgreSQL the SHARE lock waits for every open writer and is held just to read the maximum: an id watermark alone
    misses ballots that commit late. It gives up after `milliseconds`, because new votes queue behind it; sealing then goes
    on from the last settled id. On SQLite there is one writer at a time, so what is there is settled.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = '{int(milliseconds)}ms'")
                cursor.execute("LOCK TABLE voting_ballot IN SHARE MODE")
            cursor.execute("SELECT coalesce(max(id), 0) FROM voting_ballot")
            return cursor.fetchone()[0]
    except OperationalError:
        return None


def lock_ledger(edition: Edition, *, wait: bool = True) -> bool:
    """Until the end of the transaction nobody else appends to this ledger. Without `wait`, False when somebody does."""
    if connection.vendor != "postgresql":
        return True
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [LOCK_CLASS, edition.pk])
        return wait or bool(cursor.fetchone()[0])


def seal_ballots(edition: Edition, settled: int | None, at: datetime) -> LedgerCheckpoint | None:
    """Appends every committed ballot without a leaf, then pauses, extensions and withdrawals. The caller holds the lock.

    `settled` was read before the lock was taken, so all ballots up to it are sealed now; None keeps the one there was.
    """
    checkpoint = newest_checkpoint(edition)
    assert checkpoint is not None, "a ledger is opened before it is sealed"
    with connection.cursor() as cursor:
        cursor.execute(_PLACE_BALLOTS, [checkpoint.size, edition.pk, checkpoint.settled])
        placed = cursor.rowcount
    lines = [*schedule_lines(edition, at), *withdrawal_lines(edition, at)]
    if not placed and not lines:
        return None
    write_lines(edition, checkpoint.size + placed, lines)
    return sign_checkpoint(edition, checkpoint, at, settled=settled)


def append_lines(edition: Edition, lines: Sequence[Line], at: datetime) -> LedgerCheckpoint:
    """Appends leaves (kind, bytes) to an opened ledger and signs. The caller holds the lock."""
    checkpoint = newest_checkpoint(edition)
    assert checkpoint is not None, "a ledger is opened before anything is appended"
    write_lines(edition, checkpoint.size, lines)
    return sign_checkpoint(edition, checkpoint, at)


def write_lines(edition: Edition, first: int, lines: Iterable[Line]) -> None:
    LedgerLeaf.objects.bulk_create(
        LedgerLeaf(edition=edition, index=index, kind=kind, body=body.decode(), leaf_hash=leaf_hash(body).hex())
        for index, (kind, body) in enumerate(lines, start=first)
    )


def sign_checkpoint(
    edition: Edition, before: LedgerCheckpoint, at: datetime, *, settled: int | None = None
) -> LedgerCheckpoint:
    """Extends the tree from the last checkpoint over all leaves there are, and signs the new root with every key."""
    hashes = LedgerLeaf.objects.filter(edition=edition, index__gte=before.size).order_by("index")
    frontier = Frontier.from_dict(before.frontier).extend(
        bytes.fromhex(digest) for digest in hashes.values_list("leaf_hash", flat=True).iterator(chunk_size=10_000)
    )
    origin = log_origin(edition)
    root = frontier.root()
    note_keys(edition, origin, at)
    return LedgerCheckpoint.objects.create(
        edition=edition,
        size=frontier.size,
        root=root.hex(),
        note=sign_by_all(origin, format_checkpoint(Checkpoint(origin, frontier.size, root))),
        frontier=frontier.as_dict(),
        settled=before.settled if settled is None else max(settled, before.settled),
        at=at,
    )


def note_keys(edition: Edition, origin: str, at: datetime) -> None:
    """Keeps the public half of every key that signs from now on: after a rotation the old checkpoints stay verifiable."""
    known = set(LedgerKey.objects.filter(edition=edition).values_list("verifier_key", flat=True))
    keys = [key.verifier_key for key in checkpoint_keys(origin)]
    LedgerKey.objects.bulk_create(
        LedgerKey(edition=edition, verifier_key=key, first_used_at=at) for key in keys if key not in known
    )


def schedule_lines(edition: Edition, at: datetime) -> list[Line]:
    """Leaves for pauses, resumptions and extensions that are not in the ledger yet; none once it is closed."""
    if LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.CLOSE).exists():
        return []
    return [_schedule_line(override) for override in unwritten_overrides(edition, at)]


def _schedule_line(override: StageOverride) -> Line:
    if override.kind == StageOverride.Kind.PAUSE:
        return override.kind, leaf.pause_leaf(until=None, at=override.at)
    earlier = StageOverride.objects.filter(pk__lte=override.pk)
    stage = Stage.objects.prefetch_related(Prefetch("overrides", queryset=earlier)).get(pk=override.stage_id)
    until = stage_window(stage).ends_at or override.until or stage.closes_at
    build = leaf.resume_leaf if override.kind == StageOverride.Kind.RESUME else leaf.extend_leaf
    return override.kind, build(until=until, at=override.at)


def withdrawal_lines(edition: Edition, at: datetime) -> list[Line]:
    """Leaves for entries that left the vote since."""
    kinds = [LedgerLeaf.Kind.OPEN, LedgerLeaf.Kind.WITHDRAW]
    # Sorted here: asked to sort, SQLite would walk the whole ledger in order and look at each kind.
    rows = LedgerLeaf.objects.filter(edition=edition, kind__in=kinds).order_by().values_list("index", "body")
    bodies = [json.loads(body) for _, body in sorted(rows)]
    left = {body["e"] for body in bodies[1:]}
    codes = unwritten_withdrawals(edition, bodies[0]["entries"], left)
    return [("withdraw", leaf.withdraw_leaf(entry=code, at=at)) for code in codes]

