"""The stability of a result as it is kept and shown: what each award and place among the finalists stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from results.models import RoundResult, StabilityReport
from results.queries.record import record_of
from results.queries.stability import (
    Aspect,
    Draws,
    Interval,
    Variant,
    bootstrap,
    holders_of,
    stability,
    variant_count,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds something: in words (初创组 002 号金奖), for each aspect its title and how many of the possible variants leave
    it, in what per cent of the drawn panels the entry stays among those honoured (None: not drawn), and the variants that
    would take it away."""

    words: str
    code: str
    kept: tuple[tuple[str, int, int], ...]
    drawn: int | None
    lost_by: tuple[str, ...]

    @property
    def is_firm(self) -> bool:
        return not self.lost_by


@dataclass(frozen=True, slots=True)
class Stability:
    """Everything the page shows."""

    holders: tuple[Holder, ...]
    aspects: tuple[Aspect, ...]
    draws: tuple[Draws, ...]

    @property
    def firm(self) -> int:
        return sum(one.is_firm for one in self.holders)


def report_of(result: RoundResult) -> StabilityReport | None:
    return StabilityReport.objects.filter(sha256=result.sha256).first()


def step_count(result: RoundResult) -> int:
    """How many computations `measure` makes and tells of."""
    return variant_count(result) + len(record_of(result)["input"]["groups"])


def measure(result: RoundResult, *, tell: Callable[[], None]) -> dict[str, Any]:
    """The report's content as JSON values; `tell` is called after every computation."""
    aspects, draws = stability(result, tell=tell), bootstrap(result, tell=tell)
    return {
        "holders": holders_of(result),
        "aspects": [asdict(one) for one in aspects],
        "draws": [asdict(one) for one in draws],
    }


def read_report(content: dict[str, Any]) -> Stability:
    """The content of a finished report as the page needs it."""
    aspects = tuple(
        Aspect(one["key"], one["title"], tuple(_variant(row) for row in one["variants"])) for one in content["aspects"]
    )
    draws = tuple(
        Draws(one["group"], tuple(Interval(**row) for row in one["intervals"]), one["fault"]) for one in content["draws"]
    )
    shares = {row.code: row.held for one in draws for row in one.intervals}
    holders = tuple(_holder(row["words"], row["code"], aspects, shares) for row in content["holders"])
    return Stability(holders, aspects, draws)


def _variant(row: dict[str, Any]) -> Variant:
    return Variant(row["name"], tuple(row["lost"]), tuple(row["gained"]), row["fault"])


def _holder(words: str, code: str, aspects: tuple[Aspect, ...], shares: dict[str, int | None]) -> Holder:
    kept = tuple(_kept(words, aspect) for aspect in aspects)
    lost_by = tuple(variant.name for aspect in aspects for variant in aspect.variants if words in variant.lost)
    return Holder(words, code, kept, shares.get(code), lost_by)


def _kept(words: str, aspect: Aspect) -> tuple[str, int, int]:
    possible = [variant for variant in aspect.variants if not variant.fault]
    return aspect.title, sum(words not in variant.lost for variant in possible), len(possible)
