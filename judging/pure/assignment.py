"""Which judges mark which entries of a preliminary round: random, balanced, without conflicts, and repeatable."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.fault import Fault

MIN_JUDGES = 3
ATTEMPTS = 20


@dataclass(slots=True)
class _Board:
    """Who marks what while the assignment is being made."""

    entries: list[str]
    judges: list[str]
    banned: frozenset[tuple[str, str]]
    cap: int
    of_entry: dict[str, set[str]] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of_entry = {entry: set() for entry in self.entries}
        self.load = dict.fromkeys(self.judges, 0)

    def may(self, judge: str, entry: str) -> bool:
        return (judge, entry) not in self.banned and judge not in self.of_entry[entry]

    def give(self, judge: str, entry: str) -> None:
        self.of_entry[entry].add(judge)
        self.load[judge] += 1

    def take(self, judge: str, entry: str) -> None:
        self.of_entry[entry].discard(judge)
        self.load[judge] -= 1


def assign_judges(
    entries: Sequence[str],
    judges: Sequence[str],
    per_entry: int,
    *,
    conflicts: Iterable[tuple[str, str]] = (),
    cap: int | None = None,
    seed: int | str = 0,
) -> dict[str, tuple[str, ...]]:
    """`per_entry` judges for every entry: entry code → judge codes, sorted (trust.md §1, Severity).

    `conflicts`: pairs (judge, entry) never assigned; `cap`: most entries a judge takes (None: no limit). Loads are as
    even as conflicts allow, and all entries hang together through common judges so that severity can be compared.
    The same input and seed give the same assignment, whatever the order of the lists. Refuses fewer than 3 judges an
    entry and, with the reason, what is impossible.
    """
    names = sorted(set(entries)), sorted(set(judges))
    banned = frozenset(conflicts)
    _refuse_impossible(*names, per_entry, banned, cap)
    lowest = max(-(-len(names[0]) * per_entry // len(names[1])), 1)
    highest = len(names[0]) if cap is None else min(cap, len(names[0]))
    for attempt in range(ATTEMPTS):
        source = random.Random(f"{seed}/{attempt}")
        board = _filled(*names, per_entry, banned, range(lowest, highest + 1), source)
        if _connect(board, source, highest):
            return {entry: tuple(sorted(board.of_entry[entry])) for entry in names[0]}
    raise Fault("not_connected", "回避关系使项目分成互不相干的几块，评分无法相互比较。请增加评委或调整回避。")


def components(assignment: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The entries grouped by being linked through common judges; one group means marks can be compared."""
    found: list[tuple[set[str], set[str]]] = []
    for entry, marking in assignment.items():
        linked = {entry}, set(marking)
        apart = []
        for group in found:
            if group[1] & linked[1]:
                linked = linked[0] | group[0], linked[1] | group[1]
            else:
                apart.append(group)
        found = [*apart, linked]
    return [group[0] for group in found]


def _refuse_impossible(entries, judges, per_entry, banned, cap) -> None:
    if per_entry < MIN_JUDGES:
        raise Fault("too_few_per_entry", f"每个项目至少需要 {MIN_JUDGES} 位评委，现设为 {per_entry} 位。")
    for entry in entries:
        free = sum(1 for judge in judges if (judge, entry) not in banned)
        if free < per_entry:
            raise Fault(
                "too_few_judges", f"项目 {entry} 排除回避后只有 {free} 位评委可用，需要 {per_entry} 位。请增加评委。"
            )
    if cap is not None and len(entries) * per_entry > cap * len(judges):
        raise Fault(
            "cap_too_low",
            f"{len(entries)} 个项目各需 {per_entry} 位评委，共 {len(entries) * per_entry} 份；"
            f"{len(judges)} 位评委每人至多 {cap} 份，只能承担 {cap * len(judges)} 份。请增加评委或提高上限。",
        )


def _filled(entries, judges, per_entry, banned, caps, source) -> _Board:
    """The board with the smallest largest load for which everybody gets `per_entry` judges."""
    stuck = ""
    for cap in caps:
        board = _Board(list(entries), list(judges), banned, cap)
        source.shuffle(board.entries)
        stuck = next((one for one in board.entries if not _fill_entry(board, one, per_entry, source)), "")
        if not stuck:
            return _evened(board)
    raise Fault("cap_too_low", f"受回避和每人上限限制，项目 {stuck} 凑不齐 {per_entry} 位评委。请增加评委或提高上限。")


def _fill_entry(board: _Board, entry: str, per_entry: int, source: random.Random) -> bool:
    while len(board.of_entry[entry]) < per_entry:
        free = [judge for judge in board.judges if board.may(judge, entry)]
        source.shuffle(free)
        room = [judge for judge in free if board.load[judge] < board.cap]
        if room:
            board.give(min(room, key=lambda judge: board.load[judge]), entry)
        elif not _pass_on(board, entry, free):
            return False
    return True


def _pass_on(board: _Board, entry: str, free: list[str]) -> bool:
    """All free judges are full: find the shortest chain in which each passes one entry on to somebody else."""
    came_from: dict[str, tuple[str, str] | None] = dict.fromkeys(free)
    queue = list(free)
    for full in queue:
        for held in [one for one in board.entries if full in board.of_entry[one] and one != entry]:
            for other in board.judges:
                if other in came_from or not board.may(other, held):
                    continue
                came_from[other] = (full, held)
                if board.load[other] < board.cap:
                    _shift(board, entry, other, came_from)
                    return True
                queue.append(other)
    return False


def _shift(board: _Board, entry: str, last: str, came_from: dict[str, tuple[str, str] | None]) -> None:
    judge = last
    while (step := came_from[judge]) is not None:
        giver, held = step
        board.take(giver, held)
        board.give(judge, held)
        judge = giver
    board.give(judge, entry)


def _evened(board: _Board) -> _Board:
    """Move entries from the busiest judges to idle ones as long as two loads differ by two or more."""
    moved = True
    while moved:
        moved = False
        for busy in sorted(board.judges, key=lambda judge: -board.load[judge]):
            for idle in sorted(board.judges, key=lambda judge: board.load[judge]):
                if board.load[busy] - board.load[idle] >= 2:
                    moved = _move_one(board, busy, idle) or moved
    return board


def _move_one(board: _Board, busy: str, idle: str) -> bool:
    for entry in board.entries:
        if busy in board.of_entry[entry] and board.may(idle, entry):
            board.take(busy, entry)
            board.give(idle, entry)
            return True
    return False


def _connect(board: _Board, source: random.Random, limit: int) -> bool:
    """Join unconnected parts until everything hangs together; False when stuck.

    First by swapping judges, which leaves the loads as they are; else by letting a judge of one part take the place
    of a judge in another, as long as nobody gets more than `limit` entries.
    """
    while len(groups := components(board.of_entry)) > 1:
        here, there = sorted(groups[0]), sorted(set(board.entries) - groups[0])
        if not (_swap_between(board, here, there, source, len(groups)) or _lend(board, here, there, limit, len(groups))):
            return False
    return True


def _lend(board: _Board, here: list[str], there: list[str], limit: int, before: int) -> bool:
    guests = sorted({judge for entry in there for judge in board.of_entry[entry]}, key=lambda one: (board.load[one], one))
    for guest in guests:
        for entry in here:
            if board.load[guest] >= limit or not board.may(guest, entry):
                continue
            for host in sorted(board.of_entry[entry], key=lambda one: (-board.load[one], one)):
                board.take(host, entry)
                board.give(guest, entry)
                if len(components(board.of_entry)) < before:
                    return True
                board.take(guest, entry)
                board.give(host, entry)
    return False


def _swap_between(board: _Board, here: list[str], there: list[str], source: random.Random, before: int) -> bool:
    pairs = [(one, other) for one in here for other in there]
    source.shuffle(pairs)
    for one, other in pairs:
        for mine in sorted(board.of_entry[one]):
            for theirs in sorted(board.of_entry[other]):
                if not (board.may(theirs, one) and board.may(mine, other)):
                    continue
                _swap(board, one, mine, other, theirs)
                if len(components(board.of_entry)) < before:
                    return True
                _swap(board, one, theirs, other, mine)
    return False


def _swap(board: _Board, one: str, mine: str, other: str, theirs: str) -> None:
    board.take(mine, one)
    board.take(theirs, other)
    board.give(theirs, one)
    board.give(mine, other)
