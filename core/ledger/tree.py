"""The Merkle tree of RFC 6962 (SHA-256): roots, the growing right edge, proofs and their checks.

Proofs are built from *complete nodes*: `read(level, index)` returns the hash over the leaves
`[index * 2**level, (index + 1) * 2**level)`. `node_reader` serves it from a list of leaf hashes,
`core.ledger.tile.tile_reader` from published tiles.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

NodeReader = Callable[[int, int], bytes]

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return SHA-256(0x00 ‖ leaf) (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: all that is needed to append leaves and to know the root.

    `hashes` are the complete subtrees from the largest to the smallest, one for each bit set in `size`.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves does not have {len(self.hashes)} subtrees")
        if any(len(digest) != HASH_BYTES for digest in self.hashes):
            raise ValueError("a subtree hash is 32 bytes")

    def extend(self, leaf_hashes: Iterable[bytes]) -> "Frontier":
        """Return the frontier after appending `leaf_hashes`; the work is linear in the new leaves."""
        size, stack, sha256 = self.size, list(self.hashes), hashlib.sha256
        for digest in leaf_hashes:
            carry = size
            while carry & 1:
                digest = sha256(b"\x01" + stack.pop() + digest).digest()
                carry >>= 1
            stack.append(digest)
            size += 1
        return Frontier(size, tuple(stack))

    def root(self) -> bytes:
        """Return the root hash; that of the empty tree is SHA-256 of nothing."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT

    def as_dict(self) -> dict:
        """Return the frontier as JSON can hold it."""
        return {"hashes": [digest.hex() for digest in self.hashes], "size": self.size}

    @classmethod
    def from_dict(cls, data: dict) -> "Frontier":
        """Return the frontier written by `as_dict`; refuses (ValueError) a size the hashes do not fit."""
        return cls(data["size"], tuple(bytes.fromhex(digest) for digest in data["hashes"]))


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root over `leaf_hashes` in order."""
    return Frontier().extend(leaf_hashes).root()


def node_reader(leaf_hashes: Sequence[bytes]) -> NodeReader:
    """Return a reader of the complete nodes over `leaf_hashes`."""
    levels = [list(leaf_hashes)]
    while len(levels[-1]) > 1:
        row = levels[-1]
        levels.append([node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)])
    return lambda level, index: levels[level][index]


def root_of(read: NodeReader, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash(read, 0, size) if size else EMPTY_ROOT


def inclusion_proof(read: NodeReader, index: int, size: int) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` leaves (RFC 6962 §2.1.1), sibling first.

    Refuses (ValueError) an index outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    return [_range_hash(read, *span) for span in reversed(path)]


def consistency_proof(read: NodeReader, old_size: int, new_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are a prefix of `new_size` (RFC 6962 §2.1.2).

    Refuses (ValueError) an old size of 0 or one above the new.
    """
    if not 0 < old_size <= new_size:
        raise ValueError(f"no consistency proof from {old_size} to {new_size}")
    spans, low, high = [], 0, new_size
    while high != old_size:
        middle = low + _split(high - low)
        if old_size <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    if low > 0:
        spans.append((low, high))
    return [_range_hash(read, *span) for span in reversed(spans)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Return whether `proof` ties the leaf hash at `index` to the root of `size` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(proof):
        return False
    node, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == expected_root


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether `proof` shows the old tree to be a prefix of the new one (RFC 9162 §2.1.4.2)."""
    if not 0 < old_size <= new_size or not _are_hashes(proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    return _climb(path, node, last) == (old_root, new_root)


def _climb(path: list[bytes], node: int, last: int) -> tuple[bytes, bytes] | None:
    old = new = path[0]
    for digest in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(digest, old), node_hash(digest, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, digest)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _are_hashes(proof: Sequence[bytes]) -> bool:
    return all(len(digest) == HASH_BYTES for digest in proof)


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _range_hash(read: NodeReader, low: int, high: int) -> bytes:
    """Return the hash of a range that starts where a subtree starts, folding its complete nodes."""
    nodes = []
    while low < high:
        level = (high - low).bit_length() - 1
        nodes.append(read(level, low >> level))
        low += 1 << level
    return _fold(nodes)


def _fold(hashes: Sequence[bytes]) -> bytes:
    digest = hashes[-1]
    for left in reversed(hashes[:-1]):
        digest = node_hash(left, digest)
    return digest
