"""The queues of the dashboard and its figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from competitions.models import Edition
from console.queries.facts import read_facts
from console.queries.results import latest_results
from console.queries.standing import field_chart, portfolio, standing
from console.queries.votes import axis_tick, vote_chart, vote_days, vote_figures
from console.queries.work import Task, term_of, work
from core.outbox.models import Message
from entries import states
from results.models import RoundResult
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.entries import EntryApplicantFactory, EntryFactory, build_accepted_entry
from tests.factories.objections import build_objection
from tests.factories.results import AFTER_PRELIMINARY, publish_preliminary
from tests.judging.scene import build_scene
from tests.voting.ballots import build_vote, vote
from voting.models import VoteCase

HOUR = timedelta(hours=1)


def tasks(cast: Cast, who: str = "organiser", at=m.DURING_VOTE) -> dict[str, Task]:
    edition = Edition.objects.get(pk=cast.edition.pk)
    return {task.label: task for task in work(cast.people[who], read_facts(edition, at), at)}


@pytest.mark.parametrize(
    ("count", "until", "term"),
    [
        (0, m.DURING_VOTE - HOUR, "cleared"),
        (1, None, "normal"),
        (1, m.DURING_VOTE, "overdue"),
        (1, m.DURING_VOTE + timedelta(days=1), "today"),
        (1, m.DURING_VOTE + timedelta(days=1, seconds=1), "soon"),
        (1, m.DURING_VOTE + timedelta(days=3), "soon"),
        (1, m.DURING_VOTE + timedelta(days=3, seconds=1), "normal"),
    ],
)
def test_how_near_the_end_is(count: int, until, term: str) -> None:
    assert term_of(count, until, m.DURING_VOTE) == term


def test_cases_say_how_long_they_wait(cast: Cast) -> None:
    assert tasks(cast)["异常投票待复核"].term == "cleared"
    for hours in (2, 5):
        VoteCase.objects.create(
            edition=cast.edition, verb="hold", reason="R1", evidence="x", proposed_at=m.DURING_VOTE - hours * HOUR,
            proposed_by=cast.organiser,
        )  # fmt: skip
    found = tasks(cast)["异常投票待复核"]
    assert (found.count, found.hint, found.url, found.term) == (2, "最早一项已等 5 小时", "/org/jgs2026/vote/cases/", "today")
    assert "异常投票待复核" not in tasks(cast, at=m.DURING_REGISTRATION)


def test_sheets_that_are_due(cast: Cast) -> None:
    build_scene(cast)
    found = tasks(cast)["初赛评分未提交"]
    assert (found.count, found.url, found.term) == (1, "/org/jgs2026/progress/preliminary/", "normal")
    assert tasks(cast, at=m.PRELIMINARY_CLOSES)["初赛评分未提交"].term == "overdue"
    assert "决赛评分未提交" not in tasks(cast)


def test_a_result_waits_for_approval_until_it_is_public(cast: Cast) -> None:
    round_ = cast.edition.rounds.get(kind="preliminary")
    result = RoundResult.objects.create(round=round_, version=1, record="{}", sha256="0" * 64, computed_at=m.PRELIMINARY_CLOSES)
    assert latest_results(cast.edition)["preliminary"].approvals_missing == 2
    assert tasks(cast)["初赛结果待核准"].hint == "已有 0 人核准"
    for user in (cast.organiser, cast.organiser2):
        result.approvals.create(by=user, at=m.PRELIMINARY_CLOSES)
    assert "初赛结果待公布" in tasks(cast)


def test_messages_that_were_given_up(cast: Cast) -> None:
    for state in ("failed", "queued"):
        Message.objects.create(channel="mail", recipient="a@b.invalid", body="x", edition="jgs2026", state=state, queued_at=m.SET_UP, due_at=m.SET_UP)
    assert tasks(cast)["未送达的消息"].count == 1


def test_everybody_sees_their_own_queues(cast: Cast) -> None:
    assert "预设值待确认" in tasks(cast)
    assert set(tasks(cast, "examiner")) <= {"形式审查"}
    assert {"异常投票待复核", "初赛评分未提交"} <= set(tasks(cast, "auditor"))
    assert "未送达的消息" not in tasks(cast, "auditor") and "预设值待确认" not in tasks(cast, "auditor")


def test_what_is_counted(cast: Cast) -> None:
    first = build_accepted_entry(cast.edition, 1)
    second = build_accepted_entry(cast.edition, 2)
    EntryApplicantFactory(entry=second, organisation=first.applicants.get().organisation, part="joint")
    for state in (states.DRAFT, states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED, states.REJECTED):
        EntryFactory(edition=cast.edition, state=state)
    found = standing(cast.edition)
    assert (found.accepted, found.filed, found.to_examine) == (2, 6, 2)
    assert portfolio(cast.edition) == {"organisations": 2, "assets": 2}


def test_fields_and_groups(cast: Cast) -> None:
    groups = list(cast.edition.tracks.get().groups.order_by("position"))
    for number, (group, industry) in enumerate([(0, "energy"), (1, "energy"), (1, "energy"), (0, "materials"), (0, "")], start=1):
        build_accepted_entry(cast.edition, number, groups[group], industry=industry)
    chart = field_chart(cast.edition, standing(cast.edition))
    assert [(row.name, row.counts) for row in chart.rows] == [("新能源", [1, 2]), ("先进材料", [1, 0]), ("未填写领域", [1, 0])]
    assert chart.rows[0].parts == [
        {"x": "0.00", "width": "33.33", "middle": "16.67", "css": "c1", "count": 1, "is_wide": True},
        {"x": "33.33", "width": "66.67", "middle": "66.67", "css": "c2", "count": 2, "is_wide": True},
    ]
    assert chart.rows[0].summary == "新能源：初创组 1 个，成长组 2 个"
    assert chart.most == 3 and field_chart(cast.other_edition, standing(cast.other_edition)).most == 0


def test_votes_of_each_day_and_of_the_same_hour_yesterday(cast: Cast) -> None:
    build_vote(2, edition=cast.edition)
    assert vote_chart(vote_days(cast.edition, m.DURING_VOTE), m.DURING_VOTE) is None
    yesterday = m.DURING_VOTE - timedelta(days=1)
    for voter, at in enumerate([yesterday - HOUR, yesterday, yesterday + HOUR, m.DURING_VOTE - HOUR], start=1):
        vote(cast.edition, 1, voter=voter, at=at)
    days = vote_days(cast.edition, m.DURING_VOTE)
    assert [(one.day, one.count) for one in days] == [(date(2026, 9, 24), 3), (date(2026, 9, 25), 1)]
    figures = vote_figures(cast.edition, days, m.DURING_VOTE)
    assert (figures.today, figures.before, figures.held, figures.void) == (1, 2, 0, 0)
    chart = vote_chart(days, m.DURING_VOTE)
    assert [(bar.label, bar.height, bar.y, bar.is_today) for bar in chart.days] == [("9.24", 100, 0, False), ("9.25", 33, 67, True)]
    assert chart.summary == "9.24 至 9.25 每日收到的票数，最多的是 9.24，3 票"


def test_a_long_chart_writes_every_other_day(cast: Cast) -> None:
    build_vote(1, edition=cast.edition)
    for day in range(10):
        vote(cast.edition, 1, voter=day + 1, at=m.VOTE_OPENS + timedelta(days=day, hours=2))
    chart = vote_chart(vote_days(cast.edition, m.VOTE_CLOSES), m.VOTE_CLOSES)
    assert [bar.label for bar in chart.days if bar.is_labelled] == ["9.21", "9.23", "9.25", "9.27", "9.29"]


def test_objections_stand_among_the_work_once_something_is_on_notice(cast: Cast) -> None:
    assert "异议待处理" not in tasks(cast)
    notice = publish_preliminary(cast).notices.get()
    assert tasks(cast, at=AFTER_PRELIMINARY)["异议待处理"].term == "cleared"
    build_objection(notice, cast.stranger, AFTER_PRELIMINARY)
    assert tasks(cast, at=AFTER_PRELIMINARY)["异议待处理"].count == 1


@pytest.mark.parametrize(
    ("most", "tick"), [(1, 1), (5, 1), (6, 2), (10, 2), (11, 5), (2456, 500), (2501, 1000), (18940, 5000), (159_400, 50_000)]
)
def test_an_axis_has_round_figures_and_few_lines(most: int, tick: int) -> None:
    assert axis_tick(most) == tick
    assert tick * -(-most // tick) >= most and -(-most // tick) <= 5
