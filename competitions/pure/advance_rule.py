"""How many entries of a group go on to the next round."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competitions.pure.rule_reader import RuleFault, RuleReader
from core.rounding import exact

TOP_N = "top_n"
PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class AdvanceRule:
    """Either the first `top_n` places, or `percent` of the ranked entries (rounded down), within `minimum`…`maximum`.

    `byes`: how many entries of the group may go on without being ranked, on top of the number above.
    `backfill`: whether the next in line takes the place of a finalist who gives up or is disqualified after the round. Source: domain.md §2.5.
    """

    method: str = TOP_N
    top_n: int = 0
    percent: Decimal = Decimal(0)
    minimum: int = 0
    maximum: int | None = None
    byes: int = 0
    backfill: bool = False

    def __post_init__(self) -> None:
        faults = []
        if self.method not in (TOP_N, PERCENT):
            faults.append(f"晋级：方法“{self.method}”未知，应为 top_n（名次）或 percent（比例）。")
        if self.method == TOP_N and self.top_n < 1:
            faults.append("晋级：晋级名额至少为 1。")
        if self.method == PERCENT and not 0 < self.percent <= 100:
            faults.append(f"晋级：晋级比例应大于 0、不超过 100(%)，现为 {self.percent}。")
        if self.minimum < 0 or self.byes < 0:
            faults.append("晋级：最少名额和直接晋级名额不能为负。")
        if self.maximum is not None and self.maximum < max(self.minimum, 1):
            faults.append("晋级：最多名额不能少于最少名额，且至少为 1。")
        if faults:
            raise RuleFault(faults)

    def quota(self, field: int) -> int:
        """Places in the next round for a group of `field` ranked entries, before ties at the cut."""
        if self.method == TOP_N:
            wanted = self.top_n
        else:
            wanted = int(field * exact(self.percent) / 100)
        wanted = max(wanted, self.minimum)
        if self.maximum is not None:
            wanted = min(wanted, self.maximum)
        return min(wanted, field)

    def as_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "top_n": self.top_n,
            "percent": self.percent,
            "min": self.minimum,
            "max": self.maximum,
            "byes": self.byes,
            "backfill": self.backfill,
        }

    @classmethod
    def from_dict(cls, data: object) -> "AdvanceRule":
        reader = RuleReader(data, "晋级")
        fields: dict[str, Any] = {
            "method": reader.text("method", TOP_N),
            "top_n": reader.whole("top_n", 0),
            "percent": reader.decimal("percent", Decimal(0)),
            "minimum": reader.whole("min", 0),
            "maximum": reader.whole("max", None),
            "byes": reader.whole("byes", 0),
            "backfill": reader.flag("backfill", False),
        }
        return reader.build(lambda: cls(**fields))

    def sentence(self, group: str) -> str:
        if self.method == TOP_N:
            size = f"前 {self.top_n} 名晋级"
        else:
            size = f"参评项目的 {self.percent}%（舍去小数）晋级"
        bounds = f"，最少 {self.minimum} 个" if self.minimum else ""
        bounds += f"，最多 {self.maximum} 个" if self.maximum is not None else ""
        byes = f"；另有至多 {self.byes} 个项目直接晋级，不占名额" if self.byes else ""
        fill = "按名次递补" if self.backfill else "不递补，名额空缺"
        return f"{group}{size}{bounds}{byes}；晋级线上仍并列的全部晋级；评审后有项目弃赛或被取消资格时{fill}。"
