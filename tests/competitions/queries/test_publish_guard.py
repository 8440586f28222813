"""Every reason why an edition cannot be opened, and what is only said."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from accounts.models import User
from competitions.errors import RuleInvalid
from competitions.models import Group, Role, Round, Stage
from competitions.queries.page_text import duration, page_template
from competitions.queries.publish_guard import publish_reasons, publish_warnings
from competitions.queries.rule_set import round_rule_set
from competitions.queries.schedule import find_round
from competitions.queries.setup import SECTIONS, sections
from tests.cast import Cast
from tests.factories import moments


def codes(cast: Cast) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in publish_reasons(cast.edition)]


def test_a_whole_edition_has_no_reason_against_it(cast: Cast) -> None:
    assert codes(cast) == []


def test_without_groups(cast: Cast) -> None:
    Group.objects.filter(track__edition=cast.edition).delete()
    assert ("group_missing", "groups") in codes(cast)


def test_without_scored_rounds(cast: Cast) -> None:
    Round.objects.filter(edition=cast.edition).delete()
    assert codes(cast) == [("round_missing", "rounds")]


def test_without_the_vote_the_preliminary_counts(cast: Cast) -> None:
    Round.objects.filter(edition=cast.edition, kind="public_vote").delete()
    assert codes(cast) == [("votes_missing", "rounds")]


def test_without_a_stage_it_needs(cast: Cast) -> None:
    Stage.objects.filter(edition=cast.edition, kind="formality").delete()
    assert [reason.message for reason in publish_reasons(cast.edition)] == ["赛程缺少“形式审查”阶段。"]


def test_rules_that_cannot_be_computed(cast: Cast) -> None:
    Round.objects.filter(edition=cast.edition, kind="final").update(rules={"round": "final"})
    with pytest.raises(RuleInvalid):
        round_rule_set(find_round(cast.edition, "final"))
    assert codes(cast) == [("rule_set", "rounds")]
    assert len(publish_warnings(cast.edition)) == 1
    assert "### 决赛" in page_template(cast.edition, "rules")


def test_a_heavy_vote_is_warned_of(cast: Cast) -> None:
    round_ = find_round(cast.edition, "preliminary")
    round_.rules["weights"] = {"panel": "0.7", "public_vote": "0.3"}
    round_.save()
    assert publish_warnings(cast.edition)[1] == "初赛：公众投票占 30%，超过 10%，刷票可能左右名次。"


def test_wechat_without_an_official_account_is_a_reason_but_for_a_developer(cast: Cast, settings: Settings) -> None:
    round_ = find_round(cast.edition, "public_vote")
    round_.rules["identity"] = "wechat"
    round_.save()
    assert codes(cast) == [("wechat_missing", "vote-rules")]
    settings.WECHAT_APP_ID = "wx0123456789abcdef"
    assert codes(cast) == []
    settings.WECHAT_APP_ID, settings.DEBUG = "", True
    assert codes(cast) == []


def test_a_draft_leaves_out_a_vote_rule_that_cannot_be_read(cast: Cast) -> None:
    Round.objects.filter(edition=cast.edition, kind="public_vote").update(rules={})
    assert "网络投票\n\n1. 时间" not in page_template(cast.edition, "rules")


@pytest.mark.parametrize("change", ["ended", "inactive"])
def test_a_preset_without_a_second_person_is_refused(cast: Cast, change: str) -> None:
    """Two persons approve results: one organiser, or two of whom one can no longer sign in, are not enough."""
    if change == "ended":
        Role.objects.filter(edition=cast.edition, user=cast.organiser2).update(ended_at=moments.SET_UP)
    else:
        User.objects.filter(pk=cast.organiser2.pk).update(is_active=False)
    assert codes(cast) == [("organisers_missing", "roles")]
    assert "须由两人分别审批" in publish_reasons(cast.edition)[0].message


def test_every_reason_has_its_section(cast: Cast) -> None:
    found = {part.key: part for part in sections(cast.edition)}
    assert list(found) == [key for key, _, _ in SECTIONS]
    assert sum(len(part.waiting) for part in found.values()) == 15


@pytest.mark.parametrize(("seconds", "words"), [(480, "8 分钟"), (90, "90 秒"), (330, "5 分 30 秒"), (45, "45 秒")])
def test_durations_in_words(seconds: int, words: str) -> None:
    assert duration(seconds) == words
