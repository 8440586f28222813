"""The one place where a round's result takes its inputs from: marks, votes, rules, totals of the round before.

Other apps own the facts; what of them is needed here, and under which name, is known in this module alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from competitions.models import Edition, Round
from competitions.pure.rubric import leaves
from competitions.queries.rule_set import edition_groups, group_keys, round_rule_set, rubric_rows
from core.actor import Actor
from core.dates import local
from core.errors import Reason
from core.once import once
from judging.queries.marks import criterion_marks, is_round_complete
from judging.queries.round_row import counting_versions, round_rows
from judging.states import RECUSED
from results.pure.record_input import INPUT_FORMAT
from results.queries.byes import bye_ids
from results.queries.participants import Participant, participants
from results.queries.state import current_result, previous_round
from voting.models import LedgerCheckpoint
from voting.queries.tally import final_counts

COMMON_RUBRIC = "all"


def gather_inputs(
    round: Round, *, version: int, decisions: Sequence[dict[str, Any]], actor: Actor, at: datetime
) -> dict[str, Any]:
    """The input of `results.pure.record.compute` from the rows as they are now. Ask `missing_inputs` before."""
    rules = round_rule_set(round)
    members = participants(round)
    keys = group_keys(round.edition)
    codes = {one.entry.code for one in members}
    votes = final_votes(round.edition) if rules.needs_votes else None
    return {
        "format": INPUT_FORMAT,
        "rule_set": rules.as_dict(),
        "groups": group_rows(round.edition, keys),
        "rubrics": _rubrics(round),
        "entries": _entries(round, members, keys),
        "sheets": sheets(round, members),
        "votes": None if votes is None else {code: count for code, count in votes.items() if code in codes},
        "prior_totals": _prior_totals(round, codes),
        "decisions": list(decisions),
        "meta": _meta(round, version, actor, at, with_votes=votes is not None),
    }


def sheets(round: Round, members: Sequence[Participant]) -> list[dict[str, Any]]:
    """The judges' sheets of the ranked entries: scores by criterion as text, or None with the reason the public reads."""
    ranked = {one.entry.pk: one.entry.code for one in members if one.is_ranked}
    marks = criterion_marks(round)
    places = {entry: place for place, entry in enumerate(ranked)}
    rows = [row for row in round_rows(round) if row.entry_id in ranked]
    found = []
    for row in sorted(rows, key=lambda row: places[row.entry_id]):  # within an entry they stay in the order of the seats
        scores = marks.get(row.entry_id, {}).get(row.label)
        found.append(
            {
                "entry": ranked[row.entry_id],
                "judge": row.label,
                "scores": None if scores is None else {code: str(score) for code, score in scores.items()},
                "reason": "" if scores is not None else "回避" if row.state == RECUSED else "缺席",
            }
        )
    return found


def missing_sheets(round: Round) -> list[Reason]:
    """Why the marks are not complete, a sentence for each seat; entries that go on unranked need none."""
    return is_round_complete(round, unranked=bye_ids(round))


def sheet_versions(round: Round) -> list[dict[str, Any]]:
    """Which version of each sheet counts, with the digest it was submitted with: what a result freezes."""
    versions = counting_versions(round)
    found = [
        {"entry": row.code, "judge": row.label, "version": versions[row.pk].number, "digest": versions[row.pk].digest}
        for row in round_rows(round)
        if row.pk in versions
    ]
    return sorted(found, key=lambda one: (one["entry"], one["judge"]))


def final_votes(edition: Edition) -> dict[str, int] | None:
    """Valid votes by entry code from the `final` leaf of the ledger; None before two persons have finalised the tally."""
    return once(("final votes", edition.pk), lambda: final_counts(edition) or None)


def group_rows(edition: Edition, keys: dict[int, str]) -> list[dict[str, str]]:
    """The groups of an edition as a record names them; `keys` maps primary keys to codes."""
    groups = edition_groups(edition)
    several = len({group.track_id for group in groups}) > 1
    return [
        {"code": keys[group.pk], "name": f"{group.track.name}{group.name}" if several else group.name} for group in groups
    ]


def _rubrics(round: Round) -> dict[str, list[dict[str, str]]]:
    rubrics = round.rubrics.select_related("track").prefetch_related("criteria")
    return {
        rubric.track.code if rubric.track else COMMON_RUBRIC: [
            {
                "code": row.code,
                "name": row.name,
                "max": str(row.max_score),
                "step": str(row.step),
                "weight": str(row.weight),
            }
            for row in leaves(rubric_rows(rubric))
        ]
        for rubric in rubrics
    }


def _entries(round: Round, members: Sequence[Participant], keys: dict[int, str]) -> list[dict[str, str]]:
    own = {rubric.track_id for rubric in round.rubrics.all()}
    return [
        {
            "code": one.entry.code,
            "group": keys[one.entry.group_id],
            "rubric": one.entry.track.code if one.entry.track_id in own else COMMON_RUBRIC,
            "status": one.status,
        }
        for one in members
    ]


def _prior_totals(round: Round, codes: set[str]) -> dict[str, str]:
    prior = previous_round(round)
    result = current_result(prior) if prior else None
    if result is None:
        return {}
    rows = result.placings.filter(total__isnull=False).select_related("entry")
    return {row.entry.code: str(row.total) for row in rows if row.entry.code in codes}


def _meta(round: Round, version: int, actor: Actor, at: datetime, *, with_votes: bool) -> dict[str, Any]:
    checkpoint = LedgerCheckpoint.objects.filter(edition=round.edition).order_by("-size").first() if with_votes else None
    prior = previous_round(round)
    before = current_result(prior) if prior else None
    return {
        "edition": round.edition.slug,
        "round": round.kind,
        "version": version,
        "computed_at": local(at).isoformat(timespec="seconds"),
        "computed_by": actor.actor_code,
        "prior_result_sha256": before.sha256 if before else None,
        "sheet_versions": sheet_versions(round),
        "vote_checkpoint": {"size": checkpoint.size, "root": checkpoint.root} if checkpoint else None,
    }

