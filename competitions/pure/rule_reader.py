"""Reads a rule from stored JSON and collects every fault, so that an organiser mends all of them at once."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from core.fault import Fault
from core.rounding import exact_decimal

Made = TypeVar("Made")


class RuleFault(Fault):
    """A rule that cannot be used. `faults` holds one Chinese sentence for each thing wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("rule_invalid", "".join(faults), faults=tuple(faults))
        self.faults = tuple(faults)


class RuleReader:
    """Takes the fields of one rule from `data`; what is missing or of the wrong kind is noted in `faults`.

    `where` is the Chinese name of the rule, put before each fault. Call `finish` last: it names unknown fields.
    """

    def __init__(self, data: object, where: str) -> None:
        self.where = where
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.data: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.note("应为一组键值。")

    def note(self, sentence: str) -> None:
        self.faults.append(f"{self.where}：{sentence}")

    def field(self, name: str) -> object:
        self.seen.add(name)
        return self.data.get(name)

    def whole(self, name: str, default: int | None) -> int | None:
        value = self.field(name)
        if value is None:
            return default
        if type(value) is int:
            return value
        self.note(f"“{name}”应为整数，现为 {value!r}。")
        return default

    def decimal(self, name: str, default: Decimal | None) -> Decimal | None:
        value = self.field(name)
        if value is None:
            return default
        number = decimal_of(value)
        if number is None:
            self.note(f"“{name}”应为写成文本的小数（如 \"0.95\"），现为 {value!r}。")
            return default
        return number

    def text(self, name: str, default: str = "") -> str:
        value = self.field(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        self.note(f"“{name}”应为文本，现为 {value!r}。")
        return default

    def flag(self, name: str, default: bool) -> bool:
        value = self.field(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.note(f"“{name}”应为 true 或 false，现为 {value!r}。")
        return default

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.field(name)
        if isinstance(value, list | tuple) and all(isinstance(member, str) for member in value):
            return tuple(value)
        self.note(f"“{name}”应为文本的列表，现为 {value!r}。")
        return ()

    def table(self, name: str) -> dict[str, object]:
        value = self.field(name)
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return dict(value)
        self.note(f"“{name}”应为一组键值，现为 {value!r}。")
        return {}

    def finish(self) -> None:
        for name in sorted(str(key) for key in self.data if key not in self.seen):
            self.note(f"没有名为“{name}”的设置，请删除。")

    def build(self, make: Callable[[], Made]) -> Made:
        """Make the rule from what was read; every fault of reading and of the rule itself is raised together."""
        self.finish()
        try:
            made = make()
        except RuleFault as fault:
            raise RuleFault(self.faults + [one for one in fault.faults if one not in self.faults]) from None
        if self.faults:
            raise RuleFault(self.faults)
        return made


def decimal_of(value: object) -> Decimal | None:
    """A finite Decimal of a Decimal, whole number or text, without superfluous zeros; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30 or len(number.as_tuple().digits) > 30:
        return None
    return exact_decimal(number)
