"""The `rules` member of the ledger's `open` leaf: the full text people read and the quota machines recount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competitions.pure.vote_rule import GROUP, RuleFault, VoteRule


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """What an outsider needs to recount: the vote rule, each entry's group (scope "group" only), the text."""

    rule: VoteRule
    text: str
    groups: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict:
        """Return the member as the leaf carries it."""
        return {
            "groups": dict(self.groups),
            "quota": self.rule.as_dict(),
            "sentence": self.rule.sentence(),
            "text": self.text,
        }

    @classmethod
    def from_dict(cls, data: dict, entries: Sequence[str]) -> "LedgerRules":
        """Return the rules in an `open` leaf; refuses (RuleFault) a wrong quota or an entry without its group."""
        if set(data) != {"groups", "quota", "sentence", "text"} or not isinstance(data["text"], str):
            raise RuleFault(["规则应有“groups”“quota”“sentence”“text”四项。"])
        if not isinstance(data["groups"], dict) or not isinstance(data["quota"], dict):
            raise RuleFault(["规则的“groups”和“quota”应为对象。"])
        rules = cls(VoteRule.from_dict(data["quota"]), data["text"], data["groups"])
        missing = [entry for entry in entries if not rules.groups.get(entry)]
        if rules.rule.scope == GROUP and missing:
            raise RuleFault([f"项目 {missing[0]} 没有组别，无法按组别计票。"])
        if data["sentence"] != rules.rule.sentence():
            raise RuleFault(["规则的一句话说明与票数设置不符。"])
        return rules
