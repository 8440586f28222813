"""Who goes on without being ranked."""

from __future__ import annotations

from django.db.models import QuerySet

from competitions.models import Round
from competitions.queries.rule_set import group_keys, round_rule_set
from core.once import once
from results.models import Bye


def byes_of(round: Round) -> QuerySet[Bye]:
    """The byes of a round that stand, by number of the entry."""
    return Bye.objects.filter(round=round, ended_at__isnull=True).select_related("entry__group", "granted_by")


def standing_byes(round: Round) -> list[Bye]:
    """The same, read once a page."""
    return once(("byes", round.pk), lambda: list(byes_of(round)))


def bye_ids(round: Round) -> set[int]:
    """Primary keys of the entries that go on unranked."""
    return {one.entry_id for one in standing_byes(round)}


def byes_allowed(round: Round) -> dict[int, int]:
    """Primary key of a group → how many of its entries may go on unranked by the rules of the round."""
    rules = round_rule_set(round)
    found = {}
    for group, key in group_keys(round.edition).items():
        rule = rules.advance_for(key)
        found[group] = rule.byes if rule else 0
    return found
