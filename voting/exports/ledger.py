"""The ledger as files an outsider can check with tools/verify_ledger.py (the layout is in its docstring)."""

from __future__ import annotations

from pathlib import Path

from competitions.models import Edition
from voting.errors import NotFinalYet
from voting.models import LedgerCheckpoint, LedgerLeaf
from voting.queries.campaign import is_final, log_origin
from voting.queries.signing import signing_key


def write_ledger(edition: Edition, folder: Path) -> int:
    """Writes key, checkpoints and all leaves of the edition's ledger into `folder`; returns the number of leaves.

    Only after the final tally: before it, leaves would tell more than the board and a cheat which votes were found out.
    Refuses earlier (NotFinalYet). Files already there are written anew, with the same bytes.
    """
    if not is_final(edition):
        raise NotFinalYet
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    (folder / "log.vkey").write_text(signing_key(log_origin(edition)).verifier_key + "\n", encoding="utf-8")
    newest = ""
    for size, note in LedgerCheckpoint.objects.filter(edition=edition).order_by("size").values_list("size", "note").iterator():
        (folder / "checkpoints" / str(size)).write_text(note, encoding="utf-8")
        newest = note
    (folder / "checkpoint").write_text(newest, encoding="utf-8")
    bodies = LedgerLeaf.objects.filter(edition=edition).order_by("index").values_list("body", flat=True)
    count = 0
    with (folder / "leaves.jsonl").open("wb") as file:
        for body in bodies.iterator(chunk_size=10_000):
            file.write(body.encode() + b"\n")
            count += 1
    return count
