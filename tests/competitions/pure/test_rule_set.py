from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from competitions.pure.advance_rule import AdvanceRule
from competitions.pure.award_rule import AwardRule
from competitions.pure.panel_rule import PanelRule
from competitions.pure.presets import final_preset, preliminary_preset
from competitions.pure.rule_reader import RuleFault
from competitions.pure.rule_set import RuleSet
from core.canonical import canonical_json

PRESETS = pytest.mark.parametrize("preset", [preliminary_preset, final_preset])


@PRESETS
def test_a_preset_survives_storage_with_its_hash(preset):
    rules = preset()
    again = RuleSet.from_dict(rules.as_dict())
    assert again == rules
    assert hash(again) == hash(rules)
    assert canonical_json(again.as_dict()) == canonical_json(rules.as_dict())
    assert again.sha256 == rules.sha256 and len(rules.sha256) == 64


def test_the_preset_figures_are_those_of_the_norm():
    first, last = preliminary_preset(), final_preset()
    assert first.weight("panel") == Decimal("0.95") and first.weight("public_vote") == Decimal("0.05")
    assert first.public_vote == "max" and first.panel.method == "plain" and first.needs_votes
    assert (last.panel.method, last.panel.drop_high, last.panel.drop_low, last.panel.min_marks) == ("trimmed", 1, 1, 5)
    assert last.weight("panel") == 1 and last.weight("public_vote") == 0 and not last.needs_votes
    assert last.tie_chain == ("total", "panel", "untrimmed_sum", "prior_total")
    assert first.sha256 != last.sha256


def test_equal_weights_written_differently_have_one_hash():
    rules = preliminary_preset().as_dict()
    other = {**rules, "weights": {"public_vote": "0.050", "panel": "0.9500"}}
    assert RuleSet.from_dict(other).sha256 == RuleSet.from_dict(rules).sha256


def test_rules_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        final_preset().round = "preliminary"


def test_the_rules_are_printed_as_sentences():
    text = "\n".join(final_preset().sentences())
    assert "去掉 1 个最高分和 1 个最低分" in text
    assert "不按 0 分处理" in text
    assert "金奖：各组 2 个" in text
    assert "总分 = 评审得分 × 95% + 公众投票得分 × 5%" in "\n".join(preliminary_preset().sentences())


def test_a_heavy_public_vote_is_allowed_and_warned_of():
    data = {**preliminary_preset().as_dict(), "weights": {"panel": "0.7", "public_vote": "0.3"}}
    assert RuleSet.from_dict(data).warnings() == ["公众投票占 30%，超过 10%，刷票可能左右名次。"]
    assert preliminary_preset().warnings() == []
    steps = RuleSet.from_dict({**preliminary_preset().as_dict(), "public_vote": "steps"})
    assert "最高只有 10 分" in steps.warnings()[0]


def test_every_fault_is_named_at_once():
    data = {
        **final_preset().as_dict(),
        "round": "third",
        "panel": {"method": "median", "drop_high": "1", "drop_low": -1, "places": 9},
        "public_vote": "sum",
        "weights": {"panel": "0.5", "jury": "0.4"},
        "tie_chain": ["panel", "panel", "age"],
        "advance": {"*": {"method": "top_n", "top_n": 0, "min": -1}},
        "awards": [{"code": "", "name": "金奖", "quotas": {"*": -1}, "basis": "x", "tie": "y"}, "gold"],
        "colour": "red",
        "total_places": True,
    }
    with pytest.raises(RuleFault) as refusal:
        RuleSet.from_dict(data)
    text = "".join(refusal.value.faults)
    for part in (
        "“median”未知", "“drop_high”应为整数", "不能为负", "“third”未知", "“sum”未知", "“jury”未知", "应为 1，现为 0.9",
        "第一步必须是总分", "“age”未知", "写了两次", "晋级名额至少为 1", "代码和名称都要填写", "不小于 0 的整数",
        "评奖依据“x”", "并列处理“y”", "奖项：应为一组键值", "没有名为“colour”的设置", "“total_places”应为整数",
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize(
    ("member", "value", "part"),
    [
        ("weights", {"panel": 0.95, "public_vote": 0.05}, "写成文本"),
        ("weights", {"panel": "1E+99"}, "写成文本"),
        ("weights", {"panel": "0." + "1" * 40}, "写成文本"),
        ("weights", {"panel": "NaN"}, "写成文本"),
        ("weights", {"panel": "1.5", "public_vote": "-0.5"}, "不小于 0"),
        ("weights", {"public_vote": "1"}, "缺少评审得分"),
        ("weights", ["panel"], "“weights”应为一组键值"),
        ("public_vote", "none", "公众投票占有权重"),
        ("public_vote", 7, "“public_vote”应为文本"),
        ("version", 2, "版本应为 1"),
        ("total_places", 9, "总分小数位数"),
        ("tie_chain", "total", "“tie_chain”应为文本的列表"),
        ("awards", {}, "“awards”应为列表"),
        ("panel", {"method": "trimmed", "min_marks": 2}, "一个不剩"),
        ("panel", {"method": "trimmed", "drop_high": 0, "drop_low": 0}, "至少要去掉一个"),
        ("advance", {"*": {"method": "percent", "percent": "0"}}, "晋级比例"),
        ("advance", {"*": {"method": "percent", "percent": "x"}}, "“percent”应为写成文本的小数"),
        ("advance", {"*": {"method": "lot"}}, "方法“lot”未知"),
        ("advance", {"*": {"top_n": 5, "min": 4, "max": 3}}, "最多名额不能少于最少名额"),
        ("advance", {"*": {"top_n": 5, "backfill": "yes"}}, "应为 true 或 false"),
    ],
)
def test_each_fault_has_its_sentence(member, value, part):
    with pytest.raises(RuleFault) as refusal:
        RuleSet.from_dict({**preliminary_preset().as_dict(), member: value})
    assert part in refusal.value.message


def test_rules_that_are_no_mapping_are_refused():
    with pytest.raises(RuleFault, match="应为一组键值"):
        RuleSet.from_dict([])


def test_parts_given_twice_are_refused():
    gold = AwardRule("gold", "金奖", (("*", 1),))
    with pytest.raises(RuleFault, match="“gold”用了不止一次"):
        RuleSet(round="final", awards=(gold, gold))
    with pytest.raises(RuleFault, match="同一组的名额写了两次"):
        AwardRule("gold", "金奖", (("*", 1), ("*", 2)))
    with pytest.raises(RuleFault, match="同一部分写了两次"):
        RuleSet(round="final", weights=(("panel", Decimal("0.5")), ("panel", Decimal("0.5"))))


@pytest.mark.parametrize(
    ("rule", "field", "quota"),
    [
        (AdvanceRule(top_n=10), 35, 10),
        (AdvanceRule(top_n=10), 1, 1),
        (AdvanceRule(method="percent", percent=Decimal(75)), 35, 26),
        (AdvanceRule(method="percent", percent=Decimal(5), minimum=10, maximum=16), 100, 10),
        (AdvanceRule(method="percent", percent=Decimal(5), minimum=10, maximum=16), 1000, 16),
        (AdvanceRule(method="percent", percent=Decimal(5), minimum=10), 4, 4),
        (AdvanceRule(method="percent", percent=Decimal(5)), 0, 0),
    ],
)
def test_places_in_the_next_round(rule, field, quota):
    assert rule.quota(field) == quota


def test_a_group_may_have_its_own_rule_and_quota():
    rules = RuleSet(
        round="preliminary",
        advance=(("*", AdvanceRule(top_n=10)), ("growth", AdvanceRule(top_n=5, byes=2, maximum=9, minimum=1))),
        awards=(AwardRule("silver", "银奖", (("startup", 8), ("growth", 7)), min_total=Decimal("60.0"), basis="votes"),),
    )
    assert rules.advance_for("startup").top_n == 10 and rules.advance_for("growth").top_n == 5
    assert [rules.awards[0].quota(group) for group in ("startup", "growth", "design")] == [8, 7, 0]
    assert rules.needs_votes
    assert RuleSet.from_dict(rules.as_dict()).sha256 == rules.sha256
    text = "".join(rules.sentences())
    assert "成长组前 5 名晋级，最少 1 个，最多 9 个；另有至多 2 个项目直接晋级" in text
    assert "按公众投票有效票数评定，总分不低于 60" in text


def test_percent_and_plain_rules_read_as_sentences():
    assert "参评项目的 75%（舍去小数）晋级" in AdvanceRule(method="percent", percent=Decimal(75)).sentence("各组")
    assert "按名次递补" in AdvanceRule(top_n=3, backfill=True).sentence("各组")
    assert len(PanelRule().sentences()) == 1
