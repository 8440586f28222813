"""Who of a group goes on to the next round (trust.md §1, domain.md §2.5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from competitions.pure.advance_rule import AdvanceRule
from core.fault import Fault
from results.pure.rank import Placing


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on. `field`: ranked entries; `quota`: places by the rule; `cut_place`: the last place that goes on
    (None: nobody ranked); `tied_at_cut`: entries that share it when they make the list longer than the quota;
    `advanced`: ranked entries going on, best first; `byes`: entries going on unranked; `declined`: gave up or were struck out."""

    field: int
    quota: int
    cut_place: int | None
    tied_at_cut: tuple[str, ...]
    advanced: tuple[str, ...]
    byes: tuple[str, ...]
    declined: tuple[str, ...]


def finalists(
    placings: Sequence[Placing], rule: AdvanceRule, *, byes: Collection[str] = (), declined: Collection[str] = ()
) -> Advance:
    """The finalists of one group. A tie at the cut lets all advance, even beyond the rule's maximum.

    `byes` go on without a place and take none; `declined` are ranked entries that gave up or were struck out: with back-filling the next
    in line moves up, without it their place stays empty. Refuses more byes than the rule allows.
    """
    if len(byes) > rule.byes:
        raise Fault("too_many_byes", f"本组直接晋级 {len(byes)} 个，超过规则允许的 {rule.byes} 个。")
    quota = rule.quota(len(placings))
    in_line = [one for one in placings if not (rule.backfill and one.entry in declined)]
    places = sorted(one.place for one in in_line)
    cut = places[min(quota, len(places)) - 1] if quota and places else None
    reached = [one for one in in_line if cut is not None and one.place <= cut]
    return Advance(
        field=len(placings),
        quota=quota,
        cut_place=cut,
        tied_at_cut=tuple(one.entry for one in reached if one.place == cut) if len(reached) > quota else (),
        advanced=tuple(one.entry for one in reached if one.entry not in declined),
        byes=tuple(sorted(byes)),
        declined=tuple(one.entry for one in placings if one.entry in declined),
    )
