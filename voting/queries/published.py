"""What of a ledger is published: where its files lie, how far they reach, and how far its entries may.

Checkpoints and hash tiles tell only how many leaves there are and may always be published. The entries themselves tell what
the board tells, so they follow the board's policy; what the committee did to votes is told after the final tally only.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from competitions.models import Edition
from core.ledger.checkpoint import Checkpoint, parse_checkpoint
from core.ledger.note import BadNote, parse_note
from core.ledger.proof import LogProof
from core.ledger.tile import Tile, tile_reader
from core.ledger.tree import NodeReader, consistency_proof, inclusion_proof
from voting.models import LedgerCheckpoint, LedgerLeaf
from voting.queries.board import entries_shown_until
from voting.queries.campaign import is_final
from voting.queries.case_leaf import ACTS
from voting.queries.ledger import newest_checkpoint

URL = "ledger"
"""The folder of all ledgers below the public files."""


def ledger_folder(edition: Edition) -> Path:
    """Where the edition's published ledger lies; the web server hands it out as it is."""
    return Path(settings.PUBLIC_MEDIA_ROOT) / URL / edition.slug


def ledgers_to_publish() -> list[Edition]:
    """Public editions whose published files are not complete: a final ledger whose leaves are all out is left alone."""
    opened = Edition.objects.filter(
        published_at__isnull=False, archived_at__isnull=True, pk__in=LedgerLeaf.objects.filter(index=0).values("edition_id")
    )
    return [edition for edition in opened if not (ledger_folder(edition) / "leaves.jsonl").exists()]


def published_checkpoint(folder: Path) -> tuple[Checkpoint, str] | None:
    """The newest published checkpoint and its note; None when there is none that can be read."""
    try:
        note = (folder / "checkpoint").read_bytes().decode()
        return parse_checkpoint(parse_note(note).text), note
    except (OSError, UnicodeDecodeError, BadNote):
        return None


def is_contradicted(edition: Edition) -> bool:
    """Whether the newest published checkpoint is not one this database signed."""
    found = published_checkpoint(ledger_folder(edition))
    if found is None:
        return False
    size, root = found[0].size, found[0].root.hex()
    newest = newest_checkpoint(edition)
    if newest is not None and (newest.size, newest.root) == (size, root):
        return False
    return not LedgerCheckpoint.objects.filter(edition=edition, size=size, root=root).exists()


def published_entries(folder: Path) -> int:
    """How many entries (leaves in full) are published, from the first on."""
    try:
        return int(json.loads((folder / "published.json").read_bytes())["entries"])
    except (OSError, ValueError, KeyError):
        return 0


def read_nodes(folder: Path, size: int) -> NodeReader:
    """A reader of the published tree's nodes."""

    def read(tile: Tile) -> bytes:
        whole = folder / Tile(tile.level, tile.index).path
        path = whole if whole.exists() else folder / tile.path
        return path.read_bytes()[: tile.width * 32]

    return tile_reader(read, size)


def entries_allowed(edition: Edition, published: int, at: datetime) -> int:
    """How many entries may be public at `at`, given that `published` are: a size that a checkpoint has signed.

    Up to the first vote the board does not show yet, and not past what the committee did to votes; everything once final.
    """
    if is_final(edition):
        moment: datetime | None = at
        stop = Q(pk__isnull=True)
    else:
        moment = entries_shown_until(edition, at)
        stop = Q(kind__in=ACTS) | Q(ballot__cast_at__gte=moment)
    sizes = LedgerCheckpoint.objects.filter(edition=edition)
    if moment is None:
        return published
    leaves = LedgerLeaf.objects.filter(edition=edition, index__gte=published)
    hidden = leaves.filter(stop).order_by("index").values_list("index", flat=True).first()
    if hidden is not None:
        sizes = sizes.filter(size__lte=hidden)
    reach = sizes.order_by("-size").values_list("size", flat=True).first() or 0
    return max(published, reach)


def prove_inclusion(edition: Edition, index: int) -> LogProof | None:
    """That leaf `index` stands in the published tree; None when it is not published yet."""
    folder = ledger_folder(edition)
    newest = published_checkpoint(folder)
    if newest is None or not 0 <= index < newest[0].size:
        return None
    size = newest[0].size
    return LogProof(index, tuple(inclusion_proof(read_nodes(folder, size), index, size)), newest[1])


def prove_consistency(edition: Edition, old: int) -> tuple[Checkpoint, list[bytes]] | None:
    """That the first `old` leaves are a prefix of the published tree; None for a size it does not have."""
    folder = ledger_folder(edition)
    newest = published_checkpoint(folder)
    if newest is None or not 0 < old <= newest[0].size:
        return None
    return newest[0], consistency_proof(read_nodes(folder, newest[0].size), old, newest[0].size)
