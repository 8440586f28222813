"""The check that no voter had more votes than the rules in the ledger's `open` leaf allow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from voting.pure.ledger_rules import LedgerRules
from voting.pure.quota import period_of, scope_of


@dataclass(frozen=True, slots=True)
class QuotaFault:
    """A vote too many (or a ballot too small): leaf index, voter tag, what is wrong in Chinese."""

    index: int
    by: str
    message: str


def quota_faults(leaves: Iterable[Mapping]) -> list[QuotaFault]:
    """Return every breach of the quota in `leaves`, in order; voided votes keep their place in the count.

    Ballots of the kind "choose a to b" are judged for size and for being one only after `close`.
    """
    iterator = iter(leaves)
    first = next(iterator)
    recount = _Recount(LedgerRules.from_dict(first["rules"], first["entries"]))
    for index, leaf in enumerate(iterator, start=1):
        if leaf["t"] == "vote":
            recount.add(index, leaf)
        elif leaf["t"] == "close":
            recount.close()
    return recount.faults


class _Recount:
    def __init__(self, rules: LedgerRules) -> None:
        self.rules = rules
        self.faults: list[QuotaFault] = []
        self.by_entry: Counter[tuple[str, str, str]] = Counter()
        self.by_scope: Counter[tuple[str, str, str]] = Counter()
        self.ballots: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)

    def add(self, index: int, leaf: Mapping) -> None:
        rule, by, entry = self.rules.rule, leaf["by"], leaf["e"]
        period = period_of(datetime.fromisoformat(leaf["at"]), rule)
        scope = scope_of(rule, self.rules.groups.get(entry, ""))
        self.by_entry[by, period, entry] += 1
        self.by_scope[by, period, scope] += 1
        if self.by_entry[by, period, entry] > rule.per_entry_limit:
            self.faults.append(QuotaFault(index, by, f"{period} 对 {entry} 超过 {rule.per_entry_limit} 票。"))
        elif self.by_scope[by, period, scope] > rule.limit:
            self.faults.append(QuotaFault(index, by, f"{period} 超过 {rule.limit} 票。"))
        if rule.is_choice:
            self.ballots[by, period, scope].append((index, leaf["at"]))

    def close(self) -> None:
        least = self.rules.rule.choose_min or 0
        for (by, period, _), votes in self.ballots.items():
            if len({at for _, at in votes}) > 1:
                self.faults.append(QuotaFault(votes[-1][0], by, f"{period} 投了不止一张选票。"))
            elif len(votes) < least:
                self.faults.append(QuotaFault(votes[-1][0], by, f"{period} 的选票少于 {least} 个项目。"))
