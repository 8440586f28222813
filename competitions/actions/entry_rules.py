"""What an entry of the edition must have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from competitions.actions.confirmation import confirm_changed
from competitions.models import Edition, EntryRules, Stage
from competitions.queries.freeze import require_unopened
from competitions.queries.locks import lock_edition
from core.audit import journal

ENTRY_RULE_KEYS = {
    "startup_revenue_limit": "revenue_limit",
    "core_types": "core_patent",
    "core_must_be_granted": "core_patent",
    "core_granted_from": "core_patent",
    "min_assets": "entry_caps",
    "max_companions": "entry_caps",
    "max_entries_enterprise": "entry_caps",
    "max_entries_individual": "entry_caps",
    "max_entries_university": "entry_caps",
    "max_entries_other": "entry_caps",
    "needs_award_declaration": "entry_caps",
    "required_files": "entry_caps",
    "needs_recommendation": "entry_caps",
    "attachments_until": "corrections",
    "filings_until": "corrections",
    "max_correction_rounds": "corrections",
    "correction_days": "corrections",
}


@transaction.atomic
def save_entry_rules(*, edition: Edition, values: Mapping[str, Any], actor: User, at: datetime) -> EntryRules:
    """What an entry must have (fields of EntryRules). Refuses once the registration has opened. A changed value counts
    as confirmed by whoever changed it."""
    locked = lock_edition(edition)
    require_unopened(locked, Stage.Kind.REGISTRATION, what="参赛条件", at=at)
    entry_rules = locked.entry_rules
    changed = {n: values[n] for n in ENTRY_RULE_KEYS if n in values and values[n] != getattr(entry_rules, n)}
    if changed:
        before = {name: getattr(entry_rules, name) for name in changed}
        for name, value in changed.items():
            setattr(entry_rules, name, value)
        entry_rules.save(update_fields=list(changed))
        journal.record(
            verb="competitions.entryrules.changed", obj=entry_rules, actor=actor, at=at, edition=locked.slug,
            before=before, after=changed,
        )  # fmt: skip
        confirm_changed(edition=locked, keys={ENTRY_RULE_KEYS[name] for name in changed}, actor=actor, at=at)
    return entry_rules
