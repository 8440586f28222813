"""Which judges mark which entries: the question, the rules a right answer keeps, and why a pair was made.

The answer is searched for in `judging/assignment_solver.py`; anybody can check it here (trust.md §1, Severity).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.fault import Fault

MIN_JUDGES = 3
Pair = tuple[str, str]
Assignment = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge by the label others see. `kind`: technical, IP or investment; `ipc`: symbols such as C09D or C09."""

    label: str
    kind: str = ""
    industries: frozenset[str] = frozenset()
    ipc: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry by its code, with its industry and the IPC subclasses (four characters) of its patents."""

    code: str
    industry: str = ""
    ipc: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to be assigned. Pairs are (judge, entry).

    `per_entry`: judges an entry gets; `cap`: most entries a judge takes (None: no limit); `conflicts` are never made;
    `fixed` stay (a sheet was begun) and count; `held` are kept where the rules allow, so that re-balancing moves little;
    `everyone`: codes of entries all judges without a conflict mark (calibration).
    """

    judges: tuple[Judge, ...]
    entries: tuple[Subject, ...]
    per_entry: int
    conflicts: frozenset[Pair] = frozenset()
    cap: int | None = None
    seed: str = ""
    fixed: frozenset[Pair] = frozenset()
    held: frozenset[Pair] = frozenset()
    everyone: frozenset[str] = frozenset()

    def wanted(self, code: str) -> int:
        """Judges the entry gets: `per_entry`, or more where more have begun, or all there are."""
        if code in self.everyone:
            return sum(1 for judge in self.judges if self.may(judge.label, code))
        return max(self.per_entry, sum(1 for _, entry in self.fixed if entry == code))

    def may(self, judge: str, entry: str) -> bool:
        return (judge, entry) not in self.conflicts or (judge, entry) in self.fixed


def match_points(judge: Judge, entry: Subject) -> int:
    """How well a judge's field fits an entry: 2 for the industry, 2 for an IPC subclass or 1 for a class alone."""
    points = 2 if entry.industry and entry.industry in judge.industries else 0
    if judge.ipc & entry.ipc:
        return points + 2
    return points + (1 if _classes(judge.ipc) & _classes(entry.ipc) else 0)


def shared_ipc(judge: Judge, entry: Subject) -> tuple[str, ...]:
    """The IPC symbols both have: subclasses, or classes where no subclass is shared."""
    return tuple(sorted(judge.ipc & entry.ipc)) or tuple(sorted(_classes(judge.ipc) & _classes(entry.ipc)))


def refuse_impossible(demand: Demand) -> None:
    """Refuses, with the rule and the reason, what no assignment can satisfy; what is left may still be impossible."""
    if demand.per_entry < MIN_JUDGES:
        raise Fault("too_few_per_entry", f"每个项目至少需要 {MIN_JUDGES} 位评委，现设为 {demand.per_entry} 位。")
    for entry in demand.entries:
        free = sum(1 for judge in demand.judges if demand.may(judge.label, entry.code))
        if free < demand.per_entry:
            raise Fault(
                "too_few_judges",
                f"项目 {entry.code} 排除回避后只有 {free} 位评委可用，需要 {demand.per_entry} 位。请增加评委。",
            )
    if demand.cap is None:
        return
    for label, count in sorted(Counter(judge for judge, _ in demand.fixed).items()):
        if count > demand.cap:
            raise Fault("cap_too_low", f"{label}已开始评 {count} 个项目，超过每人 {demand.cap} 个的上限。请提高上限。")
    needed, most = sum(demand.wanted(one.code) for one in demand.entries), demand.cap * len(demand.judges)
    if needed > most:
        raise Fault(
            "cap_too_low",
            f"{len(demand.entries)} 个项目共需 {needed} 份评分；{len(demand.judges)} 位评委每人至多 {demand.cap} 份，"
            f"只能承担 {most} 份。请增加评委或提高上限。",
        )


def broken_rules(demand: Demand, assignment: Assignment) -> list[str]:
    """What is wrong with an assignment, as Chinese sentences; empty when every rule holds."""
    given = {code: list(judges) for code, judges in assignment.items()}
    pairs = {(judge, code) for code, judges in given.items() for judge in judges}
    known = {judge.label for judge in demand.judges}
    faults = []
    for one in demand.entries:
        judges = given.get(one.code, [])
        if len(set(judges)) != len(judges) or not set(judges) <= known or len(judges) != demand.wanted(one.code):
            faults.append(f"项目 {one.code} 应有 {demand.wanted(one.code)} 位不同的评委，现为 {len(set(judges))} 位。")
    faults += [f"{judge}与项目 {code} 有回避关系。" for judge, code in sorted(pairs) if not demand.may(judge, code)]
    faults += [f"{judge}已开始评项目 {code}，不能调走。" for judge, code in sorted(demand.fixed - pairs)]
    loads = Counter(judge for judge, _ in pairs)
    if demand.cap is not None:
        faults += [f"{judge}分到 {load} 个项目，超过上限。" for judge, load in sorted(loads.items()) if load > demand.cap]
    if len(components(given)) > 1:
        faults.append("项目按共同评委分成互不相干的几块，评分无法相互比较。")
    return faults


def components(assignment: Assignment) -> list[set[str]]:
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


def _classes(symbols: Iterable[str]) -> frozenset[str]:
    return frozenset(symbol[:3] for symbol in symbols)
