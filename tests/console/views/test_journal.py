"""The journal: filters, details, seal, spreadsheet."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from core import clock
from core.actor import SYSTEM
from core.audit import journal, seal
from core.audit.models import AuditDetail, AuditEntry
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.entries import build_accepted_entry

JOURNAL = "/org/jgs2026/journal/"


@pytest.fixture
def organiser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    return client


@pytest.fixture
def acts(cast: Cast) -> list[AuditEntry]:
    """Three acts of the edition and one of another."""
    entry = build_accepted_entry(cast.edition, 47)

    def act(verb: str, obj, actor, at, edition="jgs2026", **values) -> AuditEntry:
        return journal.record(verb=verb, obj=obj, actor=actor, at=at, edition=edition, **values)

    return [
        act("entries.entry.accepted", entry, cast.examiner, m.DURING_FORMALITY, before={"state": "under_review"}, after={"state": "accepted", "number": 47}),
        act("competitions.announcement.published", cast.edition, cast.organiser2, m.DURING_VOTE, after={"title": "=HYPERLINK(1)"}),
        act("voting.tally.finalised", cast.edition, SYSTEM, m.VOTE_CLOSES, after={"list": ["a", "b"], "is_final": True, "deep": {"name": "x"}, "none": None}),
        act("competitions.edition.created", cast.other_edition, cast.foreigner, m.SET_UP, edition="other2026"),
    ]  # fmt: skip


def whats(client: Client, query: str = "") -> list[str]:
    return [line.what for line in client.get(JOURNAL + query).context["lines"]]


def test_every_act_of_the_edition_newest_first(organiser: Client, acts: list[AuditEntry]) -> None:
    assert whats(organiser) == ["票数终计", "发布公告", "形式审查通过"]
    html = organiser.get(JOURNAL).content.decode()
    assert "甄敏" in html and "9月5日 10:00" in html
    assert "<dt>状态</dt>" in html and "<del>under_review</del> → <ins>accepted</ins>" in html
    assert "a、b" in html and "是" in html and "名称 x" in html
    assert acts[0].commitment in html


def test_the_filters(organiser: Client, acts: list[AuditEntry], cast: Cast) -> None:
    assert whats(organiser, "?group=entries") == ["形式审查通过"]
    assert whats(organiser, f"?actor={cast.organiser2.public_id}") == ["发布公告"]
    assert whats(organiser, "?actor=system") == ["票数终计"]
    assert whats(organiser, "?thing=047") == ["形式审查通过"]
    assert whats(organiser, f"?thing={acts[0].object_id}") == ["形式审查通过"]
    assert whats(organiser, "?thing=48") == []
    assert whats(organiser, "?day=2026-09-25") == ["发布公告"]
    assert whats(organiser, "?day=2026-09-25&group=voting") == []
    html = organiser.get(JOURNAL + "?day=2026-09-24").content.decode()
    assert "没有符合条件的记录" in html and "清除" in html


def test_a_day_is_a_day_in_jiangmen(organiser: Client, cast: Cast) -> None:
    late = clock.at_local(2026, 9, 25, 23, 59)
    for at in (late, late + timedelta(minutes=1)):
        journal.record(verb="entries.entry.submitted", obj=cast.edition, actor=cast.applicant, at=at, edition="jgs2026")
    assert len(whats(organiser, "?day=2026-09-25")) == len(whats(organiser, "?day=2026-09-26")) == 1


@pytest.mark.parametrize("query", ["?group=nonsense", "?actor=nobody", "?day=yesterday"])
def test_a_filter_that_is_none_is_named_and_shows_nothing(organiser: Client, acts: list[AuditEntry], query: str) -> None:
    answer = organiser.get(JOURNAL + query)
    assert answer.context["lines"] == [] and answer.context["form"].errors


def test_erased_details_leave_the_act(organiser: Client, acts: list[AuditEntry]) -> None:
    AuditDetail.objects.all().delete()
    lines = organiser.get(JOURNAL).context["lines"]
    assert [(line.what, line.changes) for line in lines][-1] == ("形式审查通过", [])
    assert lines[-1].who == acts[0].actor


def test_up_to_where_it_is_sealed(organiser: Client, acts: list[AuditEntry], cast: Cast) -> None:
    assert "尚未封存，本届有 3 条待封存" in organiser.get(JOURNAL).content.decode()
    seal.seal_journal(at=m.PRELIMINARY_CLOSES)
    journal.record(verb="entries.entry.withdrawn", obj=cast.edition, actor=cast.applicant, at=m.PRELIMINARY_CLOSES, edition="jgs2026")
    html = organiser.get(JOURNAL).content.decode()
    assert f"10月15日 18:00 封存至第 {acts[-1].pk:,} 条，本届另有 1 条待封存" in html


def test_the_spreadsheet_holds_what_the_filters_leave_and_runs_nothing(organiser: Client, acts: list[AuditEntry]) -> None:
    answer = organiser.get(f"{JOURNAL}journal.csv?group=competitions")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=UTF-8''2026 年江高赛操作日志（按筛选）.csv"
    head, *rows = answer.content.decode("utf-8-sig").strip().split("\r\n")
    assert head.startswith("序号,时间,操作人,操作,动作代码")
    assert len(rows) == 1
    assert rows[0].split(",")[1:5] == ["2026-09-25 10:00:00", "江越", "发布公告", "competitions.announcement.published"]
    assert not any(cell.startswith("=") for cell in rows[0].split(","))
    assert AuditEntry.objects.latest("pk").detail.content["after"] == {"list": "journal", "format": "csv", "narrowed": True}
    everything = organiser.get(f"{JOURNAL}journal.csv").content.decode("utf-8-sig").strip().split("\r\n")
    assert len(everything) == 5  # the head, three acts, and the export before


def test_every_format_tells_the_same_of_an_act(organiser: Client, acts: list[AuditEntry]) -> None:
    query = "?group=competitions"
    told = json.loads(organiser.get(f"{JOURNAL}journal.json{query}").content)["rows"]
    sheet = load_workbook(BytesIO(organiser.get(f"{JOURNAL}journal.xlsx{query}").content)).active
    titles, row = [list(values) for values in sheet.iter_rows(values_only=True)]
    assert len(told) == 1 and len(titles) == len(told[0])
    assert (told[0]["at"], str(row[1])) == ("2026-09-25T10:00:00+08:00", "2026-09-25 10:00:00")
    assert told[0]["act"] == row[3] == "发布公告"
    assert organiser.get(f"{JOURNAL}journal.pdf").status_code == 404


def test_long_journals_have_pages(organiser: Client, cast: Cast) -> None:
    for minute in range(51):
        journal.record(verb="entries.entry.submitted", obj=cast.edition, actor=cast.applicant, at=m.SET_UP + timedelta(minutes=minute), edition="jgs2026")
    assert len(whats(organiser)) == 50
    assert len(whats(organiser, "?page=2")) == 1
    assert 'href="?group=entries&amp;page=2"' in organiser.get(JOURNAL + "?group=entries").content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_however_many_acts(
    organiser: Client, cast: Cast, items: int, django_assert_num_queries
) -> None:
    for number in range(items):
        entry = build_accepted_entry(cast.edition, number + 1)
        journal.record(verb="entries.entry.accepted", obj=entry, actor=[cast.examiner, cast.organiser, cast.chief][number], at=m.SET_UP, edition="jgs2026")
    organiser.get(JOURNAL)
    with clock.rehearse(m.DURING_VOTE), django_assert_num_queries(13):
        organiser.get(JOURNAL)


def test_an_empty_journal(organiser: Client) -> None:
    assert "还没有操作记录" in organiser.get(JOURNAL).content.decode()
