"""In which state a result is: derived from approvals, publication and later versions, never stored."""

from __future__ import annotations

from competitions.models import Edition, Round
from competitions.queries.rule_set import award_round, scored_rounds
from core.once import once
from entries.models import Entry
from results.models import Placing, ResultApproval, RoundResult
from results.states import APPROVED, PROPOSED, PUBLISHED, SUPERSEDED

APPROVALS = 2
TREE = ("round__edition", "round__stage", "publication__by")


def result_state(result: RoundResult) -> str:
    """proposed, approved, published or superseded. A published result stays in force until a later one is published."""
    versions = result_versions(result.round_id)
    later = [one for one in versions if one.version > result.version]
    published = {one.version for one in _published(versions)}
    is_published = result.version in published
    if any(one.version in published for one in later) if is_published else later:
        return SUPERSEDED
    if is_published:
        return PUBLISHED
    return APPROVED if len(approvals_of(result)) >= APPROVALS else PROPOSED


def result_versions(round_id: int) -> list[RoundResult]:
    """Every version of a round's result without its record, the newest first, read once a page."""
    rows = RoundResult.objects.filter(round=round_id).select_related(*TREE).defer("record").order_by("-version")
    return once(("result versions", round_id), lambda: list(rows))


def published_versions(round_id: int) -> list[RoundResult]:
    """Every version that was public, the newest, which is in force, first."""
    return _published(result_versions(round_id))


def approvals_of(result: RoundResult) -> list[ResultApproval]:
    """Who approved the version, in order of time, read once a page."""
    return once(("approvals", result.pk), lambda: list(result.approvals.select_related("by")))


def latest_result(round: Round) -> RoundResult | None:
    """The newest version, whatever its state: what the organiser works on."""
    return next(iter(result_versions(round.pk)), None)


def current_result(round: Round) -> RoundResult | None:
    """The published version in force."""
    return next(iter(published_versions(round.pk)), None)


def previous_round(round: Round) -> Round | None:
    """The scored round before this one."""
    before = [one for one in _scored(round) if one.position < round.position]
    return before[-1] if before else None


def next_round(round: Round) -> Round | None:
    """The scored round after this one."""
    after = [one for one in _scored(round) if one.position > round.position]
    return after[0] if after else None


def final_result(edition: Edition) -> RoundResult | None:
    """The published result of the round in which awards are decided."""
    last = award_round(edition)
    return current_result(last) if last else None


def finalists(edition: Edition) -> list[Entry]:
    """Entries that go on to the last scored round, by group and place; empty until that list is published."""
    rounds = scored_rounds(edition)
    result = current_result(rounds[-2]) if len(rounds) > 1 else None
    return [placing.entry for placing in advanced_placings(result)] if result else []


def advanced_placings(result: RoundResult) -> list[Placing]:
    """Placings of those who go on, by group and place."""
    outcomes = (Placing.Outcome.ADVANCED, Placing.Outcome.BYE)
    return list(result.placings.filter(outcome__in=outcomes).select_related("entry", "group"))


def _scored(round: Round) -> list[Round]:
    return scored_rounds(round.edition)


def _published(versions: list[RoundResult]) -> list[RoundResult]:
    return [one for one in versions if hasattr(one, "publication")]
