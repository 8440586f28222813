"""Who steers the public vote."""

from __future__ import annotations

import rules

from competitions.models import Role
from competitions.rules import has_role, is_organiser

rules.add_perm("voting.view_monitor", has_role(Role.Kind.ORGANISER, Role.Kind.AUDITOR))
rules.add_perm("voting.manage_vote", is_organiser)
rules.add_perm("voting.approve_final", is_organiser)
