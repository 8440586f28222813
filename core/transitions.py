"""The shape of every state table: which step leads from where to where, and who may take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import WrongState


@dataclass(frozen=True, slots=True)
class Move:
    """One step: verb, states it may start from, state it leads to, and the permission it needs."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    may: str


class Machine:
    """A named table of moves over named states (`labels` maps a state to its Chinese word)."""

    def __init__(self, name: str, labels: dict[str, str], moves: Iterable[Move]) -> None:
        self.name = name
        self.labels = labels
        self.moves = {move.verb: move for move in moves}

    def target(self, verb: str, state: str) -> str:
        """The state `verb` leads to from `state`; `WrongState` when the table has no such step."""
        move = self.moves[verb]
        if state not in move.sources:
            raise WrongState(state=self.labels[state], verb=move.label)
        return move.target

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb, move in self.moves.items() if state in move.sources]

    def mermaid(self) -> str:
        """The diagram in docs/ is generated from the table."""
        lines = ["stateDiagram-v2"]
        for move in self.moves.values():
            lines += [f"    {source} --> {move.target}: {move.label}" for source in move.sources]
        return "\n".join(lines)
