"""What must be the same after a restore as before: computed anew from the rows, never copied."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from core.audit.models import AuditSeal
from core.audit.seal import verify_journal
from core.canonical import sha256_hex
from core.ledger.tree import leaf_hash, root
from results.models import RoundResult
from voting.models import LedgerLeaf


def proofs() -> dict[str, Any]:
    """Root of each edition's vote ledger over all its leaves, head and faults of the audit journal, hash of each result."""
    leaves: dict[str, list[bytes]] = defaultdict(list)
    bodies = LedgerLeaf.objects.order_by("edition__slug", "index").values_list("edition__slug", "body")
    for slug, body in bodies.iterator():
        leaves[slug].append(leaf_hash(body.encode()))
    last = AuditSeal.objects.order_by("-last").first()
    return {
        "ledgers": {slug: {"size": len(found), "root": root(found).hex()} for slug, found in leaves.items()},
        "journal": {"head": last.digest if last else "", "sealed_to": last.last if last else 0, "faults": verify_journal()},
        "results": {
            result.public_id: sha256_hex(result.record.encode()) for result in RoundResult.objects.order_by("public_id")
        },
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the proofs that are not the same, an empty list when all are."""
    return [
        f"{kind} {name}".strip()
        for kind in sorted(before.keys() | after.keys())
        for name in sorted(before.get(kind, {}).keys() | after.get(kind, {}).keys())
        if before.get(kind, {}).get(name) != after.get(kind, {}).get(name)
    ]
