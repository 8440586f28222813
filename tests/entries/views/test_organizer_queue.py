"""The queue and the list of all entries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from entries import states
from entries.views.organizer import reach
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory, build_accepted_entry


def opened(cast: Cast, who: str, name: str, at: object = AT, **query: str) -> str:
    client = Client()
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    with clock.rehearse(at):
        answer = client.get(reverse(f"entries:{name}", args=[cast.edition.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("name", ["formality-queue", "entry-list"])
def test_a_page_takes_as_many_queries_for_three_rows_as_for_one(cast: Cast, name: str) -> None:
    """Counted against each other, not as a number: the frame of the console asks questions of its own."""
    counts = [queries_with_one_more(cast, name) for _ in range(3)]
    assert counts[0] == counts[2]
    assert counts[0] <= 60


def queries_with_one_more(cast: Cast, name: str) -> int:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=entry, examiner=cast.examiner)
    with CaptureQueriesContext(connection) as queries:
        opened(cast, "organiser", name)
    return len(queries)


def test_the_queue_says_how_long_who_and_what_kind(cast: Cast) -> None:
    first = build_submitted_entry(cast, title="首次的项目")
    again = build_submitted_entry(cast, title="补正的项目", state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=again, examiner=cast.examiner, decision="return", due_at=AT, decided_at=AT)
    FormalityReviewFactory(entry=again, sequence=2, examiner=cast.examiner)
    first.assets.update(number="X1")

    text = words(opened(cast, "examiner", "formality-queue"))
    assert "9月15日 18:00 截止，已办结 0 / 2 份" in text
    assert "首次审查" in text and "补正后重审" in text and "35 天" in text
    assert "待审 2" in text and "待补正 0" in text
    assert "甄敏 0 1 1" in text


def test_each_view_of_the_queue_shows_its_own(cast: Cast) -> None:
    build_submitted_entry(cast, title="等待的项目")
    build_accepted_entry(cast.edition, 8, title="通过的项目")
    accepted = opened(cast, "examiner", "formality-queue", bucket="accepted")
    assert "通过的项目" in accepted and "等待的项目" not in accepted
    empty = words(opened(cast, "examiner", "formality-queue", bucket="rejected"))
    assert "已清空" in empty


def test_filters_that_nobody_offers_are_ignored(cast: Cast) -> None:
    build_submitted_entry(cast, title="等待的项目")
    html = opened(cast, "examiner", "formality-queue", bucket="nonsense", group="999", examiner="x", sort="no")
    assert "等待的项目" in html


def test_a_search_without_result_offers_the_way_back(cast: Cast) -> None:
    build_submitted_entry(cast)
    assert "没有符合条件的项目" in opened(cast, "examiner", "formality-queue", q="没有这个")
    assert "没有符合条件的项目" in opened(cast, "organiser", "entry-list", q="没有这个")


def test_outside_the_stage_the_queue_says_so(cast: Cast) -> None:
    assert "形式审查未开放" in opened(cast, "examiner", "formality-queue", at=moments.DURING_VOTE)
    cast.edition.stages.get(kind="formality").delete()
    assert "形式审查" in opened(cast, "examiner", "formality-queue")


def test_the_list_counts_what_it_says(cast: Cast) -> None:
    build_submitted_entry(cast)
    build_submitted_entry(cast, state=states.WITHDRAWN)
    build_submitted_entry(cast, state=states.WITHDRAWN, submitted_at=None)
    build_submitted_entry(cast, state=states.DRAFT, submitted_at=None)
    build_accepted_entry(cast.edition, 1)
    build_accepted_entry(cast.edition, 2)
    text = words(opened(cast, "auditor", "entry-list"))
    assert "已提交的项目 4 个 含已撤回和未通过；另有草稿 1 个" in text
    assert "形式通过的项目 2 个" in text and "参赛单位 2 家" in text and "专利 2 件" in text
    assert "共 6 个" in text


def test_the_list_is_sorted_and_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "PER_PAGE", 1)
    build_accepted_entry(cast.edition, 2, title="第二号")
    build_accepted_entry(cast.edition, 1, title="第一号")
    first = opened(cast, "organiser", "entry-list", sort="number")
    second = opened(cast, "organiser", "entry-list", sort="number", page="2")
    assert ("第一号" in first, "第二号" in first) == (True, False)
    assert ("第一号" in second, "第二号" in second) == (False, True)
    assert "sort=number" in first
    empty = opened(cast, "organiser", "entry-list", state=states.REJECTED)
    assert "没有符合条件的项目" in empty


def test_an_edition_without_entries_says_what_will_come(cast: Cast) -> None:
    assert "还没有项目" in opened(cast, "organiser", "entry-list")
