"""What the home page says at each moment, and what it leads to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions import home_figures
from competitions.home_figures import Figure, figures, register
from competitions.models import Round, Stage
from competitions.queries.home import home_stages, stage_rows, title_lines
from competitions.stage_links import Link, link, next_steps, present
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.competitions import EditionFactory

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("2026 年江门市高价值专利培育布局大赛", ["2026 年江门市", "高价值专利培育布局大赛"]),
        ("江高赛", ["江高赛"]),
        ("示例市大赛", ["示例市大赛"]),
    ],
)
def test_the_name_breaks_after_the_place(name: str, lines: list[str]) -> None:
    assert title_lines(name) == lines


def card(cast: Cast, at):
    _, now, coming = home_stages(cast.edition, at)
    return now, [view.stage.kind for view in coming]


def test_the_card_at_the_boundaries_of_the_vote(cast: Cast) -> None:
    before, coming = card(cast, m.VOTE_OPENS - SECOND)
    assert (before.view.phase, before.label, before.until) == (
        "upcoming", "距网络投票开始（9月20日 09:00）", m.VOTE_OPENS,
    )  # fmt: skip
    assert coming == ["preliminary", "coaching"]
    first, coming = card(cast, m.VOTE_OPENS)
    assert (first.label, first.until) == ("距投票截止（9月30日 20:00）", m.VOTE_CLOSES)
    assert first.sentence == "每人每天可投 5 个项目，同一项目每天限投 1 票。"
    assert coming == ["coaching", "final"]
    assert card(cast, m.VOTE_CLOSES)[0].view.stage.kind == "preliminary"
    assert card(cast, m.NOTICE_CLOSES) == (None, [])


def test_the_card_of_a_delayed_and_of_a_paused_stage(cast: Cast) -> None:
    stage = Stage.objects.get(edition=cast.edition, kind="public_vote")
    stage.overrides.create(kind="pause", at=m.DURING_VOTE, reason="核查异常流量", by=cast.organiser)
    now, _ = card(cast, m.DURING_VOTE)
    assert (now.view.phase, now.sentence, now.until) == ("paused", "已暂停：核查异常流量", None)
    Stage.objects.filter(edition=cast.edition, kind="registration").update(gate_released_at=None)
    now, _ = card(cast, m.REGISTRATION_OPENS)
    assert (now.view.phase, now.label) == ("delayed", "原定 7月1日 09:00 开始")


def test_a_rule_that_cannot_be_read_leaves_the_note(cast: Cast) -> None:
    Round.objects.filter(edition=cast.edition, kind="public_vote").update(rules={})
    Stage.objects.filter(edition=cast.edition, kind="public_vote").update(note="线上进行")
    assert card(cast, m.DURING_VOTE)[0].sentence == "线上进行"


def test_the_strip_is_in_order_of_time(cast: Cast) -> None:
    Stage.objects.filter(edition=cast.edition, kind="public_vote").update(
        opens_at=m.PRELIMINARY_OPENS + SECOND, closes_at=m.VOTE_CLOSES
    )
    views, _, _ = home_stages(cast.edition, m.DURING_VOTE)
    rows = stage_rows(cast.edition, views)
    assert [row.name for row in rows][2:4] == ["初赛", "网络投票"]
    assert (rows[0].dates, rows[0].state) == ("7月1日—8月31日", "closed")


def test_links_to_pages_that_do_not_exist_are_left_out() -> None:
    assert link("规则", "competitions:edition-rules", "jgs2026") == Link("规则", "/jgs2026/rules/")
    assert present([link("没有", "competitions:no-such-page", "jgs2026"), None]) == []


def test_the_next_step_changes_with_the_stage(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("competitions.stage_links.reverse", lambda name, args: f"{name}:{args[0]}")

    def steps(at) -> list[str]:
        return [one.label for one in next_steps("jgs2026", home_stages(cast.edition, at)[0])]

    assert steps(m.SET_UP) == ["看大赛规则"]
    assert steps(m.DURING_REGISTRATION) == ["我要报名", "看大赛规则"]
    assert steps(m.DURING_VOTE) == ["给项目投票", "浏览参赛项目"]
    assert steps(m.DURING_PRELIMINARY) == ["浏览参赛项目", "看大赛规则"]
    assert steps(m.DURING_COACHING) == ["看入围名单", "浏览参赛项目"]
    assert steps(m.DURING_NOTICE) == ["看结果", "浏览参赛项目"]


def test_figures_come_from_who_registered_them_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_figures, "_sources", {})
    register("voting", lambda edition, at: [Figure("有效投票", "7", "票")], order=20)
    register("entries", lambda edition, at: [Figure("参赛项目", "3", "个", edition.slug)], order=10)
    register("voting", lambda edition, at: [Figure("有效投票", "8", "票")], order=20)
    found = figures(EditionFactory.build(slug="jgs2026"), m.SET_UP)
    assert [(one.label, one.value, one.hint) for one in found] == [("参赛项目", "3", "jgs2026"), ("有效投票", "8", "")]
