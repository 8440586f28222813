import copy
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from results.pure.record import compute, record_bytes
from tests.results.pure.result_inputs import entry, round_input, sample_final, sample_preliminary

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_result.py"
SPEC = importlib.util.spec_from_file_location("verify_result", TOOL)
verify_result = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(verify_result)


def run(folder: Path, data: bytes, *options: str) -> tuple[int, str]:
    """Run the tool as an outsider would: no package of ours on its path."""
    path = folder / "record.json"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), str(path), *options], capture_output=True, cwd=folder, timeout=60, check=False
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def decided_final() -> dict:
    said = {"by": "评委会", "reason": "合议", "group": "growth"}
    tie = {"kind": "award_tie", "award": "gold", "entries": ["G02", "G03", "G01"], **said}
    vacancy = {"kind": "award_vacant", "award": "silver", "count": 2, **said}
    return sample_final(decisions=[tie, vacancy])


@pytest.mark.parametrize("make", [sample_final, sample_preliminary, decided_final])
def test_a_right_record_passes(tmp_path, make):
    data = record_bytes(compute(make()))
    code, said = run(tmp_path, data, "--sha256", sha256_hex(data))
    assert code == 0 and said.startswith("通过") and "与公布的哈希一致" in said


def test_a_record_printed_nicely_has_the_same_hash(tmp_path):
    record = compute(sample_final())
    code, said = run(tmp_path, json.dumps(record, ensure_ascii=False, indent=2).encode())
    assert code == 0 and sha256_hex(record_bytes(record)) in said


def altered(path: list, value) -> dict:
    record = copy.deepcopy(compute(sample_final()))
    target = record
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return record


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        (["output", "placings", 0, "entry"], "E02", "output.placings[0 E04].entry：记录为 \"E02\"，重算为 \"E04\""),
        (["output", "awards", 0, "winners"], ["E04", "E01"], "output.awards[0].winners[1]"),
        (["output", "open"], [], "output.open"),
        (["steps", "panel", "entries", "E01", "score"], "89.01", "steps.panel.entries.E01.score：记录为 \"89.01\"，重算为 \"89.00\""),
        (["steps", "panel", "method"], "plain", "steps.panel.method"),
        (["steps", "judge_totals", 0, "total"], "88.50", "steps.judge_totals[0 E01].total"),
        (["steps", "ranking", "startup", 0, "place"], 1.0, "浮点数"),
        (["input", "sheets", 0, "scores", "A"], "99", "重算为 \"99\""),
        (["input", "rule_set", "panel", "method"], "plain", "rule_set_sha256"),
        (["input", "meta", "edition"], "2027", "input_sha256"),
        (["input", "sheets", 1, "judge"], "J1", "评分表重复"),
        (["input", "entries", 0, "group"], "seed", "未登记"),
        (["input", "rule_set", "weights", "panel"], "0.9", "权重之和不为 1"),
        (["input", "sheets"], [], "没有任何有效评分"),
        (["input", "sheets", 0, "scores", "A"], "88.501", "超出范围或不在档上"),
        (["input", "entries"], None, "读不出或不完整"),
        (["output_sha256"], "0" * 64, "output_sha256"),
        (["format"], "x", "不是 jianggaosai-result/1 格式"),
    ],
)  # fmt: skip
def test_an_altered_record_is_refused_and_the_fault_named(tmp_path, path, value, part):
    code, said = run(tmp_path, json.dumps(altered(path, value), ensure_ascii=False).encode())
    assert code == 1 and said.startswith("不通过")
    assert part in said


def test_a_place_altered_together_with_its_hash_is_refused(tmp_path):
    record = altered(["output", "placings", 0, "place"], 2)
    record["output_sha256"] = sha256_hex(canonical_json(record["output"]))
    code, said = run(tmp_path, record_bytes(record))
    assert code == 1 and "output.placings[0 E04].place：记录为 2，重算为 1" in said


def test_a_record_computed_anew_from_altered_marks_is_found_by_the_published_hash(tmp_path):
    honest = record_bytes(compute(sample_final()))
    forged = sample_final()
    forged["sheets"][0]["scores"]["A"] = "99"
    data = record_bytes(compute(forged))
    assert run(tmp_path, data)[0] == 0
    code, said = run(tmp_path, data, "--sha256", sha256_hex(honest))
    assert code == 1 and "这不是公布的那份记录" in said


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"format":"a","format":"b"}', b"\xff", b"[" * 100000])
def test_what_is_no_record_is_refused(tmp_path, data):
    code, said = run(tmp_path, data)
    assert code == 1 and said.startswith("不通过")


MARK = st.sampled_from(["60", "70.5", "80", "88.125", "90", None])
RULES = st.fixed_dictionaries(
    {
        "version": st.just(1),
        "round": st.just("preliminary"),
        "panel": st.sampled_from([{"method": "plain"}, {"method": "trimmed"}, {"method": "trimmed", "drop_high": 2, "places": 1}]),
        "public_vote": st.sampled_from(["max", "rank", "log", "steps"]),
        "weights": st.sampled_from([{"panel": "0.95", "public_vote": "0.05"}, {"panel": "1"}, {"panel": "0.7", "public_vote": "0.3"}]),
        "tie_chain": st.sampled_from([["total"], ["total", "untrimmed_sum", "prior_total"], ["total", "panel", "untrimmed_mean"]]),
        "advance": st.sampled_from(
            [
                {},
                {"*": {"top_n": 2, "byes": 9}},
                {"*": {"method": "percent", "percent": "40", "min": 1, "max": 2, "backfill": True, "byes": 9}},
            ]
        ),
        "awards": st.sampled_from(
            [
                [],
                [
                    {"code": "g", "name": "金奖", "quotas": {"*": 1}},
                    {"code": "s", "name": "银奖", "quotas": {"*": 2}, "tie": "share", "may_stay_vacant": False},
                    {"code": "p", "name": "人气奖", "quotas": {"growth": 1}, "stackable": True, "basis": "votes"},
                ],
                [{"code": "g", "name": "金奖", "quotas": {"*": 2}, "min_total": "75", "tie": "share"}],
                [
                    {"code": "g", "name": "金奖", "quotas": {"*": 1}, "backfill": True},
                    {"code": "s", "name": "银奖", "quotas": {"*": 2}},
                    {"code": "i", "name": "投资价值奖", "quotas": {"startup": 1}, "stackable": True, "basis": "choice"},
                ],
            ]
        ),
        "total_places": st.sampled_from([0, 2]),
    }
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(RULES, st.data())
def test_two_independent_computations_always_agree(rules, data):
    codes = [f"E{number}" for number in range(data.draw(st.integers(1, 6)))]
    marks = {code: data.draw(st.lists(MARK, min_size=5, max_size=7)) for code in codes}
    given_input = round_input(
        rules,
        marks,
        growth=tuple(data.draw(st.sets(st.sampled_from(codes)))),
        votes=data.draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 4))),
        prior_totals=data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(["80", "80.00", "81.5"]))),
        decisions=[{"kind": "plain_mean", "by": "组长", "reason": "缺席"}] if data.draw(st.booleans()) else [],
    )
    statuses = st.sampled_from(["competing"] * 4 + ["declined", "struck", "withdrawn", "bye"])
    for row in given_input["entries"]:
        row["status"] = data.draw(statuses)
    given_input["entries"].append(entry("X", status="disqualified"))
    try:
        record = compute(given_input)
    except Fault as fault:
        assert fault.code in ("marks_missing", "no_marks", "too_many_byes")
        return
    assert verify_result.faults_of(json.loads(record_bytes(record))) == []
