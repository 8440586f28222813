"""What a receipt says, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from competitions.models import Edition
from voting.models import Ballot
from voting.pure.receipt import short_code
from voting.queries.campaign import is_final
from voting.queries.tally import sealed_tally
from voting.queries.voter import submission_of

COUNTED, VOID, UNCOUNTED, PENDING = "counted", "void", "uncounted", "pending"
WORDS = {
    COUNTED: "已计入最终票数",
    VOID: "经核查剔除，未计入最终票数",
    UNCOUNTED: "项目已退出，票不计给任何项目",
    PENDING: "已收到，投票结束并核查后公布是否计入",
}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One vote on a receipt; `index` is its place in the ledger, None for the first minute."""

    ballot: Ballot
    code: str
    index: int | None
    state: str

    @property
    def words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt as shown: `lines` only to the voter's own device or after the final tally, else the bare facts."""

    code: str
    cast_at: datetime
    index: int | None
    lines: tuple[ReceiptLine, ...]
    is_own: bool
    is_final: bool


def receipt_view(edition: Edition, ballot: Ballot, *, is_own: bool) -> ReceiptView:
    """The receipt of `ballot`, with the others of its submission for the voter.

    The codes follow from the published hashes, so a code alone must not tell for whom a vote was while the board does not: a
    stranger learns only that it was received and where it is sealed. What was voided is told after the final tally.
    """
    final = is_final(edition)
    shown = submission_of(ballot) if is_own else [ballot] if final else []
    found = sealed_tally(edition) if final and shown else None
    marks = found.state.marks if found else {}
    withdrawn = found.state.withdrawn if found else set()
    lines = []
    for one in shown:
        index = _index(one)
        state = PENDING
        if final:
            state = VOID if index in marks else UNCOUNTED if one.entry.code in withdrawn else COUNTED
        lines.append(ReceiptLine(one, short_code(bytes.fromhex(one.leaf_hash)), index, state))
    code = short_code(bytes.fromhex(ballot.leaf_hash))
    return ReceiptView(code, ballot.cast_at, _index(ballot), tuple(lines), is_own, final)


def _index(ballot: Ballot) -> int | None:
    leaf = getattr(ballot, "ledger_leaf", None)
    return leaf.index if leaf else None
