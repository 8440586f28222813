"""The count of the ledger: what each leaf does to the votes, step by step or over the whole list."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from core.fault import Fault

HELD, VOIDED = "hold", "void"

# What hold, void and restore may be applied to: from the mark a vote has (None: valid) to the mark it gets.
MOVES: dict[str, dict[str | None, str | None]] = {
    "hold": {None: HELD},
    "void": {None: VOIDED, HELD: VOIDED},
    "restore": {HELD: None, VOIDED: None},
}

EntryOf = Callable[[int], str | None]


class TallyFault(Fault):
    """A leaf that cannot follow those before it; the message is Chinese and names the leaf index."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__("bad_tally", f"第 {index} 条记录：{message}")
        self.index = index


@dataclass(frozen=True, slots=True)
class Counted:
    """Votes of one entry; `uncounted` are the otherwise valid votes of a withdrawn entry, which count for nobody."""

    valid: int = 0
    void: int = 0
    held: int = 0
    uncounted: int = 0

    @property
    def total(self) -> int:
        """All votes in the ledger, whatever became of them."""
        return self.valid + self.void + self.held + self.uncounted

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.valid + other.valid,
            self.void + other.void,
            self.held + other.held,
            self.uncounted + other.uncounted,
        )


@dataclass(slots=True)
class TallyState:
    """The count up to leaf index `size` (exclusive). It holds marks, not votes: its size follows the voided ones."""

    size: int = 0
    entries: tuple[str, ...] = ()
    votes: Counter = field(default_factory=Counter)
    marks: dict[int, str] = field(default_factory=dict)
    marked: Counter = field(default_factory=Counter)
    withdrawn: set[str] = field(default_factory=set)
    is_closed: bool = False
    is_final: bool = False

    def apply(self, leaf: Mapping, entry_of: EntryOf) -> None:
        """Count the next leaf; `entry_of(index)` names the entry of the vote at `index`, None if it is no vote.

        Refuses (TallyFault) a leaf that cannot stand here, and leaves the count as it was.
        """
        kind = leaf["t"]
        if (kind == "open") != (self.size == 0):
            raise TallyFault(self.size, "账本须以“open”开头，且只有一条。")
        if self.is_final:
            raise TallyFault(self.size, "“final”之后不应再有记录。")
        if kind in MOVES:
            self._move(leaf, entry_of)
        else:
            _STEPS[kind](self, leaf)
        self.size += 1

    def add_votes(self, votes: Mapping[str, int]) -> None:
        """Count the next leaves, all of them votes, given how many fell on each entry."""
        for entry in votes:
            self._check_vote(entry)
        self.votes.update(votes)
        self.size += sum(votes.values())

    def counted(self) -> dict[str, Counted]:
        """Return the count of every entry the vote opened with."""
        return {entry: self._count(entry) for entry in self.entries}

    def totals(self) -> Counted:
        """Return the count over all entries."""
        return sum(self.counted().values(), Counted())

    def final_tally(self) -> dict[str, int]:
        """Return what the `final` leaf must carry: valid votes of every entry not withdrawn.

        Refuses (TallyFault) while the vote is open or a vote is held.
        """
        if not self.is_closed:
            raise TallyFault(self.size, "投票尚未截止，不能定稿。")
        if held := self.totals().held:
            raise TallyFault(self.size, f"还有 {held} 票待核，不能定稿。")
        return {entry: self._count(entry).valid for entry in self.entries if entry not in self.withdrawn}

    def as_dict(self) -> dict:
        """Return the state as JSON can hold it."""
        return {
            "entries": list(self.entries),
            "is_closed": self.is_closed,
            "is_final": self.is_final,
            "marked": {f"{mark} {entry}": count for (mark, entry), count in self.marked.items() if count},
            "marks": {str(index): mark for index, mark in self.marks.items()},
            "size": self.size,
            "votes": dict(self.votes),
            "withdrawn": sorted(self.withdrawn),
        }

    @classmethod
    def from_dict(cls, data: Mapping) -> "TallyState":
        """Return the state written by `as_dict`."""
        return cls(
            size=data["size"],
            entries=tuple(data["entries"]),
            votes=Counter(data["votes"]),
            marks={int(index): mark for index, mark in data["marks"].items()},
            marked=Counter({tuple(key.split(" ", 1)): count for key, count in data["marked"].items()}),
            withdrawn=set(data["withdrawn"]),
            is_closed=data["is_closed"],
            is_final=data["is_final"],
        )

    def _count(self, entry: str) -> Counted:
        void, held = self.marked[VOIDED, entry], self.marked[HELD, entry]
        free = self.votes[entry] - void - held
        if entry in self.withdrawn:
            return Counted(void=void, held=held, uncounted=free)
        return Counted(valid=free, void=void, held=held)

    def _check_vote(self, entry: str) -> None:
        if entry not in self.entries:
            raise TallyFault(self.size, f"没有参加投票的项目 {entry}。")
        if self.is_closed:
            raise TallyFault(self.size, "“close”之后不应再有票。")

    def _open(self, leaf: Mapping) -> None:
        self.entries = tuple(leaf["entries"])

    def _vote(self, leaf: Mapping) -> None:
        self._check_vote(leaf["e"])
        self.votes[leaf["e"]] += 1

    def _withdraw(self, leaf: Mapping) -> None:
        if leaf["e"] not in self.entries or leaf["e"] in self.withdrawn:
            raise TallyFault(self.size, f"项目 {leaf['e']} 未参加投票或已退出。")
        self.withdrawn.add(leaf["e"])

    def _schedule(self, leaf: Mapping) -> None:
        if self.is_closed:
            raise TallyFault(self.size, f"“close”之后不应再有“{leaf['t']}”。")

    def _close(self, leaf: Mapping) -> None:
        self._schedule(leaf)
        self.is_closed = True

    def _final(self, leaf: Mapping) -> None:
        if leaf["tally"] != self.final_tally():
            raise TallyFault(self.size, "定稿的票数与账本重算的票数不符。")
        self.is_final = True

    def _move(self, leaf: Mapping, entry_of: EntryOf) -> None:
        moves = []
        for index in leaf["of"]:
            entry = entry_of(index) if index < self.size else None
            mark = self.marks.get(index)
            if entry is None:
                raise TallyFault(self.size, f"所指的第 {index} 条不是此前的一票。")
            if mark not in MOVES[leaf["t"]]:
                raise TallyFault(self.size, f"第 {index} 条的票现在不能“{leaf['t']}”。")
            moves.append((index, entry, mark, MOVES[leaf["t"]][mark]))
        for index, entry, old, new in moves:
            self._mark(index, entry, old, new)

    def _mark(self, index: int, entry: str, old: str | None, new: str | None) -> None:
        if old is not None:
            del self.marks[index]
            self.marked[old, entry] -= 1
        if new is not None:
            self.marks[index] = new
            self.marked[new, entry] += 1


_STEPS: dict[str, Callable[[TallyState, Mapping], None]] = {
    "open": TallyState._open,
    "vote": TallyState._vote,
    "withdraw": TallyState._withdraw,
    "pause": TallyState._schedule,
    "resume": TallyState._schedule,
    "extend": TallyState._schedule,
    "close": TallyState._close,
    "final": TallyState._final,
}


def count_leaves(leaves: Iterable[Mapping]) -> TallyState:
    """Return the state after all `leaves` (as `parse_leaf` returns them), from the first."""
    state = TallyState()
    entries: list[str | None] = []
    for leaf in leaves:
        state.apply(leaf, entries.__getitem__)
        entries.append(leaf["e"] if leaf["t"] == "vote" else None)
    return state


def tally(leaves: Iterable[Mapping]) -> dict[str, Counted]:
    """Return the count of every entry over all `leaves`; refuses (TallyFault) a list that contradicts itself."""
    return count_leaves(leaves).counted()
