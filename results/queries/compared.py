"""Two versions of a result side by side, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from entries.pure.entry_code import entry_code
from results.models import RoundResult
from results.pure.compare import (
    ADVANCE,
    AWARD,
    CAUSES,
    DECISION,
    MARK,
    PLACE,
    RULES,
    STATUS,
    TOTAL,
    VOTES,
    Change,
    changes,
)
from results.queries.record import record_of
from results.queries.state import published_versions

TOPICS = {
    RULES: "规则", STATUS: "参评状态", MARK: "评委总分", VOTES: "有效票数", DECISION: "评委会决定",
    TOTAL: "总分", PLACE: "名次", ADVANCE: "晋级", AWARD: "奖项",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A difference in words: what kind, which entry (with its title), what exactly, before and after."""

    word: str
    subject: str
    name: str
    before: str
    after: str
    is_cause: bool


def version_changes(before: RoundResult, after: RoundResult, *, with_marks: bool = True) -> list[ShownChange]:
    """What is different between two versions of one round; single judges' totals only `with_marks`."""
    found = [one for one in changes(record_of(before), record_of(after)) if with_marks or one.topic != MARK]
    titles = dict(after.placings.values_list("entry__number", "entry__title"))
    titles |= dict(before.placings.values_list("entry__number", "entry__title"))
    return [shown_change(one, {entry_code(number): title for number, title in titles.items()}) for one in found]


def shown_change(one: Change, titles: dict[str, str]) -> ShownChange:
    subject = f"{one.entry} 号 {titles.get(one.entry, '')}".strip() if one.entry else "全部项目"
    return ShownChange(TOPICS[one.topic], subject, one.name, one.before, one.after, one.topic in CAUSES)


def public_predecessor(result: RoundResult) -> RoundResult | None:
    """The published version that was in force before this one."""
    return next((one for one in published_versions(result.round_id) if one.version < result.version), None)
