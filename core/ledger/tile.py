"""Tiles in the format of C2SP tlog-tiles: a tree as static files, each 256 hashes wide.

A tile of level L holds hashes over 256**L leaves each. Full tiles never change; the last tile of a level
may be partial (`.p/<width>`) and is written once for every size that was sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.ledger.tree import HASH_BYTES, NodeReader, root

TILE_WIDTH = 256
MAX_ENTRY_BYTES = 0xFFFF


@dataclass(frozen=True, slots=True)
class Tile:
    """Address of a tile: level, index in the level, and how many hashes it holds (1 to 256)."""

    level: int
    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        if self.level < 0 or self.index < 0 or not 1 <= self.width <= TILE_WIDTH:
            raise ValueError(f"no such tile: {self.level}/{self.index}/{self.width}")

    @property
    def path(self) -> str:
        """The tile's path below the log's directory."""
        return f"tile/{self.level}/{_number(self.index)}{_suffix(self.width)}"


TileReader = Callable[[Tile], bytes]


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of entry bundle `index` with `width` entries."""
    return f"tile/entries/{_number(index)}{_suffix(width)}"


def build_tiles(
    old_size: int, leaf_hashes: Sequence[bytes], read_tile: TileReader
) -> Iterator[tuple[Tile, bytes]]:
    """Yield every tile that sealing `leaf_hashes` after `old_size` leaves adds, with its bytes.

    `read_tile` serves the partial tiles written at `old_size`. The work is linear in the new leaves.
    """
    level, start, row = 0, old_size, list(leaf_hashes)
    while row:
        filled = start % TILE_WIDTH
        if filled:
            row = _hashes(read_tile(Tile(level, start // TILE_WIDTH, filled))) + row
        parents: list[bytes] = []
        for offset in range(0, len(row), TILE_WIDTH):
            chunk = row[offset : offset + TILE_WIDTH]
            yield Tile(level, (start + offset) // TILE_WIDTH, len(chunk)), b"".join(chunk)
            if len(chunk) == TILE_WIDTH:
                parents.append(root(chunk))
        level, start, row = level + 1, start // TILE_WIDTH, parents


def tile_reader(read_tile: TileReader, size: int) -> NodeReader:
    """Return a reader of the complete nodes of the tree of `size` leaves, served from its tiles."""

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, 8)
        first = index << height
        number, offset = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, (size >> 8 * tile_level) - number * TILE_WIDTH)
        hashes = _hashes(read_tile(Tile(tile_level, number, width)))
        return root(hashes[offset : offset + (1 << height)])

    return read


def pack_entries(leaves: Iterable[bytes]) -> bytes:
    """Return an entry bundle: each leaf behind its length in two bytes; refuses a leaf above 65,535 bytes."""
    parts: list[bytes] = []
    for leaf in leaves:
        if len(leaf) > MAX_ENTRY_BYTES:
            raise ValueError(f"a log entry holds at most {MAX_ENTRY_BYTES} bytes, not {len(leaf)}")
        parts += (len(leaf).to_bytes(2, "big"), leaf)
    return b"".join(parts)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """Return the leaves of an entry bundle; refuses (ValueError) one that is cut off."""
    leaves, position = [], 0
    while position < len(bundle):
        end = position + 2 + int.from_bytes(bundle[position : position + 2], "big")
        if position + 2 > len(bundle) or end > len(bundle):
            raise ValueError("the entry bundle is cut off")
        leaves.append(bundle[position + 2 : end])
        position = end
    return leaves


def _hashes(data: bytes) -> list[bytes]:
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def _number(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def _suffix(width: int) -> str:
    return "" if width == TILE_WIDTH else f".p/{width}"
