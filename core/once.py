"""What one page asks the database several times, answered once while a request that only reads is served.

A request that may write remembers nothing, and no answer outlives its request: a permission that was taken away, a figure that
was just changed, are seen by the next one. What processes remember between requests is core.memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading(method: str) -> Iterator[None]:
    """The time in which a request of this method is served."""
    token = _answers.set({} if method in ("GET", "HEAD") else None)
    try:
        yield
    finally:
        _answers.reset(token)


def once(key: Hashable, ask: Callable[[], Any]) -> Any:
    """The answer of `ask`, asked at most once a reading request; elsewhere (writes, jobs, commands) asked every time.

    `key` names the question with all it depends on. Whoever gets a list must not change it.
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    return answers[key]
