"""Settings of a public vote: every shape, every refusal, every sentence."""

from __future__ import annotations

import pytest

from competitions.pure.rule_reader import RuleFault
from competitions.pure.vote_rule import VoteRule
from competitions.pure.vote_settings import BoardPolicy, VoteSettings
from tests.factories.competitions import VOTE_RULES


def test_the_stored_shape_is_read_and_written_back() -> None:
    assert VoteSettings.from_dict(VOTE_RULES).as_dict() == VOTE_RULES


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ({"policy": "live"}, "投票期间票数实时显示。"),
        ({"policy": "delayed", "minutes": 5}, "投票期间票数延迟 5 分钟更新，不显示名次。"),
        ({"policy": "daily", "hour": 9}, "投票期间票数每天 9:00 更新一次，不显示名次。"),
        ({"policy": "order", "minutes": 0}, "投票期间只显示项目的先后，不显示票数。"),
        (
            {"policy": "hidden", "minutes": 0, "hours": 24},
            "投票期间票数实时更新，截止前 24 小时起不再显示，结束核查后公布。",
        ),
    ],
)
def test_board_policies(stored: dict, sentence: str) -> None:
    policy = BoardPolicy.from_dict(stored)
    assert policy.as_dict() == stored
    assert policy.sentence() == sentence


@pytest.mark.parametrize(
    ("stored", "word"),
    [
        ({"policy": "secret"}, "未知"),
        ({"policy": "delayed", "minutes": 0}, "实时显示"),
        ({"policy": "delayed", "minutes": 1441}, "0 至 1440"),
        ({"policy": "daily", "hour": 24}, "0 至 23"),
        ({"policy": "hidden", "hours": 0}, "1 至 168"),
        ({"policy": "live", "colour": "red"}, "colour"),
        (["live"], "一组键值"),
    ],
)
def test_board_policies_refused(stored: object, word: str) -> None:
    with pytest.raises(RuleFault, match=word):
        BoardPolicy.from_dict(stored)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"identity": "passport"}, "投票身份"),
        ({"vote_rule": None}, "vote_rule"),
        ({"vote_rule": {"limit": 5}}, "缺少“period”"),
        ({"vote_rule": {**VOTE_RULES["vote_rule"], "preset": "choose"}}, "按设置应为“per_day”"),
        ({"more": 1}, "more"),
    ],
)
def test_settings_refused(change: dict, word: str) -> None:
    with pytest.raises(RuleFault, match=word):
        VoteSettings.from_dict({**VOTE_RULES, **change})


def test_all_faults_are_named_together() -> None:
    with pytest.raises(RuleFault) as caught:
        VoteSettings.from_dict({"vote_rule": {}, "board": {"policy": "x"}, "identity": "device"})
    assert len(caught.value.faults) > 5


def test_the_rules_in_sentences() -> None:
    settings = VoteSettings(VoteRule.choose(2, 3), BoardPolicy("live"), "sms")
    assert settings.sentences() == [
        "每人每天可投 1 次，每次须选 2 至 3 个项目，整张选票一并计票。",
        "投票身份按手机短信验证码识别。",
        "投票期间票数实时显示。",
    ]
