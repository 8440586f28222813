"""The record of computation of one round: frozen inputs, every step, the output. Anybody can recompute it.

Input (`format` "jianggaosai-result-input/1"; decimals are text, counts are whole numbers; all members required):

    {"format": "jianggaosai-result-input/1",
     "rule_set": {…RuleSet.as_dict()…},
     "groups": [{"code": "startup", "name": "初创组"}, …],                    in the order to be shown
     "rubrics": {"<rubric>": [{"code", "name", "max": "15", "step": "0.5", "weight": "1"}, …]},
     "entries": [{"code": "E01", "group": "startup", "rubric": "<rubric>",
                  "status": "competing" | "declined" | "bye" | "withdrawn" | "disqualified"}, …],
     "sheets": [{"entry": "E01", "judge": "J1", "scores": {"A1": "12.5", …}, "reason": ""}
                or {…, "scores": null, "reason": "回避"}, …],
     "votes": {"E01": 1200, …} | null,       final tally of the ledger, all groups; an entry it lacks has no vote
     "prior_totals": {"E01": "86.10", …},    totals of the round before ({} in the first round)
     "decisions": [{"kind": "plain_mean", "by", "reason"},
                   {"kind": "award_tie", "group", "award", "entries": ["E02", …], "by", "reason"},
                   {"kind": "award_vacant", "group", "award", "count": 1, "by", "reason"}],
     "meta": {…}}                            carried unchanged: edition, round, checkpoint of the vote ledger, who, when

`declined` entries are ranked but give up their place in the next round; `bye` entries go on unranked; withdrawn and
disqualified ones take no part, and their votes count for nobody. Judges and entries are named by code only.

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
       "advance": {"startup": null | {"field", "quota", "cut_place", "tied_at_cut", "advanced", "byes", "declined"}},
       "awards": [{"group", "award", "name", "quota", "winners", "shared", "vacant", "tied", "status"}, …],
       "open": [{"group", "award", "status", "tied"}, …]},      what the committee has still to decide
     "output_sha256"}

`*_sha256` are of the canonical JSON of that member (`core.canonical`). Stored and exported is
`canonical_json(record)`; equal inputs give equal bytes. Norm: trust.md §1.
"""

from collections.abc import Mapping
from decimal import Decimal

from competitions.pure.award_rule import BY_VOTES
from competitions.pure.rule_set import PANEL, PUBLIC_VOTE
from core.canonical import canonical_json, sha256_hex
from core.fault import Fault
from judging.pure.marks import judge_total
from judging.pure.panel import PanelScore, panel_method, panel_score
from results.pure.advance import finalists
from results.pure.awards import DECIDED, allocate_awards
from results.pure.combine import combine, weighted_total
from results.pure.rank import Placing, rank
from results.pure.record_input import BYE, DECLINED, RecordInput, read_input
from results.pure.votes_to_points import vote_places, votes_to_points

FORMAT = "jianggaosai-result/1"


def compute(record_input: Mapping[str, object]) -> dict[str, object]:
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
    output = _output(given, placings, totals, votes)
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


def record_bytes(record: Mapping[str, object]) -> bytes:
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
        raise Fault(fault.code, f"评委 {judge} 给项目 {code} 的评分：{fault.message}") from None


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


def _panel_row(score: PanelScore, row) -> dict[str, object]:
    judges = [judge for judge, _ in row]
    named = {name: [judges[p] for p in getattr(score, name)] for name in ("kept", "dropped_high", "dropped_low", "left_out")}
    return {
        "score": str(score.score),
        **named,
        "untrimmed_sum": str(score.untrimmed_sum),
        "untrimmed_mean": str(score.untrimmed_mean),
    }


def _votes(given: RecordInput) -> dict[str, object] | None:
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


def _totals(given: RecordInput, scores: Mapping[str, PanelScore], votes) -> dict[str, dict[str, object]]:
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


def _chains(given: RecordInput, group: str, scores, totals) -> dict[str, dict[str, object]]:
    """Step 5, first half: what each entry of a group is compared by, in the order of the tie chain."""
    return {
        code: {step: _key(step, code, given, scores[code], totals[code]) for step in given.rules.tie_chain}
        for code in given.ranked(group)
    }


def _key(step: str, code: str, given: RecordInput, score: PanelScore, total):
    known = {
        "total": Decimal(total["total"]),
        "panel": score.score,
        "untrimmed_sum": score.untrimmed_sum,
        "untrimmed_mean": score.untrimmed_mean,
        "prior_total": given.prior_totals.get(code),
    }
    return known[step]


def _ranking(given: RecordInput, placings: list[Placing], chains) -> list[dict[str, object]]:
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


def _output(given: RecordInput, placings: Mapping[str, list[Placing]], totals, votes) -> dict[str, object]:
    """Step 6: places, finalists and awards, and what the committee has still to decide."""
    chain = given.rules.tie_chain
    rows = [
        {
            "group": group,
            "entry": one.entry,
            "place": one.place,
            "shown": one.shown,
            "total": totals[one.entry]["total"],
            "decided_by": None if one.decided_by is None else chain[one.decided_by],
        }
        for group in given.groups
        for one in placings[group]
    ]
    awards = [row for group in given.groups for row in _awards(given, group, placings[group], totals, votes)]
    return {
        "placings": rows,
        "advance": {group: _advance(given, group, placings[group]) for group in given.groups},
        "awards": awards,
        "open": [
            {key: row[key] for key in ("group", "award", "status", "tied")} for row in awards if row["status"] != DECIDED
        ],
    }


def _advance(given: RecordInput, group: str, placings: list[Placing]) -> dict[str, object] | None:
    rule = given.rules.advance_for(group)
    byes, declined = given.with_status(group, BYE), given.with_status(group, DECLINED)
    if rule is None:
        if byes:
            raise Fault("too_many_byes", f"本轮没有晋级规则，不能登记直接晋级：{'、'.join(byes)}。")
        return None
    found = finalists(placings, rule, byes=byes, declined=declined)
    return {
        "field": found.field,
        "quota": found.quota,
        "cut_place": found.cut_place,
        "tied_at_cut": list(found.tied_at_cut),
        "advanced": list(found.advanced),
        "byes": list(found.byes),
        "declined": list(found.declined),
    }


def _awards(given: RecordInput, group: str, placings: list[Placing], totals, votes) -> list[dict[str, object]]:
    by_votes: list[Placing] = []
    if any(award.basis == BY_VOTES for award in given.rules.awards):
        counts = {code: votes["entries"][code]["votes"] for code in given.ranked(group)}
        by_votes = rank({code: (count,) for code, count in counts.items() if count})
    outcomes = allocate_awards(
        given.rules.awards,
        group,
        placings,
        totals={one.entry: Decimal(totals[one.entry]["total"]) for one in placings},
        vote_placings=by_votes,
        decisions=given.decisions[group],
    )
    return [
        {
            "group": group,
            "award": award.code,
            "name": award.name,
            "quota": outcome.quota,
            "winners": list(outcome.winners),
            "shared": list(outcome.shared),
            "vacant": outcome.vacant,
            "tied": list(outcome.tied),
            "status": outcome.status,
        }
        for award, outcome in zip(given.rules.awards, outcomes, strict=True)
    ]


def _hash(value: object) -> str:
    return sha256_hex(canonical_json(value))
