"""Placeholders in what an organiser writes: `{收件人}` and the like, filled with plain text that can pretend nothing."""

from __future__ import annotations

import re
from collections.abc import Set

PLACEHOLDER = re.compile(r"\{([^{}\n]{1,20})\}")
LONGEST = 80


def placeholders_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: dict[str, str], *, own: Set[str] = frozenset()) -> str:
    """`text` with each known placeholder replaced once: a value that looks like a placeholder stays as it is. Values named
    in `own` are safe and stand as they are, all others were typed by somebody."""

    def value(name: str) -> str:
        return values[name] if name in own else plain(values[name])

    return PLACEHOLDER.sub(lambda match: value(match[1]) if match[1] in values else match[0], text)


def plain(value: str) -> str:
    """What somebody else typed, as one short line without control characters and without an address that mail
    programs would turn into a link."""
    return _harmless(value)[:LONGEST]


def plain_lines(value: str) -> str:
    """The same for a text of several lines, at its full length."""
    return "\n".join(_harmless(line) for line in value.strip().split("\n"))


def _harmless(value: str) -> str:
    line = " ".join("".join(ch if ch.isprintable() else " " for ch in value).split())
    return line.replace("://", "：//").replace("www.", "www。")
