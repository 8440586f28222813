"""The frozen inputs of a round result: read, checked and put into one order, so that equal facts give equal bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from competitions.pure.award_rule import BY_CHOICE
from competitions.pure.rule_reader import decimal_of
from competitions.pure.rule_set import RuleSet
from core.canonical import canonical_json
from core.fault import Fault
from judging.pure.marks import Criterion
from results.pure.awards import TieDecision, VacancyDecision

INPUT_FORMAT = "jianggaosai-result-input/1"
COMPETING = "competing"
DECLINED = "declined"
STRUCK = "struck"
LEFT = (DECLINED, STRUCK)
BYE = "bye"
AWARD_TIE, AWARD_CHOICE, AWARD_VACANT = KINDS = ("award_tie", "award_choice", "award_vacant")
STATUSES = (COMPETING, *LEFT, BYE, "withdrawn", "disqualified")
MEMBERS = {
    "format", "rule_set", "groups", "rubrics", "entries", "sheets", "votes", "prior_totals", "decisions", "meta",
}


@dataclass(frozen=True, slots=True)
class RecordInput:
    """What `results.pure.record.compute` works on; `normal` is the same as JSON values, in canonical order."""

    normal: dict[str, Any]
    rules: RuleSet
    groups: tuple[str, ...]
    rubrics: dict[str, tuple[Criterion, ...]]
    entries: dict[str, dict[str, str]]
    sheets: dict[str, list[tuple[str, dict[str, Decimal] | None]]]
    votes: dict[str, int] | None
    prior_totals: dict[str, Decimal]
    plain_decided: bool
    decisions: dict[str, list[TieDecision | VacancyDecision]]

    def ranked(self, group: str) -> list[str]:
        """Entries of the group that are scored and placed: competing, or declined or struck out only after that."""
        return [
            code
            for code, entry in self.entries.items()
            if entry["group"] == group and entry["status"] in (COMPETING, *LEFT)
        ]

    def with_status(self, group: str, *statuses: str) -> list[str]:
        return [c for c, entry in self.entries.items() if entry["group"] == group and entry["status"] in statuses]


def read_input(data: Mapping[str, Any]) -> RecordInput:
    """Check the inputs described in `results/pure/record.py`. Refuses what is missing, unknown or contradictory."""
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError) as reason:
        raise Fault("bad_record_input", f"输入缺少成员或类型不符：{reason}。") from reason


def _read(data: Mapping[str, Any]) -> RecordInput:
    canonical_json(data)
    odd = sorted(MEMBERS.symmetric_difference(data))
    if odd or data["format"] != INPUT_FORMAT:
        _refuse(f"输入应为 {INPUT_FORMAT} 格式，成员不符：{'、'.join(odd) or data['format']}。")
    rules = RuleSet.from_dict(data["rule_set"])
    groups = tuple(group["code"] for group in data["groups"])
    _refuse_twice("组别", groups)
    rubrics = {name: tuple(_criterion(row) for row in rows) for name, rows in sorted(data["rubrics"].items())}
    for rubric in rubrics.values():
        _refuse_twice("评分项", [criterion.code for criterion in rubric])
    entries = _entries(data["entries"], groups, rubrics)
    sheets = _sheets(data["sheets"], entries)
    votes = _votes(data["votes"], rules, entries)
    prior = {code: _shown(total, f"项目 {code} 的上一轮总分") for code, total in sorted(data["prior_totals"].items())}
    _refuse_unknown("上一轮总分", prior, entries)
    normal = {
        **data,
        "rule_set": rules.as_dict(),
        "rubrics": {name: [_criterion_row(one) for one in rubric] for name, rubric in rubrics.items()},
        "entries": [{"code": code, **entry} for code, entry in entries.items()],
        "sheets": _sheet_rows(data["sheets"]),
        "votes": votes,
        "prior_totals": {code: str(total) for code, total in prior.items()},
    }
    plain, decisions = _decisions(data["decisions"], rules, groups)
    return RecordInput(normal, rules, groups, rubrics, entries, sheets, votes, prior, plain, decisions)


def _criterion(row: Mapping[str, Any]) -> Criterion:
    name = f"评分项“{row['name']}”"
    return Criterion(
        row["code"],
        row["name"],
        *(_number(row[key], name) for key in ("max", "step", "weight")),
    )


def _criterion_row(one: Criterion) -> dict[str, str]:
    return {
        "code": one.code,
        "name": one.name,
        "max": str(one.maximum),
        "step": str(one.step),
        "weight": str(one.weight),
    }


def _entries(rows, groups, rubrics) -> dict[str, dict[str, str]]:
    _refuse_twice("项目", [row["code"] for row in rows])
    for row in rows:
        if row["group"] not in groups or row["rubric"] not in rubrics or row["status"] not in STATUSES:
            _refuse(f"项目 {row['code']} 的组别、评分表或状态未知：{row['group']}、{row['rubric']}、{row['status']}。")
    ordered = sorted(rows, key=lambda row: row["code"])
    return {row["code"]: {key: row[key] for key in ("group", "rubric", "status")} for row in ordered}


def _sheets(rows, entries) -> dict[str, list[tuple[str, dict[str, Decimal] | None]]]:
    _refuse_twice("评分表", [f"{row['entry']} / {row['judge']}" for row in rows])
    _refuse_unknown("评分表", {row["entry"]: 1 for row in rows}, entries)
    found: dict[str, list[tuple[str, dict[str, Decimal] | None]]] = {code: [] for code in entries}
    for row in _sheet_rows(rows):
        scores = row["scores"]
        if scores is not None:
            scores = {code: _number(score, f"项目 {row['entry']} 的评分") for code, score in scores.items()}
        elif not row["reason"]:
            _refuse(f"{row['judge']} 未给项目 {row['entry']} 评分，请写明原因（缺席、回避等）。")
        found[row["entry"]].append((row["judge"], scores))
    return found


def _sheet_rows(rows) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: (row["entry"], row["judge"]))
    return [
        {
            "entry": row["entry"],
            "judge": row["judge"],
            "reason": row.get("reason", ""),
            "scores": None if row["scores"] is None else {c: str(decimal_of(s)) for c, s in row["scores"].items()},
        }
        for row in ordered
    ]


def _votes(votes, rules: RuleSet, entries) -> dict[str, int] | None:
    if votes is None:
        if rules.needs_votes:
            _refuse("规则需要公众投票，但输入中没有最终计票结果。请先完成投票的最终确认。")
        return None
    _refuse_unknown("计票结果", votes, entries)
    wrong = sorted(code for code, count in votes.items() if type(count) is not int or count < 0)
    if wrong:
        _refuse(f"票数应为不小于 0 的整数：{'、'.join(wrong)}。")
    return {code: votes.get(code, 0) for code in entries}


def _decisions(rows, rules: RuleSet, groups) -> tuple[bool, dict[str, list[TieDecision | VacancyDecision]]]:
    found: dict[str, list[TieDecision | VacancyDecision]] = {group: [] for group in groups}
    awards = {award.code: award for award in rules.awards}
    for row in rows:
        if not row.get("by") or not row.get("reason"):
            _refuse("每个决定都要写明决定人和理由。")
        if row["kind"] == "plain_mean":
            continue
        if row["kind"] not in KINDS or row["group"] not in groups or row["award"] not in awards:
            _refuse(f"决定的种类、组别或奖项未知：{row['kind']}、{row.get('group')}、{row.get('award')}。")
        if row["kind"] != AWARD_VACANT:
            if (row["kind"] == AWARD_CHOICE) != (awards[row["award"]].basis == BY_CHOICE):
                _refuse(f"“{awards[row['award']].name}”的决定种类与评定依据不符：{row['kind']}。")
            found[row["group"]].append(TieDecision(row["award"], tuple(sorted(row["entries"]))))
        else:
            found[row["group"]].append(VacancyDecision(row["award"], row["count"]))
    return any(row["kind"] == "plain_mean" for row in rows), found


def _number(value: object, what: str) -> Decimal:
    number = decimal_of(value)
    if number is None:
        _refuse(f"{what}应为写成文本的小数，现为 {value!r}。")
    return number


def _shown(value: Any, what: str) -> Decimal:
    """The number with the decimals it was shown with: 86.10 stays 86.10."""
    _number(value, what)
    return Decimal(format(Decimal(value), "f"))


def _refuse_unknown(what: str, named, entries) -> None:
    unknown = sorted(set(named) - set(entries))
    if unknown:
        _refuse(f"{what}中有不属于本轮的项目：{'、'.join(unknown)}。")


def _refuse_twice(what: str, codes) -> None:
    twice = sorted({code for code in codes if list(codes).count(code) > 1})
    if twice:
        _refuse(f"{what}重复：{'、'.join(twice)}。")


def _refuse(sentence: str) -> NoReturn:
    raise Fault("bad_record_input", sentence)
