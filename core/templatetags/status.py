"""`{% status "entry" entry.state %}`: a badge with icon, word and tone from the one table in core.statuses."""

from typing import Any

from django import template

from core.statuses import Status, status_of

register = template.Library()


@register.inclusion_tag("components/badge.html")
def status(kind: str, value: str, word: str = "") -> dict[str, Any]:
    """The badge of a status; `word` replaces the table's word where the page names the object too (网络投票进行中)."""
    found = status_of(kind, value)
    return {"word": word or found.word, "icon": found.icon, "tone": found.tone}


@register.simple_tag
def status_word(kind: str, value: str) -> str:
    """Only the word, for running text and table cells that are exported."""
    return str(status_of(kind, value).word)


@register.simple_tag
def status_parts(kind: str, value: str) -> Status:
    """The status itself, for layouts that place icon and word apart."""
    return status_of(kind, value)
