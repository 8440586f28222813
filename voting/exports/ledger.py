"""The ledger as static files an outsider can check with tools/verify_ledger.py (the layout is in its docstring).

Files are never changed once written, but for `checkpoint`, `published.json` and `log.vkey`, which are replaced whole. The
database is the source: a lost folder is written again with the same bytes.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from competitions.models import Edition
from core.ledger.tile import TILE_WIDTH, build_tiles, entries_path, pack_entries
from voting.errors import LedgerContradicts
from voting.models import LedgerCheckpoint, LedgerKey, LedgerLeaf
from voting.queries.campaign import is_final
from voting.queries.ledger import newest_checkpoint
from voting.queries.published import entries_allowed, published_checkpoint, published_entries


def write_ledger(edition: Edition, folder: Path, at: datetime) -> int:
    """Brings `folder` up to the newest checkpoint and as far in entries as the board allows; returns the leaves published.

    Refuses to go on (LedgerContradicts) from a published checkpoint that this database did not sign: after an older backup
    was restored, or somebody rewrote history. Does nothing before the ledger is opened or while another process writes.
    """
    newest = newest_checkpoint(edition)
    if newest is None:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder) as is_alone:
        if is_alone:
            _write(edition, folder, newest, at)
    return newest.size


def _write(edition: Edition, folder: Path, newest: LedgerCheckpoint, at: datetime) -> None:
    old = _continue_from(edition, folder)
    if old < newest.size:
        _write_tiles(edition, folder, old, newest.size)
        signed = LedgerCheckpoint.objects.filter(edition=edition, size__gt=old, size__lte=newest.size)
        for size, note in signed.order_by("size").values_list("size", "note").iterator():
            _put(folder / "checkpoints" / str(size), note.encode())
    entries = _write_entries(edition, folder, at)
    keys = LedgerKey.objects.filter(edition=edition).values_list("verifier_key", flat=True)
    _put(folder / "log.vkey", "".join(f"{key}\n" for key in keys).encode())
    _put(folder / "checkpoint", newest.note.encode())
    done = {"at": at.isoformat(timespec="seconds"), "entries": entries, "leaves": newest.size}
    _put(folder / "published.json", json.dumps(done).encode() + b"\n")
    if is_final(edition) and not (folder / "leaves.jsonl").exists():
        _write_lines(edition, folder)


def _continue_from(edition: Edition, folder: Path) -> int:
    found = published_checkpoint(folder)
    if found is None:
        return 0
    checkpoint = found[0]
    if not LedgerCheckpoint.objects.filter(edition=edition, size=checkpoint.size, root=checkpoint.root.hex()).exists():
        raise LedgerContradicts(size=checkpoint.size)
    return checkpoint.size


def _write_tiles(edition: Edition, folder: Path, old: int, new: int) -> None:
    leaves = LedgerLeaf.objects.filter(edition=edition, index__gte=old, index__lt=new).order_by("index")
    hashes = [bytes.fromhex(text) for text in leaves.values_list("leaf_hash", flat=True).iterator(chunk_size=10_000)]
    for tile, data in build_tiles(old, hashes, lambda tile: (folder / tile.path).read_bytes()):
        _put(folder / tile.path, data)
        if tile.width == TILE_WIDTH:
            _forget_parts(folder / tile.path)


def _write_entries(edition: Edition, folder: Path, at: datetime) -> int:
    """Writes the entry bundles that may be public now; returns how many entries are."""
    old = published_entries(folder)
    new = entries_allowed(edition, old, at)
    first = old - old % TILE_WIDTH
    bodies = LedgerLeaf.objects.filter(edition=edition, index__gte=first, index__lt=new).order_by("index")
    bundle: list[bytes] = []
    number = first // TILE_WIDTH
    for body in bodies.values_list("body", flat=True).iterator(chunk_size=10_000) if new > old else ():
        bundle.append(body.encode())
        if len(bundle) == TILE_WIDTH:
            _put(folder / entries_path(number), pack_entries(bundle))
            _forget_parts(folder / entries_path(number))
            bundle, number = [], number + 1
    if bundle:
        _put(folder / entries_path(number, len(bundle)), pack_entries(bundle))
    return new


def _write_lines(edition: Edition, folder: Path) -> None:
    """All leaves in one file for people, and the verifier beside them."""
    bodies = LedgerLeaf.objects.filter(edition=edition).order_by("index").values_list("body", flat=True)
    draft = folder / ".leaves.jsonl"
    with draft.open("wb") as file:
        file.writelines(body.encode() + b"\n" for body in bodies.iterator(chunk_size=10_000))
    shutil.copyfile(settings.BASE_DIR / "tools" / "verify_ledger.py", folder / "verify_ledger.py")
    draft.replace(folder / "leaves.jsonl")


def _forget_parts(whole: Path) -> None:
    """A full tile replaces its partial ones (tlog-tiles allows it), so that the folder does not grow with the sealings."""
    shutil.rmtree(whole.with_name(whole.name + ".p"), ignore_errors=True)


def _put(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process writes into the folder; holds it until the end."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
