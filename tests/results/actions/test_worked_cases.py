"""Cases worked by hand, through the actions on real rows: equal marks, withdrawals with and without back-filling, special awards."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock
from entries.actions import disqualify_entry
from entries.models import Entry
from judging.models import Assignment
from results.actions.computation import compute_round, decide_award_tie
from results.models import AwardDecision
from results.pure.record import compute, record_bytes
from results.queries.drift import input_drift
from results.queries.record import open_decisions, record_of
from tests.factories.competitions import AwardQuotaFactory, AwardTypeFactory
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    approve_and_publish,
    build_preliminary,
    publish_preliminary,
    score_final,
    seat_panel,
)

TOOL = Path(__file__).resolve().parents[3] / "tools" / "verify_result.py"
FOUR = {number: ("startup", [str(100 - 10 * number)] * 3) for number in (1, 2, 3, 4)}
NO_VOTES = {f"{number:03d}": 0 for number in FOUR}


def advance(round_, top: int, *, backfill: bool) -> None:
    rule = {"method": "top_n", "top_n": top, "percent": "0", "min": 0, "max": None, "byes": 0, "backfill": backfill}
    round_.rules = {**round_.rules, "advance": {"*": rule}}
    round_.save(update_fields=["rules"])


def withdraw(number: int, at) -> None:
    entry = Entry.objects.get(number=number)
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    entry.transitions.create(verb="withdraw", source="accepted", target="withdrawn", at=at, actor="丁工")


def disqualify(number: int, cast, at) -> None:
    disqualify_entry(entry=Entry.objects.get(number=number), reason="核心专利已宣告无效", actor=cast.organiser, at=at)


def totals(result) -> dict[str, str]:
    return {row.entry.code: str(row.total) for row in result.placings.select_related("entry")}


def outcomes(result) -> dict[str, tuple]:
    return {row.entry.code: (row.place, row.is_tied, row.outcome) for row in result.placings.select_related("entry")}


def test_all_marks_equal_share_the_first_place_and_all_go_on(cast):
    """80 × 0.95 + 0 × 0.05 = 76.00 for everybody; one place to advance, and all three do."""
    marks = {number: ("startup", ["80"] * 3) for number in (1, 2, 3)}
    round_ = build_preliminary(cast.edition, marks, {"001": 0, "002": 0, "003": 0})
    advance(round_, 1, backfill=False)
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert outcomes(result) == dict.fromkeys(("001", "002", "003"), (1, True, "advanced"))
    assert totals(result) == dict.fromkeys(("001", "002", "003"), "76.00")
    assert record_of(result)["output"]["advance"]["startup"]["quota"] == 1


def test_shared_places_are_one_two_two_four(cast):
    marks = {1: ("startup", ["90"] * 3), 2: ("startup", ["80"] * 3), 3: ("startup", ["80"] * 3), 4: ("startup", ["70"] * 3)}
    result = compute_round(
        round=build_preliminary(cast.edition, marks, NO_VOTES), actor=cast.organiser, at=AFTER_PRELIMINARY
    )
    assert [(row.place, row.is_tied) for row in result.placings.order_by("entry__number")] == [
        (1, False), (2, True), (2, True), (4, False),
    ]  # fmt: skip
    assert totals(result) == {"001": "85.50", "002": "76.00", "003": "76.00", "004": "66.50"}  # 0.95 × 90, 80, 80, 70


@pytest.mark.parametrize(("backfill", "third"), [(False, "eliminated"), (True, "advanced")])
def test_a_finalist_who_withdraws_is_replaced_only_with_backfilling(cast, backfill, third):
    """Two go on. 002 gives up after the list was published: 003 moves up only where the rule says so."""
    round_ = build_preliminary(cast.edition, FOUR, NO_VOTES)
    advance(round_, 2, backfill=backfill)
    seat_panel(cast.edition.rounds.get(kind="final"), 3)
    first = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_and_publish(first, cast, AFTER_PRELIMINARY)
    assert input_drift(round_, first) == []
    withdraw(2, AFTER_PRELIMINARY)
    assert input_drift(round_, first) == ["002 号项目由“参评”变为“弃赛”。"]
    second = compute_round(round=round_, reason="002 号弃赛", actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_and_publish(second, cast, AFTER_PRELIMINARY)
    assert outcomes(second) == {
        "001": (1, False, "advanced"), "002": (2, False, "forfeited"), "003": (3, False, third), "004": (4, False, "eliminated"),
    }  # fmt: skip
    assert totals(second) == {"001": "85.50", "002": "76.00", "003": "66.50", "004": "57.00"}  # 0.95 × 90, 80, 70, 60
    invited = Assignment.objects.filter(seat__panel__round__kind="final", entry__number=3)
    assert invited.exists() is backfill
    assert input_drift(round_, second) == []


@pytest.mark.parametrize(("backfill", "golds"), [(False, ["002"]), (True, ["002", "003"])])
def test_who_gives_up_an_award_leaves_it_empty_or_to_the_next(cast, backfill, golds):
    publish_preliminary(cast)
    final = score_final(cast.edition)
    final.rules = {**final.rules, "awards": [{"code": "gold", "name": "金奖", "backfill": backfill}]}
    final.save(update_fields=["rules"])
    withdraw(1, AFTER_FINAL)
    with clock.rehearse(AFTER_FINAL):
        result = compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL)
    assert golds_of(result) == golds
    assert {code: (outcomes(result)[code][0], total) for code, total in totals(result).items()} == {
        "002": (1, "90.00"), "001": (2, "89.83"), "003": (3, "72.00"), "011": (1, "89.00"), "012": (2, "82.00"),
    }  # fmt: skip


@pytest.mark.parametrize(("backfill", "third"), [(False, "eliminated"), (True, "advanced")])
def test_a_finalist_disqualified_later_is_replaced_only_with_backfilling(cast, backfill, third):
    """Totals and places of the others stay as they were; whether 003 goes on says the rule."""
    round_ = build_preliminary(cast.edition, FOUR, NO_VOTES)
    advance(round_, 2, backfill=backfill)
    first = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    disqualify(2, cast, AFTER_PRELIMINARY)
    assert input_drift(round_, first) == ["002 号项目由“参评”变为“评审后取消资格”。"]
    second = compute_round(round=round_, reason="002 号取消资格", actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert outcomes(second) == {
        "001": (1, False, "advanced"), "002": (2, False, "struck"), "003": (3, False, third), "004": (4, False, "eliminated"),
    }  # fmt: skip
    assert {row.entry.code: row.total for row in second.placings.all()} == {row.entry.code: row.total for row in first.placings.all()}
    said = "按名次递补" if backfill else "不递补，名额空缺"
    assert any(f"取消资格时{said}。" in sentence for sentence in record_of(second)["rule_text"])


@pytest.mark.parametrize(("backfill", "golds"), [(False, ["002"]), (True, ["002", "003"])])
def test_an_award_lost_by_disqualification_stays_empty_or_goes_to_the_next(cast, tmp_path, backfill, golds):
    """After the award; the published record is recomputed to the same bytes, also by the tool of an outsider."""
    publish_preliminary(cast)
    final = score_final(cast.edition)
    final.rules = {**final.rules, "awards": [{"code": "gold", "name": "金奖", "backfill": backfill}]}
    final.save(update_fields=["rules"])
    first = approve_and_publish(compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL), cast, AFTER_FINAL)
    disqualify(1, cast, AFTER_FINAL)
    result = compute_round(round=final, reason="001 号取消资格", actor=cast.organiser, at=AFTER_FINAL)
    assert golds_of(first) == ["001", "002"]
    assert golds_of(result) == golds
    assert result.placings.get(entry__number=1).get_outcome_display() == "取消资格"
    gold = next(row for row in record_of(result)["output"]["awards"] if (row["group"], row["award"]) == ("startup", "gold"))
    assert (gold["winners"], gold["vacant"], gold["status"]) == (golds, 2 - len(golds), "decided")
    assert record_bytes(compute(record_of(result)["input"])).decode() == result.record
    path = tmp_path / "record.json"
    path.write_text(result.record, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", TOOL, path, "--sha256", result.sha256], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def golds_of(result) -> list[str]:
    won = AwardDecision.objects.filter(placing__result=result, placing__group__code="startup")
    return sorted(one.placing.entry.code for one in won.select_related("placing__entry"))


def test_who_is_disqualified_before_the_round_ends_was_never_in_it(cast):
    round_ = build_preliminary(cast.edition, FOUR, NO_VOTES)
    disqualify(2, cast, round_.stage.closes_at - timedelta(seconds=1))
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert {code: row[0] for code, row in outcomes(result).items()} == {"001": 1, "003": 2, "004": 3}


def test_a_special_award_is_chosen_by_the_committee_beside_the_gold(cast):
    special = AwardTypeFactory(edition=cast.edition, code="invest", name="投资价值奖", position=2, is_stackable=True)
    AwardQuotaFactory(award_type=special, group=cast.edition.tracks.get().groups.get(code="startup"), quota=1)
    publish_preliminary(cast)
    final = score_final(cast.edition)
    final.rules = {**final.rules, "awards": [{"code": "invest", "name": "投资价值奖", "basis": "choice"}]}
    final.save(update_fields=["rules"])
    result = compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL)
    assert [(row["award"], row["tied"]) for row in open_decisions(result)] == [("invest", ["002", "001", "003"])]
    decided = decide_award_tie(
        result=result, group="startup", award="invest", entries=["001"], reason="融资意向最多", actor=cast.organiser, at=AFTER_FINAL
    )
    won = AwardDecision.objects.get(placing__result=decided, award_type=special)
    assert (won.placing.entry.code, won.note) == ("001", "评委会评选：融资意向最多")
    assert decided.reason == "评委会评选“投资价值奖”：融资意向最多"
    assert open_decisions(decided) == []


def test_a_group_of_one_takes_one_award_and_leaves_the_other_empty(cast):
    """011 alone in its group: 95 and 70 dropped, 89 × 3 ÷ 3 = 89.00; of two golds one is given."""
    marks = {1: ("startup", ["90"] * 3), 2: ("startup", ["80"] * 3), 11: ("growth", ["70"] * 3)}
    publish_preliminary(cast, marks=marks, votes={"001": 0, "002": 0, "011": 0})
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    assert totals(result)["011"] == "89.00" and outcomes(result)["011"] == (1, False, "")
    (gold,) = (row for row in record_of(result)["output"]["awards"] if row["group"] == "growth")
    assert (gold["winners"], gold["vacant"], gold["status"]) == (["011"], 1, "decided")
