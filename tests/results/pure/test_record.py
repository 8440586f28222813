import json
import random

import pytest

from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from results.pure.record import compute, record_bytes
from tests.results.pure.result_inputs import (
    entry,
    final_input,
    preliminary_input,
    round_input,
    sample_final,
    sample_preliminary,
    sheets,
)


def places(record, group="startup") -> dict[str, str]:
    return {row["entry"]: row["shown"] for row in record["output"]["placings"] if row["group"] == group}


def award(record, code, group="startup") -> dict:
    return next(row for row in record["output"]["awards"] if (row["award"], row["group"]) == (code, group))


def test_a_final_step_by_step():
    record = compute(sample_final())
    panel = record["steps"]["panel"]
    assert panel["method"] == "trimmed"
    assert panel["entries"]["E01"]["score"] == "89.00"
    assert panel["entries"]["E01"]["dropped_high"] == ["J5"] and panel["entries"]["E01"]["dropped_low"] == ["J7"]
    assert panel["entries"]["E05"]["left_out"] == ["J2"] and panel["entries"]["E05"]["score"] == "87.25"
    assert places(record) == {"E04": "1", "E02": "2", "E01": "3", "E03": "4", "E05": "5"}
    decided = {row["entry"]: row["decided_by"] for row in record["output"]["placings"]}
    assert decided["E01"] == "untrimmed_sum" and decided["E04"] == "total" and decided["G01"] is None
    assert places(record, "growth") == {"G01": "1=", "G02": "1=", "G03": "1=", "G04": "4"}
    assert award(record, "gold")["winners"] == ["E04", "E02"]
    assert [row["status"] for row in record["output"]["open"]] == ["committee", "waiting", "waiting"]


def test_the_committees_decision_closes_what_was_open():
    decision = {"kind": "award_tie", "group": "growth", "award": "gold", "entries": ["G03", "G01"], "by": "评委会", "reason": "合议"}
    record = compute(sample_final(decisions=[decision]))
    assert award(record, "gold", "growth")["winners"] == ["G01", "G03"]
    assert award(record, "silver", "growth")["winners"] == ["G02", "G04"]
    assert record["output"]["open"] == []


def test_the_preliminary_total_decides_before_a_place_is_shared():
    record = compute(sample_final(prior_totals={"G01": "85.10", "G02": "86.1", "G03": "86.10"}))
    assert places(record, "growth") == {"G02": "1=", "G03": "1=", "G01": "3", "G04": "4"}
    row = record["steps"]["ranking"]["growth"][2]
    assert row["decided_by"] == "prior_total" and row["keys"]["prior_total"] == "85.10"


def test_a_preliminary_with_votes():
    marks = {"E01": ["86.4", "86.4", "86.4"], "E02": ["80", "80", "80"], "E03": ["86.4", "86.4", "86.4"]}
    record = compute(preliminary_input(marks, {"E01": 150000, "E02": 200000, "E03": 1}))
    assert record["steps"]["votes"]["entries"]["E01"] == {"votes": 150000, "place": 2, "points": "75.00"}
    assert record["steps"]["totals"]["E01"] == {
        "parts": {
            "panel": {"value": "86.40", "weight": "0.95", "product": "82.08"},
            "public_vote": {"value": "75.00", "weight": "0.05", "product": "3.75"},
        },
        "total": "85.83",
    }
    assert places(record) == {"E01": "1", "E03": "2", "E02": "3"}
    assert record["output"]["advance"]["startup"]["advanced"] == ["E01", "E03", "E02"]


def test_withdrawn_byes_and_declined():
    data = preliminary_input({f"E{n:02}": ["80", "81", str(60 + n)] for n in range(1, 6)}, {"E04": 10, "E05": 500})
    data["rule_set"]["advance"] = {"*": {"method": "top_n", "top_n": 2, "byes": 1, "backfill": True}}
    data["entries"][4]["status"] = "withdrawn"
    data["entries"][3]["status"] = "declined"
    data["entries"].append(entry("E06", status="bye"))
    record = compute(data)
    assert record["steps"]["votes"]["groups"]["startup"] == {"most": 10, "field": 4}
    assert places(record) == {"E04": "1", "E03": "2", "E02": "3", "E01": "4"}
    found = record["output"]["advance"]["startup"]
    assert (found["advanced"], found["byes"], found["declined"]) == (["E03", "E02"], ["E06"], ["E04"])


def test_a_tie_at_the_cut_lets_all_advance():
    data = preliminary_input({code: ["80", "80", "80"] for code in ("E1", "E2", "E3")}, {})
    data["rule_set"]["advance"] = {"*": {"method": "top_n", "top_n": 1}}
    found = compute(data)["output"]["advance"]["startup"]
    assert found["advanced"] == found["tied_at_cut"] == ["E1", "E2", "E3"] and found["quota"] == 1


def test_an_edition_without_public_vote_and_a_group_of_one():
    record = compute(final_input({"E01": ["90", "91", "92", "93", "94"]}))
    assert record["steps"]["votes"] is None
    assert places(record) == {"E01": "1"} and places(record, "growth") == {}
    assert record["output"]["advance"] == {"startup": None, "growth": None}
    assert award(record, "gold")["vacant"] == 1


def test_votes_for_a_popularity_award_only():
    data = final_input({"E01": ["90"] * 5, "E02": ["80"] * 5}, votes={"E01": 3, "E02": 9})
    popular = {"code": "pop", "name": "人气奖", "quotas": {"*": 1}, "stackable": True, "basis": "votes"}
    data["rule_set"]["awards"].append(popular)
    record = compute(data)
    assert record["steps"]["votes"]["entries"]["E02"] == {"votes": 9, "place": 1, "points": None}
    assert award(record, "pop")["winners"] == ["E02"] and record["steps"]["totals"]["E02"]["total"] == "80.00"


def test_a_missing_judge_needs_the_chief_judges_decision():
    marks = {"E01": ["90", "91", "92", "93", "94"], "E02": ["90", "91", None, "93", "94"]}
    with pytest.raises(Fault) as refusal:
        compute(final_input(marks))
    assert refusal.value.code == "marks_missing"
    decision = {"kind": "plain_mean", "by": "评委组长", "reason": "J3 因病离场"}
    record = compute(final_input(marks, decisions=[decision]))
    assert record["steps"]["panel"]["method"] == "plain" and record["steps"]["panel"]["plain_decided"]
    assert record["steps"]["panel"]["entries"]["E02"]["score"] == "92.00"
    assert places(record) == {"E01": "1=", "E02": "1="}
    assert record["steps"]["ranking"]["startup"][0]["passed_over"] == ["untrimmed_sum", "prior_total"]


@pytest.mark.parametrize("make", [sample_final, sample_preliminary])
def test_the_same_inputs_give_the_same_bytes_whatever_their_order(make):
    data, source = make(), random.Random(5)
    first = record_bytes(compute(data))
    for name in ("entries", "sheets"):
        source.shuffle(data[name])
    assert record_bytes(compute(data)) == first
    assert record_bytes(compute(json.loads(first)["input"])) == first


def test_the_hashes_are_of_the_canonical_parts():
    record = compute(sample_final())
    assert record["input_sha256"] == sha256_hex(canonical_json(record["input"]))
    assert record["output_sha256"] == sha256_hex(canonical_json(record["output"]))
    assert record["rule_set_sha256"] == sha256_hex(canonical_json(record["input"]["rule_set"]))


def with_sheet(**fields) -> dict:
    data = sample_final()
    data["sheets"][0] = {**data["sheets"][0], **fields}
    return data


def with_entry(**fields) -> dict:
    data = sample_final()
    data["entries"][0] = {**data["entries"][0], **fields}
    return data


DECISION = {"kind": "award_tie", "group": "growth", "award": "gold", "entries": ["G01"], "by": "评委会", "reason": "合议"}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (sample_final(format="x"), "成员不符：x"),
        (sample_final(extra=1), "成员不符：extra"),
        (sample_final(groups=[{"code": "startup"}, {"code": "startup"}]), "组别重复：startup"),
        (with_entry(code="E02"), "项目重复：E02"),
        (with_entry(group="seed"), "组别、评分表或状态未知：seed"),
        (with_entry(status="lost"), "状态未知：startup、all、lost"),
        (with_entry(status="bye"), "没有晋级规则，不能登记直接晋级：E01"),
        (with_sheet(judge="J2"), "评分表重复：E01 / J2"),
        (with_sheet(entry="E99"), "不属于本轮的项目：E99"),
        (with_sheet(scores={"A": "100.5"}), "J1 给项目 E01 的评分：“总评”应在 0 至 100"),
        (with_sheet(scores={"A": "88.001"}), "不在档上"),
        (with_sheet(scores={"A": "good"}), "应为写成文本的小数"),
        (with_sheet(scores={}), "还有评分项没有打分：总评"),
        (with_sheet(scores=None), "请写明原因"),
        (sample_final(sheets=[]), "没有任何有效评分：E01、E02"),
        (sample_preliminary(votes=None), "没有最终计票结果"),
        (sample_preliminary(votes={"X": 1}), "计票结果中有不属于本轮的项目：X"),
        (sample_preliminary(votes={"E01": -1}), "票数应为不小于 0 的整数：E01"),
        (sample_final(prior_totals={"X": "80"}), "上一轮总分中有不属于本轮的项目：X"),
        (sample_final(prior_totals={"E01": "n/a"}), "应为写成文本的小数"),
        (sample_final(decisions=[{**DECISION, "reason": ""}]), "写明决定人和理由"),
        (sample_final(decisions=[{**DECISION, "award": "tin"}]), "决定的种类、组别或奖项未知"),
        (sample_final(decisions=[DECISION, {**DECISION, "group": "startup"}]), "决定与实际情况不符"),
    ],
)
def test_inputs_that_contradict_themselves_are_refused(data, part):
    with pytest.raises(Fault, match=part):
        compute(data)


@pytest.mark.parametrize(
    "members", [{"groups": [{}]}, {"entries": [{"code": "E01"}]}, {"sheets": None}, {"rubrics": []}, {"decisions": [{"by": "x", "reason": "y"}]}]
)
def test_inputs_with_members_missing_are_refused(members):
    with pytest.raises(Fault) as refusal:
        compute(sample_final(**members))
    assert refusal.value.code == "bad_record_input"


def test_floats_never_get_in():
    with pytest.raises(Fault) as refusal:
        compute(with_sheet(scores={"A": 88.5}))
    assert refusal.value.code == "not_canonical"


def test_a_rubric_with_weights_and_a_rule_with_a_vacancy():
    rubric = [
        {"code": "A", "name": "专利", "max": "10", "step": "0.5", "weight": "6"},
        {"code": "B", "name": "市场", "max": "10", "step": "0.1", "weight": "4"},
    ]
    vacancy = {"kind": "award_vacant", "group": "startup", "award": "gold", "count": 2, "by": "评委会", "reason": "未达水平"}
    data = final_input({"E01": ["0"]}, rubrics={"all": rubric}, decisions=[vacancy])
    data["sheets"] = [{**sheets("E01", "0")[0], "scores": {"A": "8.5", "B": "9.3"}}]
    record = compute(data)
    assert record["steps"]["judge_totals"] == [{"entry": "E01", "judge": "J1", "total": "88.2"}]
    assert award(record, "gold")["winners"] == [] and award(record, "gold")["vacant"] == 2
    assert award(record, "silver")["winners"] == ["E01"]


def test_a_rubric_with_a_code_twice_is_refused():
    data = round_input(sample_final()["rule_set"], {})
    data["rubrics"] = {"all": data["rubrics"]["all"] * 2}
    with pytest.raises(Fault, match="评分项重复：A"):
        compute(data)
