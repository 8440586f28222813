"""A small published ledger, written with the platform's pure code, for the independent verifier to read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from competitions.pure.vote_rule import VoteRule
from core.ledger.checkpoint import Checkpoint, format_checkpoint
from core.ledger.keys import SigningKey
from core.ledger.tile import build_tiles, entries_path, pack_entries
from core.ledger.tree import Frontier, leaf_hash
from voting.pure import leaf
from voting.pure.ledger_rules import LedgerRules
from voting.pure.receipt import Receipt, sign_receipt

ORIGIN = "vote.example/2026"
KEY = SigningKey(ORIGIN, bytes(range(32)))
OPENS = datetime(2026, 12, 1, tzinfo=UTC)
ENTRIES = ("E01", "E02", "E03")
CASE = "c" * 64


def minute(number: int) -> datetime:
    return OPENS + timedelta(minutes=number)


def opening(rule: VoteRule | None = None, groups: dict | None = None) -> bytes:
    return leaf.open_leaf(
        entries=ENTRIES, rules=LedgerRules(rule or VoteRule(), "规则全文", groups or {}), at=OPENS
    )


def vote(voter: int, entry: str, at: datetime | int = 1) -> bytes:
    moment = minute(at) if isinstance(at, int) else at
    return leaf.vote_leaf(by=f"{voter:032x}", entry=entry, evidence=leaf_hash(b"%d" % voter).hex(), at=moment)


def small_contest() -> list[bytes]:
    """A whole contest: nine votes, one held and released, two voided, one entry withdrawn, approved result."""
    return [
        opening(),
        *[vote(voter, entry, voter) for voter in (1, 2, 3) for entry in ENTRIES],
        leaf.withdraw_leaf(entry="E03", at=minute(10)),
        leaf.pause_leaf(until=None, at=minute(11)),
        leaf.resume_leaf(until=minute(62), at=minute(13)),
        vote(4, "E01", 14),
        leaf.close_leaf(at=minute(62)),
        leaf.hold_leaf(case=CASE, code="R3", of=[1, 2, 4], at=minute(70)),
        leaf.void_leaf(case=CASE, code="R3", of=[1, 2], at=minute(80)),
        leaf.restore_leaf(case=CASE, code="R3", of=[4], at=minute(80)),
        leaf.final_leaf(tally={"E01": 3, "E02": 2}, approved=2, at=minute(90)),
    ]


def receipt(data: bytes) -> str:
    return sign_receipt(Receipt(ORIGIN, data), KEY.name, KEY.key_id, KEY.sign)


def checkpoint(leaves: list[bytes], key: SigningKey = KEY) -> str:
    root = Frontier().extend(map(leaf_hash, leaves)).root()
    return key.sign_note(format_checkpoint(Checkpoint(ORIGIN, len(leaves), root)))


def publish(folder: Path, leaves: list[bytes], sizes: tuple[int, ...] = (), *, form: str = "jsonl") -> Path:
    """Write the ledger sealed at `sizes` and at its end; form: jsonl, entries, tiles (no leaf published)."""
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "log.vkey").write_text(KEY.verifier_key + "\n")
    sizes = sorted({*(size for size in sizes if size < len(leaves)), len(leaves)})
    for size in sizes:
        (folder / "checkpoints" / str(size)).write_text(checkpoint(leaves[:size]))
    if form == "jsonl":
        write_leaves(folder, leaves)
        return folder
    written = {}
    for done, size in zip([0, *sizes], sizes, strict=False):
        hashes = list(map(leaf_hash, leaves[done:size]))
        written.update(
            (tile.path, data) for tile, data in build_tiles(done, hashes, lambda tile: written[tile.path])
        )
    for first in range(0, len(leaves) if form == "entries" else 0, 256):
        bundle = leaves[first : first + 256]
        written[entries_path(first // 256, len(bundle))] = pack_entries(bundle)
    for path, data in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def write_leaves(folder: Path, leaves: list[bytes]) -> None:
    (folder / "leaves.jsonl").write_bytes(b"".join(data + b"\n" for data in leaves))


def large_contest(votes: int) -> list[bytes]:
    """A contest of any size: every voter votes for all three entries within a day, then it is closed and approved."""
    leaves = [opening()]
    leaves += [vote(number // 3, ENTRIES[number % 3], 1 + number * 1_000 // votes) for number in range(votes)]
    leaves.append(leaf.close_leaf(at=minute(2_000)))
    tally = {entry: len(range(place, votes, 3)) for place, entry in enumerate(ENTRIES)}
    return [*leaves, leaf.final_leaf(tally=tally, approved=2, at=minute(2_100))]
