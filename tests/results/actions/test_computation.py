"""Worked cases through compute_round on real rows."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from competitions.models import AwardType
from core.audit.models import AuditEntry
from core.canonical import sha256_hex
from core.errors import Blocked, NotAllowed
from entries.models import Entry
from judging.models import Assignment, ScoreSheet
from results.actions.computation import compute_round, decide_award_tie, leave_award_vacant
from results.errors import ComputationRefused, NothingToDecide, ReasonMissing, ResultSuperseded
from results.models import AwardDecision, Placing, RoundResult
from results.queries.record import record_of
from results.queries.state import result_state
from tests.factories import moments
from tests.factories.competitions import AwardQuotaFactory, AwardTypeFactory
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    FINAL,
    approve_and_publish,
    build_preliminary,
    publish_final,
    publish_preliminary,
    score_final,
)

TOOL = Path(__file__).resolve().parents[3] / "tools" / "verify_result.py"


def placed(result: RoundResult) -> dict[str, tuple]:
    rows = result.placings.select_related("entry")
    return {row.entry.code: (row.place, row.is_tied, str(row.total), row.outcome) for row in rows}


def winners(result: RoundResult) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in AwardDecision.objects.filter(placing__result=result).select_related("award_type", "placing__entry"):
        found.setdefault(one.award_type.code, []).append(one.placing.entry.code)
    return {code: sorted(entries) for code, entries in found.items()}


def set_rules(round_, **changes) -> None:
    round_.rules = {**round_.rules, **changes}
    round_.save(update_fields=["rules"])


def top(n: int) -> dict:
    return {"*": {"method": "top_n", "top_n": n, "percent": "0", "min": 0, "max": None, "byes": 0, "backfill": False}}


def test_preliminary_blends_marks_and_votes(cast):
    """88.00 × 0.95 + 50.00 × 0.05 = 86.10; 82.00 × 0.95 + 100 × 0.05 = 82.90."""
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert placed(result) == {
        "001": (1, False, "86.10", "advanced"),
        "002": (2, False, "82.90", "advanced"),
        "003": (3, False, "68.40", "advanced"),
        "011": (1, False, "87.05", "advanced"),
        "012": (2, False, "83.85", "advanced"),
    }
    first = result.placings.get(entry__number=1)
    assert (first.panel_score, first.votes, first.vote_points) == (Decimal("88.00"), 500, Decimal("50.00"))
    assert result.version == 1 and result.corrects is None
    assert result.sha256 == sha256_hex(result.record.encode())
    line = AuditEntry.objects.get(verb="results.result.computed")
    assert (line.object_id, line.edition) == (result.public_id, "jgs2026")


def test_the_verifier_accepts_the_stored_record(cast, tmp_path):
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    path = tmp_path / "record.json"
    path.write_bytes(result.record.encode())
    done = subprocess.run(
        [sys.executable, str(TOOL), str(path), "--sha256", result.sha256], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "通过：每一步和最终结果均与重算一致。")


def test_all_that_is_missing_is_named_at_once(cast):
    round_ = build_preliminary(cast.edition, votes=None)
    ScoreSheet.objects.filter(assignment__entry__number=1).update(state="draft")
    with pytest.raises(Blocked) as caught:
        compute_round(round=round_, actor=cast.organiser, at=moments.DURING_PRELIMINARY)
    assert [reason.code for reason in caught.value.reasons] == [
        "stage_open",
        "sheet_missing",
        "sheet_missing",
        "sheet_missing",
        "tally_open",
    ]
    assert RoundResult.objects.count() == Placing.objects.count() == 0


def test_without_public_vote_no_tally_is_needed(cast):
    round_ = build_preliminary(cast.edition, votes=None)
    set_rules(round_, public_vote="none", weights={"panel": "1"})
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert {code: row[2] for code, row in placed(result).items()} == {
        "001": "88.00", "002": "82.00", "003": "72.00", "011": "89.00", "012": "83.00",
    }  # fmt: skip
    assert {row.votes for row in result.placings.all()} == {None}
    assert record_of(result)["input"]["meta"]["vote_checkpoint"] is None


def test_a_tie_at_the_cut_lets_all_go_on(cast):
    marks = {number: ("startup", totals) for number, totals in ((1, ["90"] * 3), (2, ["80"] * 3), (3, ["80"] * 3), (4, ["70"] * 3))}
    round_ = build_preliminary(cast.edition, marks, {"001": 0, "002": 7, "003": 7, "004": 7})
    set_rules(round_, advance=top(2))
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert placed(result) == {
        "001": (1, False, "85.50", "advanced"),
        "002": (2, True, "81.00", "advanced"),
        "003": (2, True, "81.00", "advanced"),
        "004": (4, False, "71.50", "eliminated"),
    }
    assert record_of(result)["output"]["advance"]["startup"]["tied_at_cut"] == ["002", "003"]


def test_a_recused_judge_is_left_out_and_never_a_zero(cast):
    marks = {1: ("startup", ["90", None, "80"]), 2: ("startup", ["84", "84", "84"])}
    round_ = build_preliminary(cast.edition, marks, {"001": 0, "002": 0})
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert result.placings.get(entry__number=1).panel_score == Decimal("85.00")
    sheet = next(one for one in record_of(result)["input"]["sheets"] if one["judge"] == "评委 02" and one["entry"] == "001")
    assert (sheet["scores"], sheet["reason"]) == (None, "回避")
    assert "亲属" not in result.record


def test_an_absent_judge_is_left_out(cast):
    round_ = build_preliminary(cast.edition)
    seat = Assignment.objects.filter(seat__panel__round=round_).first().seat
    ScoreSheet.objects.filter(assignment__seat=seat).update(state="draft")
    seat.is_present = False
    seat.save()
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert result.placings.get(entry__number=1).panel_score == Decimal("87.00")
    reasons = {one["reason"] for one in record_of(result)["input"]["sheets"] if one["judge"] == "评委 01"}
    assert reasons == {"缺席"}


def test_a_group_of_one(cast):
    marks = {1: ("startup", ["90"] * 3), 11: ("growth", ["60"] * 3)}
    result = compute_round(
        round=build_preliminary(cast.edition, marks, {"001": 3, "011": 1}), actor=cast.organiser, at=AFTER_PRELIMINARY
    )
    assert placed(result) == {"001": (1, False, "90.50", "advanced"), "011": (1, False, "62.00", "advanced")}


def test_withdrawn_and_disqualified_entries_take_no_part(cast):
    round_ = build_preliminary(cast.edition)
    Entry.objects.filter(number=2).update(state="withdrawn")
    Entry.objects.filter(number=12).update(state="disqualified")
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert set(placed(result)) == {"001", "003", "011"}
    assert result.placings.get(entry__number=1).vote_points == Decimal("100.00")


def test_who_withdraws_after_the_round_is_ranked_but_does_not_go_on(cast):
    round_ = build_preliminary(cast.edition)
    entry = Entry.objects.get(number=2)
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    entry.transitions.create(
        verb="withdraw", source="accepted", target="withdrawn", at=AFTER_PRELIMINARY, actor="丁工"
    )
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert placed(result)["002"] == (2, False, "82.90", "forfeited")


def test_a_new_version_says_why_and_what_it_corrects(cast):
    round_ = build_preliminary(cast.edition)
    first = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    with pytest.raises(Blocked) as caught:
        compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert [reason.code for reason in caught.value.reasons] == ["reason_missing"]
    assert "第 1 版结果（待核准）" in caught.value.reasons[0].message
    second = compute_round(round=round_, reason="补录评分", actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert (second.version, second.corrects, second.reason) == (2, first, "补录评分")
    assert (result_state(first), result_state(second)) == ("superseded", "proposed")


def test_uneven_marks_need_the_chief_judges_decision(cast):
    """One of five judges is missing for 001. The plain mean holds for the whole round: 356 ÷ 4, 450 ÷ 5, 360 ÷ 5; 432 ÷ 5 where
    trimming would have given 89.00, 410 ÷ 5."""
    publish_preliminary(cast)
    round_ = score_final(cast.edition, {**FINAL, 1: ("88.5", "91", "86.5", "90", None)})
    with pytest.raises(ComputationRefused, match="请评委组长决定"):
        compute_round(round=round_, actor=cast.organiser, at=AFTER_FINAL)
    assert not round_.results.exists()
    result = compute_round(round=round_, plain_mean_reason="一位评委回避", actor=cast.organiser, at=AFTER_FINAL)
    assert {code: (row[0], row[2]) for code, row in placed(result).items()} == {
        "002": (1, "90.00"), "001": (2, "89.00"), "003": (3, "72.00"), "011": (1, "86.40"), "012": (2, "82.00"),
    }  # fmt: skip
    assert record_of(result)["input"]["decisions"] == [{"by": "江晓", "kind": "plain_mean", "reason": "一位评委回避"}]


def test_the_final_trims_and_gives_awards(cast):
    """001: 92.5 and 86.5 dropped, (88.5 + 91 + 90) ÷ 3 = 89.83; gold for two of each group."""
    result = publish_final(cast)
    assert placed(result) == {
        "002": (1, False, "90.00", ""),
        "001": (2, False, "89.83", ""),
        "003": (3, False, "72.00", ""),
        "011": (1, False, "89.00", ""),
        "012": (2, False, "82.00", ""),
    }
    assert winners(result) == {"gold": ["001", "002", "011", "012"]}
    assert record_of(result)["input"]["prior_totals"]["001"] == "86.10"


def test_the_final_waits_for_the_published_preliminary(cast):
    build_preliminary(cast.edition)
    final = cast.edition.rounds.get(kind="final")
    with pytest.raises(Blocked) as caught:
        compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL)
    assert [reason.code for reason in caught.value.reasons] == ["previous_unpublished", "no_participants"]


def test_an_award_stays_vacant_below_its_minimum(cast):
    publish_preliminary(cast)
    round_ = score_final(cast.edition)
    set_rules(round_, awards=[{"code": "gold", "name": "金奖", "quotas": {"*": 2}, "min_total": "85"}])
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_FINAL)
    assert winners(result) == {"gold": ["001", "002", "011"]}
    assert (placed(result)["011"][2], placed(result)["012"][2]) == ("89.00", "82.00")  # 85 or more is asked for
    vacant = {row["group"]: row["vacant"] for row in record_of(result)["output"]["awards"]}
    assert vacant == {"startup": 0, "growth": 1}


def test_who_does_not_come_to_the_final_forfeits(cast):
    publish_preliminary(cast)
    round_ = score_final(cast.edition)
    Entry.objects.filter(number=12).update(state="withdrawn")
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_FINAL)
    row = result.placings.get(entry__number=12)
    assert (row.place, row.total, row.outcome) == (None, None, "forfeited")


def tied_final(cast):
    """Three golds' worth of equals: 001 and 002 have the same marks in both rounds, one gold is to be given."""
    marks = {1: ("startup", ["80"] * 3), 2: ("startup", ["80"] * 3), 11: ("growth", ["70"] * 3)}
    AwardType.objects.get(edition=cast.edition).quotas.update(quota=1)
    publish_preliminary(cast, marks=marks, votes={"001": 5, "002": 5, "011": 1})
    final = score_final(cast.edition, {1: ["85"] * 5, 2: ["85"] * 5, 11: ["75"] * 5})
    return compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL)


def test_a_tie_at_an_award_is_put_to_the_committee(cast):
    result = tied_final(cast)
    assert winners(result) == {"gold": ["011"]}
    decided = decide_award_tie(
        result=result, group="startup", award="gold", entries=["002"], reason="专利布局更完整", actor=cast.organiser, at=AFTER_FINAL
    )
    assert (decided.version, decided.corrects) == (2, result)
    assert winners(decided) == {"gold": ["002", "011"]}
    note = AwardDecision.objects.get(placing__result=decided, placing__entry__number=2).note
    assert note == "并列由评委会决定：专利布局更完整"
    assert record_of(decided)["output"]["open"] == []
    assert record_of(decided)["input"]["sheets"] == record_of(result)["input"]["sheets"]


def test_a_tied_award_can_be_shared(cast):
    decided = decide_award_tie(
        result=tied_final(cast), group="startup", award="gold", entries=["001", "002"], reason="并列", actor=cast.organiser, at=AFTER_FINAL
    )
    assert winners(decided) == {"gold": ["001", "002", "011"]}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"award": "silver"}, NothingToDecide),
        ({"entries": ["011"]}, ComputationRefused),
        ({"entries": []}, ComputationRefused),
    ],
)
def test_a_decision_that_does_not_fit_changes_nothing(cast, changes, refusal):
    result = tied_final(cast)
    values = {"group": "startup", "award": "gold", "entries": ["001"], "reason": "理由"} | changes
    with pytest.raises(refusal):
        decide_award_tie(result=result, **values, actor=cast.organiser, at=AFTER_FINAL)
    assert result.round.results.count() == 1


def test_only_the_newest_version_is_decided(cast):
    result = tied_final(cast)
    compute_round(round=result.round, reason="复核", actor=cast.organiser, at=AFTER_FINAL)
    with pytest.raises(ResultSuperseded):
        decide_award_tie(
            result=result, group="startup", award="gold", entries=["001"], reason="理由", actor=cast.organiser, at=AFTER_FINAL
        )


def test_the_committee_may_leave_an_award_vacant(cast):
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    decided = leave_award_vacant(
        result=result, group="growth", award="gold", count=1, reason="水平不足", actor=cast.organiser, at=AFTER_FINAL
    )
    assert winners(decided) == {"gold": ["001", "002", "011"]}
    assert decided.reason == "评委会决定奖项空缺：水平不足"


def test_two_kinds_of_award_follow_one_another(cast):
    silver = AwardTypeFactory(edition=cast.edition, code="silver", name="银奖", position=1)
    for group in cast.edition.tracks.get().groups.all():
        AwardQuotaFactory(award_type=silver, group=group, quota=1)
    assert winners(publish_final(cast)) == {"gold": ["001", "002", "011", "012"], "silver": ["003"]}


def test_rules_with_more_than_two_places_are_refused(cast):
    round_ = build_preliminary(cast.edition)
    set_rules(round_, total_places=3)
    with pytest.raises(Blocked) as caught:
        compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert [reason.code for reason in caught.value.reasons] == ["too_many_places"]


@pytest.mark.parametrize("who", ["auditor", "judge", "foreigner", "stranger"])
def test_only_organisers_compute(cast, who):
    round_ = build_preliminary(cast.edition)
    with pytest.raises(NotAllowed):
        compute_round(round=round_, actor=cast.people[who], at=AFTER_PRELIMINARY)
    assert RoundResult.objects.count() == 0


def test_the_boundary_of_the_stage(cast):
    round_ = build_preliminary(cast.edition)
    with pytest.raises(Blocked):
        compute_round(round=round_, actor=cast.organiser, at=moments.PRELIMINARY_CLOSES - timedelta(seconds=1))
    assert compute_round(round=round_, actor=cast.organiser, at=moments.PRELIMINARY_CLOSES).version == 1


def test_a_correction_of_a_published_result_leaves_it_in_force_until_published(cast):
    first = publish_preliminary(cast)
    second = compute_round(round=first.round, reason="更正", actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert (result_state(first), result_state(second)) == ("published", "proposed")
    approve_and_publish(second, cast, AFTER_PRELIMINARY)
    assert (result_state(first), result_state(second)) == ("superseded", "published")


