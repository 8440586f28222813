"""The simulator before an edition opens, the stability of a result after it closed."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from competitions.models import Criterion, Edition
from core import clock
from core.errors import NotAllowed
from results.actions.computation import compute_round
from results.actions.stability import request_stability, run_stability, waiting_reports
from results.models import RoundResult, StabilityReport
from results.pure.variants import criterion_variants, honours, with_vote_weight
from results.queries.record import record_of
from results.queries.simulation import simulate
from results.queries.stability import bootstrap, stability
from results.queries.stability_report import measure, read_report, step_count
from tests.factories import moments
from tests.factories.results import AFTER_FINAL, build_preliminary, publish_preliminary, score_final
from tests.results.views.test_organizer import signed_in, text_of


def final_result(cast, marks=None) -> RoundResult:
    publish_preliminary(cast)
    round_ = score_final(cast.edition, *([marks] if marks else []))
    return compute_round(round=round_, actor=cast.organiser, at=AFTER_FINAL)


def test_a_firm_result_is_said_to_be_unchanged(cast):
    """Two golds of three entries, one far behind: whoever is left out, the golds stay."""
    marks = {1: ["92"] * 5, 2: ["90"] * 5, 3: ["60"] * 5, 11: ["89"] * 5, 12: ["80"] * 5}
    aspects = {one.key: one for one in stability(final_result(cast, marks))}
    assert aspects["judges"].said == "5 种情形中 5 种全部不变"
    assert aspects["method"].said == "1 种情形中 1 种全部不变"
    assert "votes" not in aspects


def test_a_close_result_names_who_would_change(cast):
    """001: 80 80 80 80 80 = 80. 002: 90 and four times 77; trimmed 77, plain 79.6. 003: 100 and four times 76: 76, 80.8."""
    cast.edition.award_types.get().quotas.update(quota=1)
    marks = {1: ["80"] * 5, 2: ["90", "77", "77", "77", "77"], 3: ["100", "76", "76", "76", "76"], 11: ["89"] * 5, 12: ["80"] * 5}
    aspects = {one.key: one for one in stability(final_result(cast, marks))}
    method = aspects["method"].variants[0]
    assert (method.name, method.lost, method.gained) == ("改为全部评分的平均分", ("初创组 001 号金奖",), ("初创组 003 号金奖",))
    assert aspects["judges"].same < 5 or aspects["judges"].same == 5
    assert not method.is_same and aspects["method"].said == "1 种情形中 0 种全部不变"


def test_leaving_a_judge_out_is_the_official_computation_without_them(cast):
    """002 leads by judge 1 alone: without them the mean of the other four (plain, fewer than five marks) puts 001 first."""
    cast.edition.award_types.get().quotas.update(quota=1)
    marks = {1: ["80"] * 5, 2: ["95", "95", "80", "78", "78"], 3: ["60"] * 5, 11: ["89"] * 5, 12: ["80"] * 5}
    judges = {one.key: one for one in stability(final_result(cast, marks))}["judges"]
    changed = [one.name for one in judges.variants if not one.is_same]
    assert judges.same + len(changed) == 5


def test_the_draws_are_seeded_and_hold_the_place(cast):
    result = final_result(cast)
    first, again = bootstrap(result), bootstrap(result)
    assert first == again
    for group in first:
        for row in group.intervals:
            assert 1 <= row.low <= row.high <= len(group.intervals)
    assert {group.group for group in first} == {"初创组", "成长组"}


def test_variants_change_one_thing(cast):
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=moments.PRELIMINARY_CLOSES)
    inputs = record_of(result)["input"]
    assert with_vote_weight(inputs, Decimal("0.1"))["rule_set"]["weights"] == {"panel": "0.9", "public_vote": "0.1"}
    names = [name for name, _ in criterion_variants(inputs, Decimal("0.1"))]
    assert len(names) == 4 and names[0].endswith("权重加 10%")
    assert {what for _, what, _ in honours(record_of(result))} == {"advanced"}
    assert [one.key for one in stability(result)] == ["judges", "method", "votes", "criteria"]


def test_the_page_is_for_the_committee_and_has_the_analysis_made_by_a_job(cast, django_capture_on_commit_callbacks):
    result, page = final_result(cast), "/org/jgs2026/results/final/stability/"
    organiser = signed_in(cast.organiser)
    with clock.rehearse(AFTER_FINAL):
        assert "开始分析" in text_of(organiser.get(page)) and not StabilityReport.objects.exists()
        assert Client().get("/jgs2026/results/final/stability/").status_code == 404
        with django_capture_on_commit_callbacks() as queued:
            assert organiser.post(page).url == page
        waiting = organiser.get(page).content.decode()
        assert "正在试算" in waiting and 'hx-trigger="every 2s"' in waiting
        for send in queued:
            send()
        text = text_of(organiser.get(page))
    report = StabilityReport.objects.get()
    assert (report.state, report.sha256, report.done) == ("done", result.sha256, report.steps)
    assert "种情形中" in text and "如果换一批评委" in text and "初创组 001 号金奖" in text
    with django_capture_on_commit_callbacks() as again:
        request_stability(result=result, actor=cast.organiser, at=AFTER_FINAL)
    assert again == [] and run_stability(report_id=report.pk, at=AFTER_FINAL).finished_at == report.finished_at


def test_a_lost_analysis_is_taken_up_again(cast):
    report = request_stability(result=final_result(cast), actor=cast.organiser, at=AFTER_FINAL)
    assert waiting_reports(AFTER_FINAL + timedelta(minutes=9)) == []
    assert waiting_reports(AFTER_FINAL + timedelta(minutes=11)) == [report.pk]


def test_nobody_but_the_committee_asks_for_it(cast):
    with pytest.raises(NotAllowed):
        request_stability(result=final_result(cast), actor=cast.judge, at=AFTER_FINAL)


def test_each_award_says_what_it_stands_on(cast):
    """002 leads 001 under the trimmed mean alone, by one judge's mark: see test_a_close_result_names_who_would_change."""
    cast.edition.award_types.get().quotas.update(quota=1)
    marks = {1: ["80"] * 5, 2: ["90", "77", "77", "77", "77"], 3: ["100", "76", "76", "76", "76"], 11: ["89"] * 5, 12: ["80"] * 5}
    told = []
    result = final_result(cast, marks)
    found = read_report(json.loads(json.dumps(measure(result, tell=lambda: told.append(1)))))
    assert len(told) == step_count(result)
    first, second = found.holders
    assert (first.words, second.words) == ("初创组 001 号金奖", "成长组 011 号金奖")
    assert {title: (same, of) for title, same, of in first.kept}["换一种评委分算法"] == (0, 1)
    assert "改为全部评分的平均分" in first.lost_by and not first.is_firm
    assert second.lost_by == () and second.drawn == 100 and found.firm == 1


def draft_edition(cast) -> Edition:
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    return Edition.objects.get(pk=cast.edition.pk)


def test_another_weight_is_tried_on_a_copy(cast):
    round_ = draft_edition(cast).rounds.get(kind="preliminary")
    same = simulate(round_, round_.rules)
    assert (same.entries, same.judges, same.effects, same.fault) == (32, 7, (), "")
    tried = simulate(round_, {**round_.rules, "weights": {"panel": "0.5", "public_vote": "0.5"}})
    assert {one.topic for one in tried.effects} >= {"total", "place"} and any("50%" in one for one in tried.warnings)
    odd = simulate(round_, {**round_.rules, "weights": {"panel": "0.5"}})
    assert "之和应为 1" in odd.fault and odd.effects == ()


def test_another_quota_is_tried_on_a_copy(cast):
    """One gold more in the group of starters: one entry more wins, nothing is stored."""
    draft = draft_edition(cast)
    round_ = draft.rounds.get(kind="final")
    organiser, path = signed_in(cast.organiser), f"/org/{draft.slug}/results/final/simulator/"
    page = organiser.get(path)
    values = {one.name: one.value() or "" for form in ("form", "award_form", "weight_form") for one in page.context[form]}
    quotas = [name for name in values if name.startswith("quota_0_")]
    assert [values[name] for name in quotas] == [row.quota for row in draft.award_types.first().quotas.order_by("group__position")]
    assert "结果相同" in text_of(organiser.post(path, values))
    more = organiser.post(path, values | {quotas[0]: values[quotas[0]] + 1})
    assert [(one.word, one.before, one.after) for one in more.context["effects"]] == [("奖项", "—", "获奖")]
    assert organiser.post(path, values | {quotas[0]: "-1"}).status_code == 422
    assert not organiser.get(f"/org/{draft.slug}/results/preliminary/simulator/").context["award_form"].fields
    assert list(draft.award_types.first().quotas.order_by("group__position").values_list("quota", flat=True)) == [values[name] for name in quotas]
    assert round_.rules == draft.rounds.get(kind="final").rules


def test_the_weight_of_a_criterion_is_tried_on_a_copy(cast):
    """A (60) and B (40): one weighs more and the other less, so that the sum stays 100; a sum that does not is said."""
    draft = draft_edition(cast)
    round_ = draft.rounds.get(kind="preliminary")
    assert simulate(round_, round_.rules, None, {"A": Decimal(1), "B": Decimal(1)}).effects == ()
    tried = simulate(round_, round_.rules, None, {"A": Decimal("1.2"), "B": Decimal("0.7")})
    assert {one.topic for one in tried.effects} >= {"total"} and tried.warnings == ()
    organiser, path = signed_in(cast.organiser), f"/org/{draft.slug}/results/preliminary/simulator/"
    page = organiser.get(path)
    values = {one.name: one.value() or "" for form in ("form", "award_form", "weight_form") for one in page.context[form]}
    assert [values[f"weight_{place}"] for place in (0, 1)] == ["1", "1"] and "结果相同" in text_of(organiser.post(path, values))
    shown = organiser.post(path, values | {"weight_0": "3"})
    assert "各项满分 × 权重之和应为 100，现为 220" in text_of(shown)
    assert "总分" in {one.word for one in shown.context["moved"]} and organiser.post(path, values | {"weight_0": "0"}).status_code == 422
    assert set(Criterion.objects.filter(rubric__round=round_).values_list("weight", flat=True)) == {Decimal(1)}


def test_what_decides_is_shown_before_what_explains(cast):
    draft = draft_edition(cast)
    organiser, path = signed_in(cast.organiser), f"/org/{draft.slug}/results/final/simulator/"
    page = organiser.get(path)
    values = {one.name: one.value() or "" for form in ("form", "award_form", "weight_form") for one in page.context[form]}
    shown = organiser.post(path, values | {"method": "plain"})
    effects, moved = ({one.word for one in shown.context[name]} for name in ("effects", "moved"))
    assert effects <= {"晋级", "奖项"} and "总分" in moved <= {"名次", "总分"}
    assert len(shown.context["effects"]) + len(shown.context["moved"]) == len(shown.context["tried"].effects)


def test_the_page_tries_and_stores_nothing_and_closes_with_the_registration(cast):
    draft = draft_edition(cast)
    round_ = draft.rounds.get(kind="preliminary")
    organiser, path = signed_in(cast.organiser), "/org/jgs2026/results/preliminary/simulator/"
    page = organiser.get(path)
    values = {one.name: one.value() or "" for form in ("form", "award_form", "weight_form") for one in page.context[form]}
    tried = text_of(organiser.post(path, values | {"vote_percent": "30", "public_vote": "rank"}))
    assert "处不同" in tried and "超过 10%" in tried
    round_.refresh_from_db()
    assert round_.rules == draft.rounds.get(kind="preliminary").rules
    Edition.objects.filter(pk=draft.pk).update(published_at=moments.SET_UP)
    with clock.rehearse(AFTER_FINAL):
        assert "规则试算已关闭" in text_of(organiser.get(path))
        assert organiser.post(path, values).status_code == 409
