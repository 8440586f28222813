"""Writing the journal: one line an act, inside the act's own transaction."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from core import request_context
from core.actor import Actor
from core.audit.models import AuditDetail, AuditEntry
from core.canonical import canonical_json, sha256_hex


def record(
    *,
    verb: str,
    obj: Any,
    actor: Actor,
    at: datetime,
    edition: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Writes that `actor` did `verb` (`app.noun.verb-past`) to `obj`.

    `edition` is the edition's slug. `before` and `after` hold JSON values (Decimals and dates as text); together with the
    actor's name and address they are the deletable details, committed to by SHA-256(salt ‖ canonical JSON).
    """
    salt = secrets.token_hex(32)
    content = {
        "actor": actor.actor_label,
        "address": request_context.client_address.get(),
        "before": _plain(before or {}),
        "after": _plain(after or {}),
    }
    entry = AuditEntry.objects.create(
        at=at,
        actor=actor.actor_code,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(getattr(obj, "public_id", "") or obj.pk),
        edition=edition,
        request_id=request_context.request_id.get(),
        commitment=sha256_hex(bytes.fromhex(salt) + canonical_json(content)),
    )
    AuditDetail.objects.create(entry=entry, salt=salt, content=content)
    return entry


def _plain(value: Any) -> Any:
    """JSON-ready copy: containers kept, numbers and text as they are, everything else as text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None.__class__) else str(value)
