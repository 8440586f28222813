"""The organiser's way through a round, page by page."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from judging.models import ScoreSheet
from results.actions.computation import compute_round
from results.models import Certificate, Computation, RoundResult
from results.queries.state import result_state
from tests.factories import moments
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    FINAL,
    build_preliminary,
    certify,
    end_notice,
    publish_final,
    publish_preliminary,
    score_final,
)
from tests.results.actions.test_computation import tied_final

RANKING = "/org/jgs2026/results/preliminary/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="accounts.backends.PasswordBackend")
    return client


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def organiser(cast):
    with clock.rehearse(AFTER_PRELIMINARY):
        yield signed_in(cast.organiser)


def test_from_marks_to_publication(cast, organiser, django_capture_on_commit_callbacks):
    build_preliminary(cast.edition)
    assert "计算初赛结果" in text_of(organiser.get(RANKING))
    with django_capture_on_commit_callbacks(execute=True):
        assert organiser.post(RANKING + "compute/").status_code == 302
    shown = text_of(organiser.get(RANKING))
    assert "待核准" in shown and "86.10" in shown and "入围决赛" in shown
    result = RoundResult.objects.get()
    organiser.post(RANKING + "approve/", {"result": result.public_id})
    assert "您已核准，还需另一位组委会成员核准" in text_of(organiser.get(RANKING))
    second = signed_in(cast.organiser2)
    second.post(RANKING + "approve/", {"result": result.public_id, "note": "已核对"})
    assert result_state(result) == "approved"
    asked = organiser.get(RANKING + "publish/")
    assert 'value="2026-10-23T00:00"' in asked.content.decode()
    organiser.post(RANKING + "publish/", {"result": result.public_id, "notice_closes_at": "2026-10-23T18:00"})
    assert result_state(result) == "published"
    shown = text_of(organiser.get(RANKING))
    assert "已公布" in shown and "江晓，10月15日 19:00 核准" in shown and "江越，10月15日 19:00 核准：已核对" in shown
    assert result.notices.get().closes_at == clock.at_local(2026, 10, 23, 18)


def test_what_is_missing_stands_on_the_page_with_its_link(cast, organiser):
    build_preliminary(cast.edition, votes=None)
    ScoreSheet.objects.filter(assignment__entry__number=1).update(state="draft")
    shown = organiser.get(RANKING).content.decode()
    assert "评委 01还有 1 份评分未提交：001 号。" in shown and "网络投票还没有终计" in shown
    assert "/org/jgs2026/progress/preliminary/" in shown
    refused = organiser.post(RANKING + "compute/")
    assert (refused.status_code, Computation.objects.count()) == (409, 0)
    assert "网络投票还没有终计" in refused.content.decode()


def test_a_running_computation_is_shown_and_asked_for_again(cast, organiser):
    round_ = build_preliminary(cast.edition)
    Computation.objects.create(round=round_, requested_at=AFTER_PRELIMINARY, requested_by=cast.organiser)
    shown = organiser.get(RANKING).content.decode()
    assert "正在计算…" in shown and 'hx-trigger="every 2s"' in shown and "重新计算" not in shown


def test_a_refused_computation_says_why(cast, organiser, django_capture_on_commit_callbacks):
    publish_preliminary(cast)
    score_final(cast.edition, {**FINAL, 1: ("88.5", "91", "86.5", "90", None)})
    with clock.rehearse(AFTER_FINAL), django_capture_on_commit_callbacks(execute=True):
        organiser.post("/org/jgs2026/results/final/compute/")
    shown = text_of(organiser.get("/org/jgs2026/results/final/"))
    assert "没有保存任何结果" in shown and "请评委组长决定" in shown
    with clock.rehearse(AFTER_FINAL), django_capture_on_commit_callbacks(execute=True):
        organiser.post("/org/jgs2026/results/final/compute/", {"plain_mean_reason": "一位评委回避"})
    assert cast.edition.rounds.get(kind="final").results.count() == 1


def test_a_version_that_was_replaced_meanwhile_is_not_approved(cast, organiser):
    round_ = build_preliminary(cast.edition)
    first = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    second = compute_round(round=round_, reason="复核", actor=cast.organiser2, at=AFTER_PRELIMINARY)
    response = organiser.post(RANKING + "approve/", {"result": first.public_id})
    assert (response.status_code, first.approvals.count(), second.approvals.count()) == (409, 0, 0)


def test_ties_are_visible_and_decided_on_the_page(cast, organiser):
    result = tied_final(cast)
    path = "/org/jgs2026/results/final/"
    shown = text_of(organiser.get(path))
    assert "1=" in shown and "待评委会决定：初创组金奖" in shown and "还有并列待评委会决定" in shown
    empty = organiser.post(path + "decide/", {"result": result.public_id, "group": "startup", "award": "gold"})
    assert (empty.status_code, RoundResult.objects.filter(round=result.round).count()) == (422, 1)
    with clock.rehearse(AFTER_FINAL):
        organiser.post(
            path + "decide/",
            {"result": result.public_id, "group": "startup", "award": "gold", "entries": ["002"], "reason": "布局更完整"},
        )
    shown = text_of(organiser.get(path))
    assert "第 2 版" in shown and "并列由评委会决定：布局更完整" in shown and "待评委会决定" not in shown


def test_the_auditor_sees_and_does_nothing(cast, organiser):
    build_preliminary(cast.edition)
    compute_round(round=cast.edition.rounds.get(kind="preliminary"), actor=cast.organiser, at=AFTER_PRELIMINARY)
    shown = signed_in(cast.auditor).get(RANKING).content.decode()
    assert "86.10" in shown and 'method="post" action="/org/' not in shown


def test_exports_say_that_they_are_not_published(cast, organiser):
    compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    response = organiser.get("/org/jgs2026/export/preliminary.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "名次,并列,编号,项目名称,参赛单位,组别,评审得分,有效票数,投票折算分,评审计入总分,网络投票计入总分,总分,结果,同分判定"
    )
    assert lines[1].endswith("初创组,88.00,500,50.00,83.6000,2.5000,86.10,入围决赛,")
    assert "%E5%BE%85%E6%A0%B8%E5%87%86" in response["Content-Disposition"]
    for fmt, status in (("xlsx", 200), ("json", 200), ("pdf", 200), ("xls", 404)):
        assert organiser.get(f"/org/jgs2026/export/preliminary.{fmt}").status_code == status


def test_nothing_to_export_is_said(cast, organiser):
    assert organiser.get("/org/jgs2026/export/final.csv").status_code == 409
    assert organiser.get("/org/jgs2026/export/public_vote.csv").status_code == 404


def test_certificates_are_issued_taken_and_revoked(cast, organiser):
    result = publish_final(cast)
    path = "/org/jgs2026/certificates/"
    waits = text_of(organiser.get(path))
    assert "有 4 个奖项还没有证书" in waits and "结束公示后才能签发" in waits and "签发 4 张证书" not in waits
    end_notice(result, cast)
    assert "签发 4 张证书" in text_of(organiser.get(path))
    with clock.rehearse(AFTER_FINAL):
        organiser.post(path + "issue/")
    assert "已签发 4 张" in text_of(organiser.get(path))
    assert organiser.get(path + "JG26-G-001/revoke/").status_code == 200
    organiser.post(path + "JG26-G-001/revoke/", {"reason": "单位名称有误"})
    assert Certificate.objects.get(number="JG26-G-001").revoked_reason == "单位名称有误"
    shown = text_of(organiser.get(path))
    assert "已撤销" in shown and "有 1 个奖项还没有证书" in shown


def test_before_the_publication_there_is_nothing_to_issue(cast, organiser):
    assert "结果还没有公布" in text_of(organiser.get("/org/jgs2026/certificates/"))
    assert organiser.post("/org/jgs2026/certificates/issue/").status_code == 404


def test_finalists_can_be_sent_again(cast, organiser):
    publish_preliminary(cast)
    with clock.rehearse(moments.DURING_COACHING):
        assert organiser.post(RANKING + "invite/").status_code == 302
    assert organiser.post("/org/jgs2026/results/final/invite/").status_code == 404


@pytest.mark.parametrize(("numbers", "queries"), [((1,), 25), ((1, 2, 3), 25)])
def test_the_page_costs_the_same_for_one_and_three(cast, organiser, numbers, queries):
    marks = {number: ("startup", [str(90 - number)] * 3) for number in numbers}
    round_ = build_preliminary(cast.edition, marks, {f"{number:03d}": number for number in numbers})
    compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    with CaptureQueriesContext(connection) as captured:
        organiser.get(RANKING)
    assert len(captured) == queries


@pytest.mark.parametrize(("awards", "queries"), [(1, 15), (2, 15)])
def test_the_list_of_certificates_costs_the_same(cast, organiser, awards, queries):
    cast.edition.award_types.get().quotas.update(quota=awards)
    certify(publish_final(cast), cast)
    with CaptureQueriesContext(connection) as captured:
        organiser.get("/org/jgs2026/certificates/")
    assert len(captured) == queries




def test_an_award_is_left_empty_on_the_page_and_the_change_is_told(cast, organiser):
    publish_preliminary(cast)
    compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    with clock.rehearse(AFTER_FINAL):
        wrong = organiser.post("/org/jgs2026/results/final/vacate/", {"award": "growth:gold", "count": "", "reason": "水平不足"})
        assert wrong.status_code == 422 and RoundResult.objects.filter(round__kind="final").count() == 1
        organiser.post("/org/jgs2026/results/final/vacate/", {"award": "growth:gold", "count": "1", "reason": "水平不足"})
        text = organiser.get("/org/jgs2026/results/final/2/changes/").content.decode()
    assert "奖项" in text and "012 号" in text and "水平不足" in text


def test_a_bye_is_given_and_taken_back_on_the_page(cast, organiser):
    round_ = build_preliminary(cast.edition)
    round_.rules = {**round_.rules, "advance": {"*": {"method": "top_n", "top_n": 2, "byes": 1}}}
    round_.save(update_fields=["rules"])
    entry = cast.edition.entries.get(number=3)
    path = "/org/jgs2026/results/preliminary/byes/"
    with clock.rehearse(AFTER_PRELIMINARY):
        assert organiser.post(path, {"entry": entry.pk, "reason": ""}).status_code == 422
        organiser.post(path, {"entry": entry.pk, "reason": "去年第一"})
        assert "去年第一" in organiser.get(RANKING).content.decode()
        organiser.post(f"{path}3/end/")
        assert "去年第一" not in organiser.get(path).content.decode()


def test_without_places_for_byes_the_page_says_so_instead_of_asking(cast, organiser):
    build_preliminary(cast.edition)
    with clock.rehearse(AFTER_PRELIMINARY):
        html = organiser.get("/org/jgs2026/results/preliminary/byes/").content.decode()
    assert "各组都没有直接晋级名额" in html and 'name="reason"' not in html
