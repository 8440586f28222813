"""Places 1, 2, 2, 4 by a chain of keys; it is always said which key decided, and nothing is decided silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.fault import Fault
from core.rounding import exact

COMPETITION = "competition"
DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Placing:
    """An entry's place. `shared`: others have it too. `decided_by`: position in the chain (0: the first key) of the key
    that told it from everybody else; None when it shares its place. `passed_over`: positions that could not be used
    because one of the entries still tied has no value there."""

    entry: str
    place: int
    shared: bool
    decided_by: int | None
    passed_over: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The place as printed: `2=` when shared."""
        return f"{self.place}=" if self.shared else str(self.place)


def rank(keys: Mapping[str, Sequence[Decimal | int | None]], method: str = COMPETITION) -> list[Placing]:
    """Place entries by their keys, higher first, a later key only where all earlier ones are equal (trust.md §1).

    `keys` maps entry code to its values along the tie chain. `method`: `competition` places 1, 2, 2, 4, `dense` 1, 2,
    2, 3. Entries sharing a place are listed by code. A key that one of the tied entries lacks (None) decides nothing
    among them. Refuses a missing first key and chains of different lengths.
    """
    if method not in (COMPETITION, DENSE):
        raise Fault("unknown_method", f"名次方法“{method}”未知，应为 competition 或 dense。")
    if len({len(values) for values in keys.values()}) > 1:
        raise Fault("bad_keys", "各项目的比较依据个数不同。")
    without = sorted(entry for entry, values in keys.items() if not values or values[0] is None)
    if without:
        raise Fault("key_missing", f"这些项目没有总分，不能排名：{'、'.join(without)}。")
    placings: list[Placing] = []
    if not keys:
        return placings
    for number, (members, step, passed) in enumerate(_classes(sorted(keys), keys, 0, ()), start=1):
        place = number if method == DENSE else len(placings) + 1
        alone = len(members) == 1
        placings += [Placing(entry, place, not alone, step if alone else None, passed) for entry in members]
    return placings


def _classes(members, keys, step, passed):
    """Classes of entries that cannot be told apart, best first: (entries, deciding step, steps passed over)."""
    if len(members) == 1:
        return [(members, max(step - 1, 0), passed)]
    if step == len(keys[members[0]]):
        return [(members, None, passed)]
    if any(keys[entry][step] is None for entry in members):
        return _classes(members, keys, step + 1, (*passed, step))
    values = sorted({exact(keys[entry][step]) for entry in members}, reverse=True)
    return [
        found
        for value in values
        for found in _classes([one for one in members if exact(keys[one][step]) == value], keys, step + 1, passed)
    ]
