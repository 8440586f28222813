"""One award of a round: how many a group gets and what happens when they cannot be given plainly."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competitions.pure.rule_reader import RuleFault, RuleReader

BY_TOTAL = "total"
BY_VOTES = "votes"
BY_CHOICE = "choice"
COMMITTEE = "committee"
SHARE = "share"
EVERY_GROUP = "*"
BASES = {BY_TOTAL: "按总分名次", BY_VOTES: "按公众投票有效票数", BY_CHOICE: "由评委会评选"}


@dataclass(frozen=True, slots=True)
class AwardRule:
    """Code, name and number per group of one award (domain.md §2.8, trust.md §1).

    `quotas`: pairs (group code or "*", number). `stackable`: may be won beside another award (popularity award).
    `may_stay_vacant`: places without a worthy entry stay empty; otherwise the committee is asked.
    `basis`: total, votes, or choice (a special award the committee chooses). `tie`: a remaining tie goes to the
    committee, or the award is shared. `min_total`: an entry with a lower total cannot win it. `backfill`: when its
    holder gives up or is disqualified after the round the next in line gets it; otherwise the place stays empty.
    """

    code: str
    name: str
    quotas: tuple[tuple[str, int], ...]
    stackable: bool = False
    may_stay_vacant: bool = True
    basis: str = BY_TOTAL
    tie: str = COMMITTEE
    min_total: Decimal | None = None
    backfill: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "quotas", tuple(sorted(self.quotas)))
        where = f"奖项“{self.name or self.code or '未命名'}”："
        faults = []
        if not self.code or not self.name:
            faults.append(f"{where}代码和名称都要填写。")
        if not self.quotas or any(type(count) is not int or count < 0 for _, count in self.quotas):
            faults.append(f"{where}每组名额应为不小于 0 的整数，且至少写明一组（“*”表示各组）。")
        if len({group for group, _ in self.quotas}) < len(self.quotas):
            faults.append(f"{where}同一组的名额写了两次。")
        if self.basis not in (BY_TOTAL, BY_VOTES, BY_CHOICE):
            faults.append(f"{where}评奖依据“{self.basis}”未知，应为 total（总分）、votes（票数）或 choice（评委会评选）。")
        if self.tie not in (COMMITTEE, SHARE):
            faults.append(f"{where}并列处理“{self.tie}”未知，应为 committee（评委会决定）或 share（并列获奖）。")
        if faults:
            raise RuleFault(faults)

    def quota(self, group: str) -> int:
        table = dict(self.quotas)
        return table.get(group, table.get(EVERY_GROUP, 0))

    def as_dict(self) -> dict[str, object]:
        written: dict[str, object] = {
            "code": self.code,
            "name": self.name,
            "quotas": dict(self.quotas),
            "stackable": self.stackable,
            "may_stay_vacant": self.may_stay_vacant,
            "basis": self.basis,
            "tie": self.tie,
            "min_total": self.min_total,
        }
        return {**written, "backfill": True} if self.backfill else written

    @classmethod
    def from_dict(cls, data: object) -> "AwardRule":
        reader = RuleReader(data, "奖项")
        fields: dict[str, Any] = {
            "code": reader.text("code"),
            "name": reader.text("name"),
            "quotas": tuple(reader.table("quotas").items()),
            "stackable": reader.flag("stackable", False),
            "may_stay_vacant": reader.flag("may_stay_vacant", True),
            "basis": reader.text("basis", BY_TOTAL),
            "tie": reader.text("tie", COMMITTEE),
            "min_total": reader.decimal("min_total", None),
            "backfill": reader.flag("backfill", False),
        }
        return reader.build(lambda: cls(**fields))

    def sentence(self, group_names: dict[str, str]) -> str:
        numbers = "、".join(f"{group_names.get(group, group)} {count} 个" for group, count in self.quotas)
        basis = BASES[self.basis]
        floor = f"，总分不低于 {self.min_total}" if self.min_total is not None else ""
        stack = "可与其他奖项兼得" if self.stackable else "不与其他奖项兼得"
        vacant = "可以空缺" if self.may_stay_vacant else "不得空缺，人数不足时提交评委会"
        tie = "仍并列时提交评委会决定并记录" if self.tie == COMMITTEE else "仍并列时共同获奖"
        left = "由后一名递补" if self.backfill else "名额空缺"
        if self.basis == BY_CHOICE:
            return f"{self.name}：{numbers}，{basis}并记录理由{floor}；{stack}；{vacant}。"
        return f"{self.name}：{numbers}，{basis}评定{floor}；{stack}；{vacant}；{tie}；获奖项目退赛或被取消资格时{left}。"
