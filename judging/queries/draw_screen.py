"""The draw on the hall's screen: plates revealed one by one. It tells only the places the operator has shown."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from competitions.models import Edition
from judging.models import Draw
from judging.queries.draw_page import view_draw
from judging.queries.screen import milliseconds

WAITING, DRAWING, DONE = "waiting", "drawing", "done"


def get_screen_draw(edition: Edition, public_id: str) -> Draw:
    """A draw of the edition with its positions; 404 otherwise."""
    draws = Draw.objects.filter(public_id=public_id, round__edition=edition).select_related("round__edition", "group")
    draw = draws.prefetch_related("positions__entry").first()
    if draw is None:
        raise Http404
    return draw


def draw_screen_state(draw: Draw, at: datetime) -> dict[str, object]:
    """The whole state: `plates` has one row a place, with code and name for those that are shown."""
    rows = view_draw(draw).rows
    count = len(rows) or len(draw.labels)
    plates: list[dict[str, object]] = [{"position": place} for place in range(1, count + 1)]
    for position, _, entry in rows[: draw.plates_shown]:
        plates[position - 1] = {"position": position, "code": entry.code, "name": entry.short_name}
    phase = WAITING if draw.drawn_at is None else (DONE if draw.plates_shown >= count else DRAWING)
    return {
        "number": draw.screen_version,
        "now": milliseconds(at),
        "title": f"{draw.round.edition.short_name}{draw.round.name}路演顺序抽签",
        "group": draw.group.name,
        "method": draw.get_method_display(),
        "witness": draw.witness,
        "phase": phase,
        "shown": draw.plates_shown,
        "plates": plates,
    }
