"""What a receipt says, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from competitions.models import Edition
from core.ledger.tile import TILE_WIDTH
from voting.models import Ballot
from voting.pure.receipt import short_code
from voting.queries.campaign import is_final
from voting.queries.published import ledger_folder, published_checkpoint
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
    def page(self) -> int | None:
        """The page of the ledger its line is on: the number of the published file that holds it, 256 lines each."""
        return page_of(self.index)

    @property
    def words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt as shown: `lines` only to the voter's own device or after the final tally, else the bare facts. `is_published`:
    the published ledger reaches all of it, so that the proof can be downloaded."""

    code: str
    cast_at: datetime
    index: int | None
    lines: tuple[ReceiptLine, ...]
    is_own: bool
    is_final: bool
    is_published: bool

    @property
    def page(self) -> int | None:
        return page_of(self.index)


def page_of(index: int | None) -> int | None:
    """The page of a line of the ledger."""
    return None if index is None else index // TILE_WIDTH


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
    code, index = short_code(bytes.fromhex(ballot.leaf_hash)), _index(ballot)
    newest = published_checkpoint(ledger_folder(edition))
    reached = newest[0].size if newest else 0
    is_published = index is not None and all((line.index or 0) < reached for line in lines) and index < reached
    return ReceiptView(code, ballot.cast_at, index, tuple(lines), is_own, final, is_published)


def _index(ballot: Ballot) -> int | None:
    leaf = getattr(ballot, "ledger_leaf", None)
    return leaf.index if leaf else None
