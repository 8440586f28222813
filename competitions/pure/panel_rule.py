"""How the marks of several judges become one panel score."""

from dataclasses import dataclass
from typing import Any

from competitions.pure.rule_reader import RuleFault, RuleReader

PLAIN = "plain"
TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class PanelRule:
    """Plain mean of all marks, or the mean after the highest and lowest are dropped (trust.md §1).

    `drop_high`, `drop_low`: how many marks are dropped at each end; `min_marks`: trimming needs at least so many
    marks; `places`: decimals of the panel score. Refuses trimming that could leave nothing.
    """

    method: str = PLAIN
    drop_high: int = 1
    drop_low: int = 1
    min_marks: int = 5
    places: int = 2

    def __post_init__(self) -> None:
        faults = []
        if self.method not in (PLAIN, TRIMMED):
            faults.append(f"评委分：计算方法“{self.method}”未知，应为 plain（平均分）或 trimmed（去掉最高最低分）。")
        if self.drop_high < 0 or self.drop_low < 0:
            faults.append("评委分：去掉的分数个数不能为负。")
        if self.method == TRIMMED and self.drop_high + self.drop_low < 1:
            faults.append("评委分：去分方法至少要去掉一个分数；不去分请改用 plain。")
        if self.method == TRIMMED and self.min_marks <= self.drop_high + self.drop_low:
            faults.append(
                f"评委分：至少 {self.min_marks} 个评分时去掉 {self.drop_high + self.drop_low} 个，会一个不剩；"
                "请提高最少评分数。"
            )
        if not 0 <= self.places <= 6:
            faults.append(f"评委分：小数位数应为 0 至 6，现为 {self.places}。")
        if faults:
            raise RuleFault(faults)

    def as_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "drop_high": self.drop_high,
            "drop_low": self.drop_low,
            "min_marks": self.min_marks,
            "places": self.places,
        }

    @classmethod
    def from_dict(cls, data: object) -> "PanelRule":
        reader = RuleReader(data, "评委分")
        fields: dict[str, Any] = {
            "method": reader.text("method", PLAIN),
            "drop_high": reader.whole("drop_high", 1),
            "drop_low": reader.whole("drop_low", 1),
            "min_marks": reader.whole("min_marks", 5),
            "places": reader.whole("places", 2),
        }
        return reader.build(lambda: cls(**fields))

    def sentences(self) -> list[str]:
        left_out = "缺席或回避的评委不计入，不按 0 分处理。"
        if self.method == PLAIN:
            return [f"评审得分为全部有效评委评分的平均分，四舍五入保留 {self.places} 位小数；{left_out}"]
        trimmed = (
            f"评审得分为去掉 {self.drop_high} 个最高分和 {self.drop_low} 个最低分后的平均分，"
            f"四舍五入保留 {self.places} 位小数；并列的最高分或最低分也只各去掉规定的个数。{left_out}"
        )
        applies = (
            f"本轮每个项目均有至少 {self.min_marks} 个有效评分时去分；全部项目都不足 {self.min_marks} 个时，"
            "整轮取平均分。个别项目不足时，由评委组长作出并记录决定，同一轮各项目的算法始终一致。"
        )
        return [trimmed, applies]
