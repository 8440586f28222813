import json

import pytest

from competitions.pure.vote_rule import RuleFault, VoteRule


@pytest.mark.parametrize(
    ("rule", "preset", "sentence"),
    [
        (VoteRule(), "per_day", "每人每天可投 5 个项目，同一项目每天限投 1 票。"),
        (VoteRule.per_day(3), "per_day", "每人每天可投 3 个项目，同一项目每天限投 1 票。"),
        (VoteRule.per_day(1), "per_day", "每人每天可投 1 票。"),
        (
            VoteRule.per_day(5, scope="group"),
            "per_day",
            "每人每天在每个组别可投 5 个项目，同一项目每天限投 1 票。",
        ),
        (VoteRule.per_day_free(5), "per_day_free", "每人每天可投 5 票，可全部投给同一项目。"),
        (VoteRule(limit=5, per_entry_limit=2), "per_day_free", "每人每天可投 5 票，同一项目每天限投 2 票。"),
        (VoteRule.choose(5, 10), "choose", "每人每天可投 1 次，每次须选 5 至 10 个项目，整张选票一并计票。"),
        (VoteRule.choose(10, 10), "choose", "每人每天可投 1 次，每次须选满 10 个项目，整张选票一并计票。"),
        (
            VoteRule.per_edition(10),
            "per_edition",
            "每人在本届投票期间可投 10 个项目，同一项目本届限投 1 票。",
        ),
    ],
)
def test_presets_and_their_sentences(rule, preset, sentence):
    assert (rule.preset, rule.sentence()) == (preset, sentence)
    assert VoteRule.from_dict(json.loads(json.dumps(rule.as_dict()))) == rule


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"limit": 0}, ["每人票数须为 1 至 100 的整数。"]),
        ({"limit": 101}, ["每人票数须为 1 至 100 的整数。"]),
        ({"limit": True}, ["每人票数须为 1 至 100 的整数。"]),
        ({"limit": "5"}, ["每人票数须为 1 至 100 的整数。"]),
        ({"per_entry_limit": 6}, ["同一项目的票数须为 1 至 5 的整数。"]),
        ({"per_entry_limit": 0}, ["同一项目的票数须为 1 至 5 的整数。"]),
        ({"period": "week"}, ["计票周期只能是“每天”或“本届”。"]),
        (
            {"scope": "track", "limit": None},
            ["票数范围只能是“全部项目”或“每个组别”。", "每人票数须为 1 至 100 的整数。"],
        ),
        ({"choose_min": 2}, ["多选的下限和上限须同时填写，且为 1 至 100 的整数。"]),
        ({"choose_min": 0, "choose_max": 5}, ["多选的下限和上限须同时填写，且为 1 至 100 的整数。"]),
        (
            {"choose_min": 5, "choose_max": 4},
            ["多选的下限不能大于上限。", "多选时每人票数须等于多选的上限。"],
        ),
        ({"choose_min": 2, "choose_max": 5, "per_entry_limit": 2}, ["多选时同一项目限投 1 票。"]),
        ({"lifetime": 3}, ["不认识“lifetime”。"]),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(change, faults):
    with pytest.raises(RuleFault) as refused:
        VoteRule.from_dict(VoteRule().as_dict() | change)
    assert refused.value.faults == tuple(faults)


def test_a_missing_member_is_named():
    data = VoteRule().as_dict()
    del data["scope"]
    with pytest.raises(RuleFault, match="缺少“scope”"):
        VoteRule.from_dict(data)
