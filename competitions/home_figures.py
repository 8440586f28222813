"""大赛数字 on the edition's home page. Apps above register what they count when they are loaded (`AppConfig.ready`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from competitions.models import Edition


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: `label` says what is counted, `value` is written already (128,460), `hint` says how or of what."""

    label: str
    value: str
    unit: str
    hint: str = ""


Source = Callable[[Edition, datetime], list[Figure]]
_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int) -> None:
    """Adds the figures of an app; a second call with the same name replaces the first. `order`: entries 10, voting 20,
    judging 30. A source returns an empty list while there is nothing to show."""
    _sources[name] = (order, source)


def figures(edition: Edition, at: datetime) -> list[Figure]:
    """Every figure of the edition at `at`, in order."""
    ordered = sorted(_sources.values(), key=lambda pair: pair[0])
    return [figure for _, source in ordered for figure in source(edition, at)]
