"""Who of a group wins which award. What the rules cannot decide is put to the committee, never settled silently."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from competitions.pure.award_rule import BY_CHOICE, BY_VOTES, SHARE, AwardRule
from core.fault import Fault
from results.pure.rank import Placing

DECIDED = "decided"
COMMITTEE = "committee"
WAITING = "waiting"
UNFILLED = "unfilled"


@dataclass(frozen=True, slots=True)
class TieDecision:
    """The committee's recorded choice among entries tied at an award (all of them: the award is shared), or among all
    entries for an award that it chooses."""

    award: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VacancyDecision:
    """The committee's recorded decision to leave `count` places of an award empty."""

    award: str
    count: int


@dataclass(frozen=True, slots=True)
class AwardOutcome:
    """What became of one award in one group.

    `winners`: best first; `shared`: those of them who share a place beyond the quota; `vacant`: places left empty;
    `tied`: entries the committee must choose among. `status`: `decided` · `committee` (a tie is to be decided) ·
    `waiting` (an award above it is not decided) · `unfilled` (too few entries though it may not stay vacant).
    """

    award: str
    quota: int
    winners: tuple[str, ...]
    shared: tuple[str, ...]
    vacant: int
    tied: tuple[str, ...]
    status: str


@dataclass(slots=True)
class _Handing:
    """One award being handed out: free places, and what has been settled."""

    award: AwardRule
    free: int
    gave_up: Collection[str] = ()
    winners: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)


def allocate_awards(
    awards: Sequence[AwardRule],
    group: str,
    placings: Sequence[Placing],
    *,
    totals: Mapping[str, Decimal] | None = None,
    vote_placings: Sequence[Placing] = (),
    gave_up: Collection[str] = (),
    decisions: Sequence[TieDecision | VacancyDecision] = (),
) -> list[AwardOutcome]:
    """Hand out `awards`, in their order, to the entries of one group (trust.md §1, domain.md §2.8).

    Whoever holds an award that is not stackable gets no second one of that kind; stackable awards go beside it.
    `totals` are needed for awards with a minimum; `vote_placings` (entries with votes only) for awards by votes.
    `gave_up`: ranked entries that take nothing (gave up, or struck out); the place of one stays empty unless the award is filled up from below.
    A remaining tie is shared or put to the committee, as the award says; awards after an open one wait.
    Refuses decisions about ties or vacancies that do not exist.
    """
    outcomes: list[AwardOutcome] = []
    holders: set[str] = set()
    open_above = False
    used: list[TieDecision | VacancyDecision] = []
    for award in awards:
        quota = award.quota(group)
        ranked = vote_placings if award.basis == BY_VOTES else placings
        if open_above and not award.stackable:
            outcomes.append(AwardOutcome(award.code, quota, (), (), 0, (), WAITING if quota else DECIDED))
            used += [one for one in decisions if one.award == award.code]
            continue
        eligible = [
            one for one in ranked if _worthy(one, award, totals) and (award.stackable or one.entry not in holders)
        ]
        handing = _Handing(award, quota, gave_up)
        _hand_out(handing, eligible, [one for one in decisions if one.award == award.code], used)
        outcomes.append(_outcome(handing, quota))
        if not award.stackable:
            holders.update(handing.winners, handing.passed)
            open_above = bool(handing.tied)
    _refuse_unused(decisions, used)
    return outcomes


def _worthy(placing: Placing, award: AwardRule, totals: Mapping[str, Decimal] | None) -> bool:
    return award.min_total is None or (totals or {})[placing.entry] >= award.min_total


def _hand_out(handing: _Handing, eligible, decisions, used) -> None:
    award = handing.award
    for vacancy in (one for one in decisions if isinstance(one, VacancyDecision)):
        if not award.may_stay_vacant or not 1 <= vacancy.count <= handing.free:
            raise Fault("bad_decision", f"“{award.name}”不能空缺 {vacancy.count} 个：奖项不得空缺，或超过名额。")
        handing.free -= vacancy.count
        used.append(vacancy)
    chosen = [one for one in decisions if isinstance(one, TieDecision)]
    if award.basis == BY_CHOICE:
        candidates = [one.entry for one in eligible if one.entry not in handing.gave_up]
        if candidates and handing.free:
            _settle_tie(handing, candidates, chosen, used)
        return
    for place in sorted({one.place for one in eligible}):
        if handing.free <= 0 or handing.tied:
            break
        _give_place(handing, [one.entry for one in eligible if one.place == place], chosen, used)


def _give_place(handing: _Handing, tied: list[str], decisions: list[TieDecision], used: list) -> None:
    """The entries of one place. Who gave up keeps a free place empty, unless the award is filled up from below or those
    beside it need the place."""
    alive = [one for one in tied if one not in handing.gave_up]
    handing.passed += [one for one in tied if one in handing.gave_up]
    if len(alive) > handing.free:
        _settle_tie(handing, alive, decisions, used)
        return
    handing.winners += alive
    taken = len(alive) if handing.award.backfill else len(tied)
    handing.free = max(handing.free - taken, 0)


def _settle_tie(handing: _Handing, tied: list[str], decisions: list[TieDecision], used: list) -> None:
    """More entries share the place than awards are left, or the committee is to choose among all."""
    award = handing.award
    by_choice = award.basis == BY_CHOICE
    chosen = list(tied) if award.tie == SHARE and not by_choice else None
    if len(decisions) > 1:
        raise Fault("bad_decision", f"“{award.name}”的并列有 {len(decisions)} 个决定，只能有一个。")
    for decision in decisions:
        chosen = sorted(decision.entries)
        full = {min(handing.free, len(tied))} if by_choice else {handing.free, len(tied)}
        fits = len(chosen) in full or (award.may_stay_vacant and len(chosen) < handing.free)
        if not chosen or not fits or not set(chosen) <= set(tied) or len(set(chosen)) < len(chosen):
            raise Fault(
                "bad_decision",
                f"“{award.name}”应从 {'、'.join(tied)} 中选出 {handing.free} 个"
                f"{'' if by_choice else '，或全部并列获奖'}。",
            )
        used.append(decision)
    if chosen is None:
        handing.tied = tied
        return
    handing.winners += chosen
    if len(chosen) > handing.free:
        handing.shared = chosen
    handing.free = 0


def _outcome(handing: _Handing, quota: int) -> AwardOutcome:
    vacant = 0 if handing.tied else max(quota - len(handing.winners), 0)
    status = DECIDED
    if handing.tied:
        status = COMMITTEE
    elif vacant and not handing.award.may_stay_vacant:
        status = UNFILLED
    return AwardOutcome(
        handing.award.code,
        quota,
        tuple(handing.winners),
        tuple(handing.shared),
        vacant,
        tuple(handing.tied),
        status,
    )


def _refuse_unused(decisions, used) -> None:
    idle = [one for one in decisions if one not in used]
    if idle:
        names = "、".join(sorted({one.award for one in idle}))
        raise Fault("bad_decision", f"评委会决定与实际情况不符：奖项 {names} 没有需要决定的并列或空缺。")
