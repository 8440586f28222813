"""Who scores, who chairs, who steers the stage."""

from __future__ import annotations

from typing import Any

import rules

from competitions.models import Role
from competitions.rules import has_role, is_organiser
from judging.models import Assignment, PanelSeat

runs_stage = has_role(Role.Kind.ORGANISER, Role.Kind.STAGE_OPERATOR)


@rules.predicate
def is_assigned_judge(user: Any, assignment: Assignment | None) -> bool:
    """The judge of this very assignment, who still holds the role."""
    return assignment is not None and assignment.seat.judge_id == getattr(user, "pk", None)



@rules.predicate
def is_seated(user: Any, seat: PanelSeat | None) -> bool:
    """The judge of this very seat."""
    return seat is not None and seat.judge_id == getattr(user, "pk", None)


holds_judge_role = has_role(Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)

rules.add_perm("judging.score_entry", is_assigned_judge & holds_judge_role)
rules.add_perm("judging.sit_on_panel", is_seated & holds_judge_role)
rules.add_perm("judging.keep_own_profile", holds_judge_role)
rules.add_perm("judging.view_progress", has_role(Role.Kind.ORGANISER, Role.Kind.CHIEF_JUDGE, Role.Kind.AUDITOR))
rules.add_perm("judging.manage_panel", is_organiser)
rules.add_perm("judging.chair_panel", has_role(Role.Kind.CHIEF_JUDGE))
rules.add_perm("judging.run_draw", runs_stage)
rules.add_perm("judging.operate_stage", runs_stage)
rules.add_perm("judging.watch_stage", has_role(Role.Kind.ORGANISER, Role.Kind.STAGE_OPERATOR, Role.Kind.CHIEF_JUDGE))
rules.add_perm("judging.view_sheets", has_role(Role.Kind.ORGANISER, Role.Kind.AUDITOR))
rules.add_perm("judging.type_sheet", has_role(Role.Kind.SCORER))
