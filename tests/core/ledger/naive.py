"""A Merkle tree as RFC 6962 §2.1 defines it, recursively: the yardstick of the property tests."""

from functools import cache
from hashlib import sha256


class NaiveTree:
    def __init__(self, leaf_hashes: list[bytes]):
        self._leaves = leaf_hashes
        self.root = cache(self._root)

    def _root(self, low: int, high: int) -> bytes:
        if high == low:
            return sha256(b"").digest()
        if high - low == 1:
            return self._leaves[low]
        middle = low + self._split(high - low)
        return sha256(b"\x01" + self.root(low, middle) + self.root(middle, high)).digest()

    def path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + self._split(high - low)
        if index < middle:
            return [*self.path(index, low, middle), self.root(middle, high)]
        return [*self.path(index, middle, high), self.root(low, middle)]

    def consistency(self, old: int, low: int, high: int, whole: bool = True) -> list[bytes]:
        if old == high:
            return [] if whole else [self.root(low, high)]
        middle = low + self._split(high - low)
        if old <= middle:
            return [*self.consistency(old, low, middle, whole), self.root(middle, high)]
        return [*self.consistency(old, middle, high, False), self.root(low, middle)]

    @staticmethod
    def _split(count: int) -> int:
        power = 1
        while power * 2 < count:
            power *= 2
        return power
