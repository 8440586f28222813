"""What a portfolio gained between two snapshots: the competition's own measure of success (domain rules §0.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Growth:
    """Numbers of assets that are new, that were granted since, and that are gone, each in the order of the list."""

    added: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """“新增 9 件，其间授权 2 件”, or “没有变化”."""
        parts = [(self.added, "新增 {} 件"), (self.granted, "其间授权 {} 件"), (self.removed, "移除 {} 件")]
        return "，".join(words.format(len(numbers)) for numbers, words in parts if numbers) or "没有变化"


def growth_between(before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]) -> Growth:
    """Compares two lists of assets (`number`, `status`) by their numbers; rows without a number are not counted."""
    old = {str(row["number"]): row.get("status") for row in before if row.get("number")}
    new = {str(row["number"]): row.get("status") for row in after if row.get("number")}
    return Growth(
        added=tuple(number for number in new if number not in old),
        granted=tuple(number for number, status in new.items() if number in old and status == GRANTED != old[number]),
        removed=tuple(number for number in old if number not in new),
    )
