"""The record of computation of one round: frozen inputs, every step, the output. Anybody can recompute it.

Input (`format` "jianggaosai-result-input/1"; decimals are text, counts are whole numbers; all members required):

    {"format": "jianggaosai-result-input/1",
     "rule_set": {…RuleSet.as_dict()…},
     "groups": [{"code": "startup", "name": "初创组"}, …],                    in the order to be shown
     "rubrics": {"<rubric>": [{"code", "name", "max": "15", "step": "0.5", "weight": "1"}, …]},
     "entries": [{"code": "E01", "group": "startup", "rubric": "<rubric>",
                  "status": "competing" | "declined" | "struck" | "bye" | "withdrawn" | "disqualified"}, …],
     "sheets": [{"entry": "E01", "judge": "J1", "scores": {"A1": "12.5", …}, "reason": ""}
                or {…, "scores": null, "reason": "回避"}, …],
     "votes": {"E01": 1200, …} | null,       final tally of the ledger, all groups; an entry it lacks has no vote
     "prior_totals": {"E01": "86.10", …},    totals of the round before ({} in the first round)
     "decisions": [{"kind": "plain_mean", "by", "reason"},
                   {"kind": "award_tie" | "award_choice", "group", "award", "entries": ["E02", …], "by", "reason"},
                   {"kind": "award_vacant", "group", "award", "count": 1, "by", "reason"}],
     "meta": {…}}                            carried unchanged: edition, round, checkpoint of the vote ledger, who, when

`declined` entries are ranked but give up their place in the next round and their awards, `struck` ones lose both, disqualified only
after the round: whether the next in line moves up says `backfill` of the advance rule and of each award, and nobody's total or place
changes. `bye` entries go on unranked; withdrawn and disqualified ones take no part, and their votes count for nobody. Judges and entries are named by code only.
A key is null when an entry has none; `untrimmed_sum` is null for an entry with fewer marks than others of its group.

Record (`format` "jianggaosai-result/1"):

    {"format", "input": {…as above, sorted…}, "input_sha256", "rule_set_sha256",
     "rule_text": ["…", …],                                     RuleSet.sentences()
     "steps": {
       "judge_totals": [{"entry", "judge", "total": "88.5" | null}, …],
       "panel": {"method": "plain" | "trimmed", "plain_decided": false,
                 "entries": {"E01": {"score", "kept": [judges], "dropped_high": [judges], "dropped_low": [judges],
                                     "left_out": [judges], "untrimmed_sum", "untrimmed_mean"}}},
       "votes": null | {"method", "groups": {"startup": {"most": 1200, "field": 35}},
                        "entries": {"E01": {"votes": 1200, "place": 1, "points": "100.00" | null}}},
       "totals": {"E01": {"parts": {"panel": {"value", "weight", "product"}, …}, "total": "87.92"}},
       "ranking": {"startup": [{"entry", "place": 2, "shared": true, "decided_by": "panel" | null,
                                "passed_over": ["prior_total"], "keys": {"total": "87.92", …}}, …]}},
     "output": {
       "placings": [{"group", "entry", "place": 2, "shown": "2=", "total": "87.92", "decided_by"}, …],
       "advance": {"startup": null | {"field", "quota", "cut_place", "tied_at_cut", "advanced", "byes", "declined"}},     declined: struck too
       "awards": [{"group", "award", "name", "quota", "winners", "shared", "vacant", "tied", "status"}, …],
       "open": [{"group", "award", "status", "tied"}, …]},      what the committee has still to decide
     "output_sha256"}

`*_sha256` are of the canonical JSON of that member (`core.canonical`). Stored and exported is
`canonical_json(record)`; equal inputs give equal bytes. Norm: trust.md §1.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from competitions.pure.rule_set import PANEL, PUBLIC_VOTE, UNTRIMMED_SUM
from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from judging.pure.marks import judge_total
from judging.pure.panel import PanelScore, panel_method, panel_score
from results.pure.combine import combine, weighted_total
from results.pure.rank import Placing, rank
from results.pure.record_input import RecordInput, read_input
from results.pure.record_output import round_output
from results.pure.votes_to_points import vote_places, votes_to_points

FORMAT = "jianggaosai-result/1"


def compute(record_input: Mapping[str, Any]) -> dict[str, Any]:
    """The full record of computation of one round from its frozen inputs; shapes as described above.

    Refuses, in Chinese, inputs that are incomplete or contradict the rules; it never fills in a mark.
    """
    given = read_input(record_input)
    totals_of_judges = _judge_totals(given)
    method, scores = _panel(given, totals_of_judges)
    votes = _votes(given)
    totals = _totals(given, scores, votes)
    chains = {group: _chains(given, group, scores, totals) for group in given.groups}
    placings = {group: rank({code: tuple(keys.values()) for code, keys in chains[group].items()}) for group in chains}
    output = round_output(given, placings, totals, votes)
    return {
        "format": FORMAT,
        "input": given.normal,
        "input_sha256": _hash(given.normal),
        "rule_set_sha256": given.rules.sha256,
        "rule_text": given.rules.sentences(),
        "steps": {
            "judge_totals": [
                {"entry": code, "judge": judge, "total": None if total is None else str(total)}
                for code, row in totals_of_judges.items()
                for judge, total in row
            ],
            "panel": {
                "method": method,
                "plain_decided": given.plain_decided,
                "entries": {code: _panel_row(scores[code], row) for code, row in totals_of_judges.items()},
            },
            "votes": votes,
            "totals": totals,
            "ranking": {group: _ranking(given, placings[group], chains[group]) for group in given.groups},
        },
        "output": output,
        "output_sha256": _hash(output),
    }


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """What is stored and exported: the record as canonical JSON."""
    return canonical_json(record)


def _judge_totals(given: RecordInput) -> dict[str, list[tuple]]:
    """Step 1: what each judge gave each ranked entry."""
    found = {}
    for group in given.groups:
        for code in given.ranked(group):
            rubric = given.rubrics[given.entries[code]["rubric"]]
            found[code] = [(judge, _sheet_total(code, judge, s, rubric)) for judge, s in given.sheets[code]]
    return dict(sorted(found.items()))


def _sheet_total(code, judge, scores, rubric):
    if scores is None:
        return None
    try:
        return judge_total(scores, rubric)
    except Fault as fault:
        raise Fault(fault.code, f"{judge} 给项目 {code} 的评分：{fault.message}") from None


def _panel(given: RecordInput, totals_of_judges) -> tuple[str, dict[str, PanelScore]]:
    """Step 2: one method for the whole round, then the panel score of each entry."""
    counts = {code: sum(total is not None for _, total in row) for code, row in totals_of_judges.items()}
    unmarked = [code for code, count in counts.items() if not count]
    if unmarked:
        raise Fault("no_marks", f"这些项目没有任何有效评分：{'、'.join(unmarked)}。请补充评分或登记退赛。")
    method = panel_method(counts.values(), given.rules.panel, plain_decided=given.plain_decided)
    return method, {
        code: panel_score([total for _, total in row], given.rules.panel, method=method)
        for code, row in totals_of_judges.items()
    }


def _panel_row(score: PanelScore, row) -> dict[str, Any]:
    judges = [judge for judge, _ in row]
    named = {name: [judges[p] for p in getattr(score, name)] for name in ("kept", "dropped_high", "dropped_low", "left_out")}
    return {
        "score": str(score.score),
        **named,
        "untrimmed_sum": str(score.untrimmed_sum),
        "untrimmed_mean": str(score.untrimmed_mean),
    }


def _votes(given: RecordInput) -> dict[str, Any] | None:
    """Step 3: public-vote points, per group and among the ranked entries only."""
    if given.votes is None or not given.rules.needs_votes:
        return None
    method = given.rules.public_vote
    groups, entries = {}, {}
    for group in given.groups:
        votes = {code: given.votes[code] for code in given.ranked(group)}
        places = vote_places(votes)
        points = {} if method == "none" else votes_to_points(votes, method)
        groups[group] = {"most": max(votes.values(), default=0), "field": len(votes)}
        for code, count in votes.items():
            shown = str(points[code]) if points else None
            entries[code] = {"votes": count, "place": places[code], "points": shown}
    return {"method": method, "groups": groups, "entries": dict(sorted(entries.items()))}


def _totals(given: RecordInput, scores: Mapping[str, PanelScore], votes) -> dict[str, dict[str, Any]]:
    """Step 4: the blend."""
    weights = {part: weight for part, weight in given.rules.weights if weight}
    found = {}
    for code, score in scores.items():
        values = {PANEL: score.score}
        if PUBLIC_VOTE in weights:
            values[PUBLIC_VOTE] = Decimal(votes["entries"][code]["points"])
        found[code] = {
            "parts": {
                part: {
                    "value": str(score.score) if part == PANEL else votes["entries"][code]["points"],
                    "weight": str(weight),
                    "product": str(weighted_total([values[part]], [weight])),
                }
                for part, weight in weights.items()
            },
            "total": str(combine(values, weights, given.rules.total_places)),
        }
    return found


def _chains(given: RecordInput, group: str, scores, totals) -> dict[str, dict[str, Any]]:
    """Step 5, first half: what each entry of a group is compared by, in the order of the tie chain.

    An entry with fewer marks than others of its group has no sum of marks to compare: the missing mark would be a 0.
    """
    most = max((len(_marks(scores[code])) for code in given.ranked(group)), default=0)
    full = {code: len(_marks(scores[code])) == most for code in given.ranked(group)}
    return {
        code: {
            step: None if step == UNTRIMMED_SUM and not full[code] else _key(step, code, given, scores[code], totals[code])
            for step in given.rules.tie_chain
        }
        for code in given.ranked(group)
    }


def _marks(score: PanelScore) -> tuple[int, ...]:
    return score.kept + score.dropped_high + score.dropped_low


def _key(step: str, code: str, given: RecordInput, score: PanelScore, total):
    known = {
        "total": Decimal(total["total"]),
        "panel": score.score,
        UNTRIMMED_SUM: score.untrimmed_sum,
        "untrimmed_mean": score.untrimmed_mean,
        "prior_total": given.prior_totals.get(code),
    }
    return known[step]


def _ranking(given: RecordInput, placings: list[Placing], chains) -> list[dict[str, Any]]:
    chain = given.rules.tie_chain
    return [
        {
            "entry": one.entry,
            "place": one.place,
            "shared": one.shared,
            "decided_by": None if one.decided_by is None else chain[one.decided_by],
            "passed_over": [chain[step] for step in one.passed_over],
            "keys": {step: None if key is None else str(key) for step, key in chains[one.entry].items()},
        }
        for one in placings
    ]


def _hash(value: object) -> str:
    return sha256_hex(canonical_json(value))
