"""What stands between a closed vote and its final tally."""

from __future__ import annotations

from competitions.models import Edition
from core.errors import Reason
from voting.models import LedgerLeaf, TallyApproval
from voting.queries.ledger import newest_checkpoint, open_cases, unsealed_count
from voting.queries.tally import tally


def final_blockers(edition: Edition) -> list[Reason]:
    """Every reason why the tally cannot be approved now; empty when it can."""
    kinds = set(LedgerLeaf.objects.filter(edition=edition, kind__in=["close", "final"]).order_by().values_list("kind", flat=True))
    reasons = []
    if "final" in kinds:
        return [Reason("already_final", "票数已经终计。")]
    if "close" not in kinds:
        reasons.append(Reason("not_closed", "投票账本尚未封账。"))
    if unsealed := unsealed_count(edition):
        reasons.append(Reason("unsealed", f"还有 {unsealed} 张选票没有入账，通常 1 分钟内完成。"))
    if held := sum(count.held for count in tally(edition).values()):
        reasons.append(Reason("held", f"还有 {held} 票暂缓计票，请先提出剔除或恢复并复核。"))
    if cases := open_cases(edition):
        reasons.append(Reason("open_cases", f"还有 {len(cases)} 项异常处理等待复核。"))
    return reasons


def current_approvals(edition: Edition) -> list[TallyApproval]:
    """Approvals of the ledger as it stands; those of a shorter ledger no longer count."""
    newest = newest_checkpoint(edition)
    if newest is None:
        return []
    found = TallyApproval.objects.filter(edition=edition, size=newest.size, root=newest.root)
    return list(found.select_related("by").order_by("at", "pk"))
