"""The last step of a record: places, finalists and awards, and what the committee has still to decide."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from competitions.pure.award_rule import BY_VOTES
from core.fault import Fault
from results.pure.advance import finalists
from results.pure.awards import DECIDED, allocate_awards
from results.pure.rank import Placing, rank
from results.pure.record_input import BYE, LEFT, RecordInput


def round_output(given: RecordInput, placings: Mapping[str, list[Placing]], totals, votes) -> dict[str, Any]:
    """The `output` member of the record (its shape: results/pure/record.py) from the places of each group."""
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


def _advance(given: RecordInput, group: str, placings: list[Placing]) -> dict[str, Any] | None:
    rule = given.rules.advance_for(group)
    byes, declined = given.with_status(group, BYE), given.with_status(group, *LEFT)
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


def _awards(given: RecordInput, group: str, placings: list[Placing], totals, votes) -> list[dict[str, Any]]:
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
        gave_up=given.with_status(group, *LEFT),
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
