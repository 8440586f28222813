"""Sealing the journal: batches chained by hash, so that a later change anywhere shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from core.audit.models import AuditEntry, AuditSeal
from core.canonical import canonical_json

SETTLE = timedelta(seconds=90)  # longer than any act may run, so that a late commit cannot fall behind a seal


def digest(previous: str, entries: Iterable[AuditEntry]) -> str:
    """SHA-256 over the previous digest and one canonical line an entry."""
    state = hashlib.sha256(previous.encode("ascii"))
    for entry in entries:
        line = {
            "id": entry.pk,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "verb": entry.verb,
            "type": entry.object_type,
            "object": entry.object_id,
            "edition": entry.edition,
            "commitment": entry.commitment,
        }
        state.update(canonical_json(line) + b"\n")
    return state.hexdigest()


@transaction.atomic
def seal_journal(*, at: datetime) -> AuditSeal | None:
    """Seals every entry older than `SETTLE` that is not sealed yet; returns the seal, or None when there is nothing."""
    last = AuditSeal.objects.order_by("-last").first()
    after = last.last if last else 0
    entries = list(AuditEntry.objects.filter(pk__gt=after, at__lt=at - SETTLE).order_by("pk"))
    waiting = AuditEntry.objects.filter(pk__gt=after, at__gte=at - SETTLE).order_by("pk").first()
    if waiting:  # keep the order of identifiers: nothing behind an entry that must still wait
        entries = [entry for entry in entries if entry.pk < waiting.pk]
    if not entries:
        return None
    return AuditSeal.objects.create(
        at=at,
        first=entries[0].pk,
        last=entries[-1].pk,
        count=len(entries),
        digest=digest(last.digest if last else "", entries),
    )


def verify_journal() -> list[str]:
    """Recomputes every seal; returns one Chinese sentence a fault, an empty list when all is well."""
    faults: list[str] = []
    previous = ""
    for seal in AuditSeal.objects.order_by("last"):
        entries = list(AuditEntry.objects.filter(pk__gte=seal.first, pk__lte=seal.last).order_by("pk"))
        if len(entries) != seal.count:
            faults.append(f"第 {seal.pk} 号封存应有 {seal.count} 条记录，现有 {len(entries)} 条。")
        elif digest(previous, entries) != seal.digest:
            faults.append(f"第 {seal.pk} 号封存的校验值不符，其中有记录被改动。")
        previous = seal.digest
    return faults
