"""Who computes, approves and publishes results."""

from __future__ import annotations

import rules

from competitions.models import Role
from competitions.rules import has_role, is_organiser

may_see_results = has_role(Role.Kind.ORGANISER, Role.Kind.AUDITOR)

may_see_objections = has_role(Role.Kind.ORGANISER, Role.Kind.ARBITRATOR, Role.Kind.AUDITOR)

rules.add_perm("results.view_result", may_see_results)
rules.add_perm("results.compute_result", is_organiser)
rules.add_perm("results.approve_result", is_organiser)
rules.add_perm("results.publish_result", is_organiser)
rules.add_perm("results.export_result", may_see_results)
rules.add_perm("results.view_objection", may_see_objections)
rules.add_perm("results.handle_objection", is_organiser)
rules.add_perm("results.rule_objection", has_role(Role.Kind.ARBITRATOR))
rules.add_perm("results.withdraw_objection", rules.always_allow)  # the contact it was filed with is the proof
