"""The group an entry belongs to, computed from its applicants' revenue and shown with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Organisation
from competitions.models import Group
from competitions.pure.grouping import group_for
from core.fault import Fault
from entries.queries.dossier import Dossier

# A team is people without an organisation of their own: for the rule of revenue it is an individual.
KIND_FOR_RULE = {Organisation.Kind.TEAM.value: Organisation.Kind.INDIVIDUAL.value}


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """`code` and `reason` when the rule gives an answer, `fault` (a sentence) when it cannot yet; `group` when the
    entry's track has a group of that code."""

    code: str = ""
    reason: str = ""
    fault: str = ""
    group: Group | None = None
    name: str = ""


def computed_group(dossier: Dossier) -> GroupFinding:
    """The group by the rule; an organiser's override stands above it and keeps its own reason."""
    entry = dossier.entry
    if entry.group_overridden_by_id and entry.group is not None:
        return GroupFinding(entry.group.code, entry.group_reason, "", entry.group, entry.group.name)
    pairs = [
        (
            KIND_FOR_RULE.get(one.organisation.kind, one.organisation.kind),
            None if one.revenue is None else _plain(one.revenue),
        )
        for one in dossier.applicants
    ]
    try:
        code, reason = group_for(pairs, _plain(dossier.rules.startup_revenue_limit))
    except Fault as fault:
        return GroupFinding(fault=str(fault))
    group = next((one for one in dossier.groups if one.code == code), None)
    name = group.name if group else str(dict(Group.Code.choices)[code])
    return GroupFinding(code, reason, "", group, name)


def _plain(amount: Decimal) -> Decimal:
    """Whole yuan without decimals, for the sentence; the value is the same."""
    return amount.to_integral_value() if amount == amount.to_integral_value() else amount
