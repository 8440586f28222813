"""Who else still needs an edition's voters: apps above say so through this registry (ADR 1), because they may not be imported.

A source answers with every reason why the voters of an edition cannot be forgotten yet, in Chinese sentences; an objection
that is not settled is one.
"""

from __future__ import annotations

from collections.abc import Callable

from competitions.models import Edition

Source = Callable[[Edition], list[str]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a source; called once, from an app's `ready`."""
    if source not in _sources:
        _sources.append(source)


def reasons_to_keep(edition: Edition) -> list[str]:
    """Every reason of every source."""
    return [reason for source in _sources for reason in source(edition)]
