"""The keys of the two unique constraints that decide over a ballot, computed from the vote rule.

    (edition, voter tag, period, scope, slot)      slot 1 … limit
    (edition, voter tag, period, entry, entry slot)   entry slot 1 … per_entry_limit

The database takes the lowest free slot of each candidate; no rule is known there. `allocate` is the same
in Python: the yardstick both databases are held to. A voided vote keeps its slots.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from competitions.pure.vote_rule import DAY, GROUP, VoteRule
from core.fault import Fault

# China has had one time zone and no summer time since 1992.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ALL = "all"


class Refused(StrEnum):
    """Why a vote was not accepted."""

    CLOSED = "closed"
    ALREADY_VOTED = "already_voted"
    QUOTA_USED = "quota_used"


class ChoiceFault(Fault):
    """A ballot that does not name as many different entries as the rule wants; the message is Chinese."""

    def __init__(self, message: str) -> None:
        super().__init__("bad_choice", message)


@dataclass(frozen=True, slots=True)
class Pick:
    """An entry on a submission, with the group it competes in."""

    entry: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pick with its keys and the slots it may take, lowest first."""

    entry: str
    period: str
    scope: str
    slots: tuple[int, ...]
    entry_slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slotted:
    """An accepted vote with the slots it took."""

    entry: str
    period: str
    scope: str
    slot: int
    entry_slot: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """What became of a submission: accepted votes in order, and the entries refused with the reason."""

    accepted: tuple[Slotted, ...]
    refused: tuple[tuple[str, Refused], ...]


def period_of(at: datetime, rule: VoteRule) -> str:
    """Return the period `at` falls in: the Shanghai day as "2026-12-01" (half-open), or "all"."""
    if at.tzinfo is None:
        raise ValueError("the moment of a vote needs its time zone")
    return at.astimezone(SHANGHAI).date().isoformat() if rule.period == DAY else ALL


def scope_of(rule: VoteRule, group: str) -> str:
    """Return the scope in which the limit holds: the entry's group, or "all".

    Refuses (ValueError) an entry without group when the limit holds in each group.
    """
    if rule.scope != GROUP:
        return ALL
    if not group:
        raise ValueError("the limit holds in each group, and the entry has none")
    return group


def slots(rule: VoteRule) -> tuple[int, ...]:
    """Return the slots of one period and scope: 1 to the limit."""
    return tuple(range(1, rule.limit + 1))


def entry_slots(rule: VoteRule) -> tuple[int, ...]:
    """Return the slots of one period and entry: 1 to the limit per entry."""
    return tuple(range(1, rule.per_entry_limit + 1))


def check_choice(rule: VoteRule, picks: Sequence[Pick]) -> None:
    """Refuse (ChoiceFault) a ballot of the "choose a to b" kind that names too few, too many or the same twice."""
    least = rule.choose_min
    if least is None:
        return
    if len({pick.entry for pick in picks}) < len(picks):
        raise ChoiceFault("同一项目只能选一次，请去掉重复的项目。")
    named = Counter(scope_of(rule, pick.group) for pick in picks)
    for count in named.values() if named else (0,):
        if not least <= count <= rule.limit:
            each = "每个组别" if rule.scope == GROUP else ""
            span = f"{least} 个" if least == rule.limit else f"{least} 至 {rule.limit} 个"
            raise ChoiceFault(f"{each}须选 {span}项目，现选了 {count} 个，请调整后再投。")


def candidates(rule: VoteRule, picks: Sequence[Pick], at: datetime) -> tuple[Candidate, ...]:
    """Return the picks of one submission with their keys and slots, in the order submitted.

    A ballot "choose a to b" takes slots 1, 2, 3 … of its scope and no others: a second ballot of the same
    period then fails on slot 1, however few entries the first one named. Refuses (ChoiceFault) as `check_choice`.
    """
    check_choice(rule, picks)
    period, result = period_of(at, rule), []
    seen: Counter[str] = Counter()
    for pick in picks:
        scope = scope_of(rule, pick.group)
        seen[scope] += 1
        free = (seen[scope],) if rule.is_choice else slots(rule)
        result.append(Candidate(pick.entry, period, scope, free, entry_slots(rule)))
    return tuple(result)


def classify(rule: VoteRule, *, is_open: bool, entry_used: int, scope_used: int) -> Refused | None:
    """Return why a vote cannot be accepted, or None when it can (a lost race: try again).

    entry_used: the voter's votes for this entry in this period; scope_used: those in this period and scope.
    """
    if not is_open:
        return Refused.CLOSED
    if entry_used >= rule.per_entry_limit:
        return Refused.ALREADY_VOTED
    if scope_used >= (1 if rule.is_choice else rule.limit):
        return Refused.QUOTA_USED
    return None


def explain(reason: Refused, rule: VoteRule) -> str:
    """Return the refusal as the voter reads it: what is wrong, the rule, and what to do."""
    if reason is Refused.CLOSED:
        return "投票当前未开放，本次未计票，请在投票时间内再投。"
    again = "，明天 0 点恢复" if rule.period == DAY else ""
    now = "今天" if rule.period == DAY else "本届"
    if reason is Refused.ALREADY_VOTED:
        return f"您{now}已为该项目投过 {rule.per_entry_limit} 票，同一项目{rule.entry_term}限投 {rule.per_entry_limit} 票{again}。"
    if rule.is_choice:
        return f"您{now}已投过选票，{rule.entry_term}限投 1 次{again}。"
    where = "在该组别的" if rule.scope == GROUP else "的"
    return f"您{now}{where} {rule.limit} 票已用完{again}。"


def allocate(
    rule: VoteRule, wanted: Sequence[Candidate], used: Sequence[Slotted], *, is_open: bool = True
) -> Allocation:
    """Return what becomes of one voter's submission, given the voter's votes so far.

    Votes are accepted in the order submitted until the quota is used; a choice is all or nothing.
    """
    taken, accepted, refused = list(used), [], []
    for candidate in wanted:
        vote = _place(candidate, taken) if is_open else None
        if vote is None:
            refused.append((candidate.entry, _reason(rule, candidate, taken if is_open else None)))
        else:
            accepted.append(vote)
            taken.append(vote)
    if refused and rule.is_choice:
        accepted = []
    return Allocation(tuple(accepted), tuple(refused))


def _place(candidate: Candidate, taken: Sequence[Slotted]) -> Slotted | None:
    period = [vote for vote in taken if vote.period == candidate.period]
    scope = {vote.slot for vote in period if vote.scope == candidate.scope}
    entry = {vote.entry_slot for vote in period if vote.entry == candidate.entry}
    slot = next((slot for slot in candidate.slots if slot not in scope), None)
    entry_slot = next((slot for slot in candidate.entry_slots if slot not in entry), None)
    if slot is None or entry_slot is None:
        return None
    return Slotted(candidate.entry, candidate.period, candidate.scope, slot, entry_slot)


def _reason(rule: VoteRule, candidate: Candidate, taken: Sequence[Slotted] | None) -> Refused:
    period = [vote for vote in taken or () if vote.period == candidate.period]
    reason = classify(
        rule,
        is_open=taken is not None,
        entry_used=sum(vote.entry == candidate.entry for vote in period),
        scope_used=sum(vote.scope == candidate.scope for vote in period),
    )
    assert reason is not None, "a vote without free slot has a reason"
    return reason
