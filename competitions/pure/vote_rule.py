"""The rule of a public vote: how many votes a person has, for which span of time, and how they may be placed.

Presets are those of real contests; whatever an edition sets, the two unique constraints of the ballot
table decide (the voting app computes their keys from the rule).
"""

from dataclasses import asdict, dataclass, fields
from typing import TypeGuard

from competitions.pure.rule_reader import RuleFault

DAY, EDITION = "day", "edition"
GROUP = "group"
MAX_LIMIT = 100

_TERMS = {DAY: "每天", EDITION: "本届"}


@dataclass(frozen=True, slots=True)
class VoteRule:
    """A vote rule; refuses (RuleFault) members that contradict each other.

    limit: votes a person has in one period and scope; per_entry_limit: how many of them may go to one entry
    in one period; period: "day" (Asia/Shanghai) or "edition"; scope: "edition" or "group" (the limit holds
    in each group); choose_min and choose_max: set together when one ballot names several entries at once.
    """

    limit: int = 5
    per_entry_limit: int = 1
    period: str = DAY
    scope: str = EDITION
    choose_min: int | None = None
    choose_max: int | None = None

    def __post_init__(self) -> None:
        if faults := _faults(self):
            raise RuleFault(faults)

    @classmethod
    def per_day(cls, limit: int = 5, scope: str = EDITION) -> "VoteRule":
        """Return the rule "`limit` votes a day, at most one for an entry"."""
        return cls(limit=limit, scope=scope)

    @classmethod
    def per_day_free(cls, limit: int = 5, scope: str = EDITION) -> "VoteRule":
        """Return the rule "`limit` votes a day, all of them for one entry if one likes"."""
        return cls(limit=limit, per_entry_limit=limit, scope=scope)

    @classmethod
    def choose(cls, least: int, most: int, scope: str = EDITION) -> "VoteRule":
        """Return the rule "one ballot a day that names `least` to `most` entries, or none is counted"."""
        return cls(limit=most, scope=scope, choose_min=least, choose_max=most)

    @classmethod
    def per_edition(cls, limit: int, scope: str = EDITION) -> "VoteRule":
        """Return the rule "`limit` votes in the whole vote, at most one for an entry"."""
        return cls(limit=limit, period=EDITION, scope=scope)

    @property
    def preset(self) -> str:
        """The preset this rule is an instance of: choose, per_edition, per_day_free or per_day."""
        if self.is_choice:
            return "choose"
        if self.period == EDITION:
            return "per_edition"
        return "per_day_free" if self.per_entry_limit > 1 else "per_day"

    @classmethod
    def from_preset(
        cls, preset: str, limit: int, scope: str = EDITION, least: int | None = None, most: int | None = None
    ) -> "VoteRule":
        """Return the rule of a preset: `limit` votes, or for "choose" a ballot of `least` to `most` entries (then `limit` says
        nothing). Refuses (RuleFault) an unknown preset and numbers that cannot be."""
        if preset == "choose":
            return cls(limit=most or 0, scope=scope, choose_min=least, choose_max=most)
        makers = {"per_day": cls.per_day, "per_day_free": cls.per_day_free}
        if preset in makers:
            return makers[preset](limit, scope)
        if preset == "per_edition":
            return cls.per_edition(limit, scope)
        raise RuleFault([f"不认识投票方式“{preset}”。"])

    @property
    def is_plain(self) -> bool:
        """Whether the preset and its numbers say all of the rule."""
        return self == VoteRule.from_preset(self.preset, self.limit, self.scope, self.choose_min, self.choose_max)

    @property
    def is_choice(self) -> bool:
        """Whether one ballot names several entries, all or nothing."""
        return self.choose_max is not None

    def as_dict(self) -> dict:
        """Return the rule as the `open` leaf of the ledger carries it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict) -> "VoteRule":
        """Return the rule written by `as_dict`; refuses (RuleFault) unknown, missing or wrong members."""
        names = {item.name for item in fields(cls)}
        faults = [f"缺少“{name}”。" for name in sorted(names - set(data))]
        faults += [f"不认识“{name}”。" for name in sorted(set(data) - names)]
        if faults:
            raise RuleFault(faults)
        return cls(**data)

    def sentence(self) -> str:
        """Return the rule as the rules page says it, in Chinese."""
        term = "每人每天" if self.period == DAY else "每人在本届投票期间"
        where = "在每个组别" if self.scope == GROUP else ""
        if self.is_choice:
            return f"{term}{where}可投 1 次，每次须选{_span(self)}项目，整张选票一并计票。"
        if self.limit == 1:
            return f"{term}{where}可投 1 票。"
        if self.per_entry_limit == 1:
            return f"{term}{where}可投 {self.limit} 个项目，同一项目{self.entry_term}限投 1 票。"
        if self.per_entry_limit == self.limit:
            return f"{term}{where}可投 {self.limit} 票，可全部投给同一项目。"
        return f"{term}{where}可投 {self.limit} 票，同一项目{self.entry_term}限投 {self.per_entry_limit} 票。"

    @property
    def entry_term(self) -> str:
        """The span of time in which an entry's limit holds, as a sentence says it: 每天 or 本届."""
        return _TERMS[self.period]


def _span(rule: VoteRule) -> str:
    if rule.choose_min == rule.choose_max:
        return f"满 {rule.choose_max} 个"
    return f" {rule.choose_min} 至 {rule.choose_max} 个"


def _faults(rule: VoteRule) -> list[str]:
    faults = []
    if rule.period not in (DAY, EDITION):
        faults.append("计票周期只能是“每天”或“本届”。")
    if rule.scope not in (EDITION, GROUP):
        faults.append("票数范围只能是“全部项目”或“每个组别”。")
    if not _is_count(rule.limit):
        return [*faults, f"每人票数须为 1 至 {MAX_LIMIT} 的整数。"]
    if not _is_count(rule.per_entry_limit) or rule.per_entry_limit > rule.limit:
        faults.append(f"同一项目的票数须为 1 至 {rule.limit} 的整数。")
    return faults + _choice_faults(rule)


def _choice_faults(rule: VoteRule) -> list[str]:
    if rule.choose_min is None and rule.choose_max is None:
        return []
    if not _is_count(rule.choose_min) or not _is_count(rule.choose_max):
        return [f"多选的下限和上限须同时填写，且为 1 至 {MAX_LIMIT} 的整数。"]
    faults = []
    if rule.choose_min > rule.choose_max:
        faults.append("多选的下限不能大于上限。")
    if rule.limit != rule.choose_max:
        faults.append("多选时每人票数须等于多选的上限。")
    if rule.per_entry_limit != 1:
        faults.append("多选时同一项目限投 1 票。")
    return faults


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_LIMIT
