"""How alike two titles are, as a hint for a person (standard library only). Nothing is decided by it."""

from __future__ import annotations

import re

from core.text import fold

# Words that stand in every other title of a patent and say nothing.
_COMMON = re.compile(r"一种|基于|用于|及其|以及|方法|装置|系统|设备|应用|制备|[的与和及、，,（）()\s]")
ALIKE = 70


def similarity(one: str, other: str) -> int:
    """0–100: the share of pairs of neighbouring characters that both titles have, common words left out."""
    first, second = _pairs(one), _pairs(other)
    together = len(first | second)
    return 100 * len(first & second) // together if together else 0


def _pairs(title: str) -> set[str]:
    text = _COMMON.sub("", fold(title).lower())
    return {text[place : place + 2] for place in range(len(text) - 1)}
