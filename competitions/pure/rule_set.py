"""The rules of ONE round (preliminary, semi-final or final): what decides who wins, as data that can be hashed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from competitions.pure.advance_rule import AdvanceRule
from competitions.pure.award_rule import BY_VOTES, EVERY_GROUP, AwardRule
from competitions.pure.panel_rule import PanelRule
from competitions.pure.rule_reader import RuleFault, RuleReader, decimal_of
from core.canonical import canonical_json, sha256_hex
from core.rounding import exact_sum

VERSION = 1
PANEL = "panel"
PUBLIC_VOTE = "public_vote"
UNTRIMMED_SUM = "untrimmed_sum"
ROUNDS = {"preliminary": "初赛", "semifinal": "复赛", "final": "决赛"}
VOTE_METHODS = {
    "none": "公众投票不计入总分。",
    "max": "公众投票得分 = 100 × 票数 ÷ 同组最高票数，四舍五入保留 2 位小数。",
    "rank": "公众投票得分 = 100 × (同组项目数 − 票数名次 + 1) ÷ 同组项目数，四舍五入保留 2 位小数。",
    "log": "公众投票得分 = 100 × ln(1 + 票数) ÷ ln(1 + 同组最高票数)，四舍五入保留 2 位小数。",
    "steps": "公众投票得分：票数第 1 名 10 分，每后一名减 0.5 分，最低 0 分。",
}
TIE_STEPS = {
    "total": "总分",
    "panel": "评审得分",
    UNTRIMMED_SUM: "不去分的评分之和",
    "untrimmed_mean": "不去分的平均分",
    "prior_total": "上一轮总分",
}
PART_NAMES = {PANEL: "评审得分", PUBLIC_VOTE: "公众投票得分"}
GROUP_NAMES = {EVERY_GROUP: "各组", "startup": "初创组", "growth": "成长组"}
VOTE_WARNING_ABOVE = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything that decides a round's result, frozen; the same rules always give the same `sha256`.

    `weights`: pairs (part, weight), parts `panel` and `public_vote`, sum 1. `tie_chain`: keys of TIE_STEPS, first
    `total`; what is equal after the last shares the place. `advance`: pairs (group code or "*", AdvanceRule), empty
    when nobody goes on. Refuses, with every fault as a Chinese sentence, what cannot be computed. Source: trust.md §1.
    """

    round: str
    panel: PanelRule = field(default_factory=PanelRule)
    public_vote: str = "none"
    weights: tuple[tuple[str, Decimal], ...] = ((PANEL, Decimal(1)),)
    tie_chain: tuple[str, ...] = ("total", "panel")
    advance: tuple[tuple[str, AdvanceRule], ...] = ()
    awards: tuple[AwardRule, ...] = ()
    total_places: int = 2
    version: int = VERSION

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(sorted((part, decimal_of(w)) for part, w in self.weights)))
        object.__setattr__(self, "advance", tuple(sorted(self.advance, key=lambda pair: pair[0])))
        faults = [*_head_faults(self), *_weight_faults(self), *_chain_faults(self), *_award_faults(self)]
        if faults:
            raise RuleFault(faults)

    def weight(self, part: str) -> Decimal:
        return dict(self.weights).get(part, Decimal(0))

    def advance_for(self, group: str) -> AdvanceRule | None:
        table = dict(self.advance)
        return table.get(group, table.get(EVERY_GROUP))

    @property
    def needs_votes(self) -> bool:
        """Whether the final tally of the public vote must be among the inputs."""
        return self.public_vote != "none" or any(award.basis == BY_VOTES for award in self.awards)

    @property
    def sha256(self) -> str:
        return sha256_hex(canonical_json(self.as_dict()))

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values (decimals as text): what is stored, exported and hashed."""
        return {
            "version": self.version,
            "round": self.round,
            "panel": self.panel.as_dict(),
            "public_vote": self.public_vote,
            "weights": {part: str(weight) for part, weight in self.weights},
            "tie_chain": list(self.tie_chain),
            "advance": {group: _texts(rule.as_dict()) for group, rule in self.advance},
            "awards": [_texts(award.as_dict()) for award in self.awards],
            "total_places": self.total_places,
        }

    @classmethod
    def from_dict(cls, data: object) -> "RuleSet":
        """The rule set stored as `data`; a refusal names every fault, in its parts too."""
        reader = RuleReader(data, "规则")
        panel = _part(reader, PanelRule.from_dict, reader.field("panel") or {}, PanelRule())
        advance = {group: _part(reader, AdvanceRule.from_dict, rule, None) for group, rule in reader.table("advance").items()}
        awards = [_part(reader, AwardRule.from_dict, award, None) for award in _list(reader, "awards")]
        fields: dict[str, Any] = {
            "round": reader.text("round"),
            "panel": panel,
            "public_vote": reader.text("public_vote", "none"),
            "weights": tuple(reader.table("weights").items()),
            "tie_chain": reader.texts("tie_chain"),
            "advance": tuple((group, rule) for group, rule in advance.items() if rule is not None),
            "awards": tuple(award for award in awards if award is not None),
            "total_places": reader.whole("total_places", 2),
            "version": reader.whole("version", None),
        }
        return reader.build(lambda: cls(**fields))

    def sentences(self) -> list[str]:
        """The rules in Chinese, one sentence or short paragraph each, as printed on the result."""
        shares = " + ".join(f"{PART_NAMES[part]} × {_percent(weight)}" for part, weight in self.weights)
        chain = "、".join(TIE_STEPS[step] for step in self.tie_chain)
        unequal = "评分个数不同的项目之间不比较评分之和；" if UNTRIMMED_SUM in self.tie_chain else ""
        return [
            "每位评委的总分 = 各项评分 × 权重之和，不作任何舍入。",
            *self.panel.sentences(),
            VOTE_METHODS[self.public_vote],
            f"{ROUNDS[self.round]}总分 = {shares}，四舍五入保留 {self.total_places} 位小数。",
            f"名次依次比较{chain}，仍相同的并列（名次如 1、2、2、4）；{unequal}由哪一步分出先后在结果中注明。",
            *(rule.sentence(GROUP_NAMES.get(group, group)) for group, rule in self.advance),
            *(award.sentence(GROUP_NAMES) for award in self.awards),
        ]

    def warnings(self) -> list[str]:
        """What is allowed but should be known before the rules are confirmed."""
        found = []
        share = self.weight(PUBLIC_VOTE)
        if share > VOTE_WARNING_ABOVE:
            found.append(f"公众投票占 {_percent(share)}，超过 10%，刷票可能左右名次。")
        if share and self.public_vote == "steps":
            found.append("“名次递减”最高只有 10 分，与百分制评审得分相加时作用很小。")
        return found


def _head_faults(rules: RuleSet) -> list[str]:
    faults = []
    if rules.version != VERSION:
        faults.append(f"规则：版本应为 {VERSION}，现为 {rules.version}。")
    if rules.round not in ROUNDS:
        faults.append(f"规则：轮次“{rules.round}”未知，应为 preliminary、semifinal 或 final。")
    if not 0 <= rules.total_places <= 6:
        faults.append(f"规则：总分小数位数应为 0 至 6，现为 {rules.total_places}。")
    if rules.public_vote not in VOTE_METHODS:
        faults.append(f"规则：公众投票算法“{rules.public_vote}”未知，应为 {'、'.join(VOTE_METHODS)} 之一。")
    return faults


def _weight_faults(rules: RuleSet) -> list[str]:
    weights = dict(rules.weights)
    faults = [f"权重：“{part}”未知，应为 panel 或 public_vote。" for part in weights if part not in PART_NAMES]
    if len(weights) < len(rules.weights):
        faults.append("权重：同一部分写了两次。")
    if any(weight is None or weight < 0 for weight in weights.values()):
        return [*faults, "权重：每个权重应为不小于 0 的小数（写成文本，如 \"0.95\"）。"]
    if exact_sum(weights.values()) != 1:
        faults.append(f"权重：各部分之和应为 1，现为 {exact_sum(weights.values())}。")
    if PANEL not in weights:
        faults.append("权重：缺少评审得分（panel）。")
    if weights.get(PUBLIC_VOTE) and rules.public_vote == "none":
        faults.append("权重：公众投票占有权重，但公众投票算法为 none；请选定算法或去掉该权重。")
    return faults


def _chain_faults(rules: RuleSet) -> list[str]:
    faults = [f"并列规则：“{step}”未知，应为 {'、'.join(TIE_STEPS)} 之一。" for step in rules.tie_chain if step not in TIE_STEPS]
    if not rules.tie_chain or rules.tie_chain[0] != "total":
        faults.append("并列规则：第一步必须是总分（total）。")
    if len(set(rules.tie_chain)) < len(rules.tie_chain):
        faults.append("并列规则：同一步写了两次。")
    return faults


def _award_faults(rules: RuleSet) -> list[str]:
    codes = [award.code for award in rules.awards]
    return [f"奖项：代码“{code}”用了不止一次。" for code in sorted(set(codes)) if codes.count(code) > 1]


def _part(reader: RuleReader, make, data: object, otherwise):
    try:
        return make(data)
    except RuleFault as fault:
        reader.faults.extend(fault.faults)
        return otherwise


def _list(reader: RuleReader, name: str) -> list[object]:
    value = reader.field(name)
    if isinstance(value, list | tuple):
        return list(value)
    reader.note(f"“{name}”应为列表，现为 {value!r}。")
    return []


def _texts(data: Mapping[str, object]) -> dict[str, object]:
    return {key: str(decimal_of(value)) if isinstance(value, Decimal) else value for key, value in data.items()}


def _percent(weight: Decimal) -> str:
    return f"{exact_sum([weight * 100])}%"
