"""The rules of a round as results use them.

Which awards there are and how many a group gets comes from the rows of `AwardType` and `AwardQuota` and from nowhere
else. `Round.rules` decides everything about the computation and, for an award of the same code, how it is decided
(`basis`, `tie`, `min_total`, `backfill`); an award type without such an entry is decided by total, a tie goes to the committee.
Awards are given in the edition's last scored round.
"""

from __future__ import annotations

from typing import Any

from competitions.errors import RuleInvalid
from competitions.models import AwardType, Edition, Group, Round, Rubric
from competitions.pure.rubric import CriterionRow
from competitions.pure.rule_reader import RuleFault
from competitions.pure.rule_set import RuleSet
from competitions.pure.vote_settings import VoteSettings
from competitions.queries.schedule import rounds_of
from core.once import once
from core.rounding import exact_decimal

SCORED = (Round.Kind.PRELIMINARY, Round.Kind.SEMI_FINAL, Round.Kind.FINAL)
STORED_KIND = {Round.Kind.SEMI_FINAL: "semifinal"}


def scored_rounds(edition: Edition) -> list[Round]:
    """The rounds judges score, in order, with their stages."""
    return [one for one in rounds_of(edition) if one.kind in SCORED]


def award_round(edition: Edition) -> Round | None:
    """The round in which awards are decided: the last one that is scored."""
    return next(reversed(scored_rounds(edition)), None)


def edition_groups(edition: Edition) -> list[Group]:
    """Every group of the edition with its track, in order, read once a page."""
    rows = Group.objects.filter(track__edition=edition).select_related("track")
    return once(("groups", edition.pk), lambda: list(rows))


def group_keys(edition: Edition) -> dict[int, str]:
    """Primary key of a group → its name in rule sets: the code, with `track-` before it where there are several tracks."""
    groups = edition_groups(edition)
    several = len({group.track_id for group in groups}) > 1
    return {group.pk: f"{group.track.code}-{group.code}" if several else group.code for group in groups}


def round_rule_set(round_: Round) -> RuleSet:
    """The rule set of a scored round with the awards of the edition; refuses (RuleInvalid) one that cannot be used."""
    try:
        return RuleSet.from_dict(round_rules(round_))
    except RuleFault as fault:
        raise RuleInvalid(faults=str(fault)) from fault


def round_rules(round_: Round) -> dict[str, Any]:
    """The JSON of the round's rule set, awards put in from the rows."""
    stored = dict(round_.rules)
    stored["round"] = STORED_KIND.get(round_.kind, round_.kind)
    final = award_round(round_.edition)
    given_here = final is not None and final.pk == round_.pk
    stored["awards"] = _awards(round_.edition, round_.rules.get("awards", [])) if given_here else []
    return stored


def vote_settings(round_: Round) -> VoteSettings:
    """The settings of a public vote; refuses (RuleInvalid) what cannot be followed."""
    try:
        return VoteSettings.from_dict(round_.rules)
    except RuleFault as fault:
        raise RuleInvalid(faults=str(fault)) from fault


def _awards(edition: Edition, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    decided = {award.get("code"): award for award in stored if isinstance(award, dict)}
    keys = group_keys(edition)
    rows = AwardType.objects.filter(edition=edition).prefetch_related("quotas")
    types = once(("awards", edition.pk), lambda: list(rows))
    return [_award(kind, decided.get(kind.code, {}), keys) for kind in types if kind.quotas.all()]


def _award(kind: AwardType, decided: dict[str, Any], keys: dict[int, str]) -> dict[str, Any]:
    return {
        "code": kind.code,
        "name": kind.name,
        "quotas": {keys[row.group_id]: row.quota for row in kind.quotas.all()},
        "stackable": kind.is_stackable,
        "may_stay_vacant": kind.may_stay_vacant,
        "basis": decided.get("basis", "total"),
        "tie": decided.get("tie", "committee"),
        "min_total": decided.get("min_total"),
        "backfill": decided.get("backfill", False),
    }


def rubric_for(round_: Round, track_id: int) -> Rubric | None:
    """The rubric that judges of the track use in the round: its own, else the round's common one."""
    found = {rubric.track_id: rubric for rubric in round_.rubrics.prefetch_related("criteria")}
    return found.get(track_id) or found.get(None)


def rubric_rows(rubric: Rubric) -> list[CriterionRow]:
    """The criteria as data, in order. `rubric.criteria` may be prefetched."""
    criteria = list(rubric.criteria.all())
    codes = {one.pk: one.code for one in criteria}
    return [
        CriterionRow(
            code=one.code,
            name=one.name,
            max_score=exact_decimal(one.max_score),
            parent=codes.get(one.parent_id, "") if one.parent_id else "",
            guidance=one.guidance,
            bands=one.bands,
            step=exact_decimal(one.step),
            weight=exact_decimal(one.weight),
        )
        for one in criteria
    ]
