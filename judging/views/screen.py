"""The hall's screen: a page that stays open for hours, and the state it polls.

A process remembers the state for a moment, so that hundreds of viewers cost the database what one costs. What is
remembered may be a moment old and is never older than what the viewer has: a viewer ahead of it makes it read anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.memory import Memory
from judging.queries.screen import get_screen_room, milliseconds, screen_state, state_number

FRESH = 0.3  # seconds
_boards = Memory(size=16)


@dataclass(frozen=True, slots=True)
class Board:
    """A state as it goes over the wire, without the time of the answer."""

    number: int
    body: bytes
    read_at: float

    @property
    def tag(self) -> str:
        return f'"{self.number}"'


@require_safe
def screen(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The page, with the state of this moment in it so that nothing flashes empty."""
    room = get_screen_room(slug, token)
    state = screen_state(room, clock.now())
    context = {
        "screen": {"title": state["title"], "group": state["group"]},
        "state": state,
        "state_url": reverse("judging:screen-state", args=[slug, token]),
        "edition": room.round.edition,
        "round": room.round,
    }
    return unstored(render(request, "judging/screen/screen.html", context))


@require_safe
def state(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The full state as JSON; 304 while the screen has it already, most often without a query."""
    seen = request.headers.get("If-None-Match", "")
    board = _board(slug, token, seen)
    if seen == board.tag:
        return tagged(HttpResponseNotModified(), board.tag)
    body = b'{"now":%d,%s' % (milliseconds(clock.now()), board.body[1:])
    return tagged(HttpResponse(body, content_type="application/json"), board.tag)


def _board(slug: str, token: str, seen: str) -> Board:
    kept: Board | None = _boards.get((slug, token))
    if kept is not None and clock.ticks() - kept.read_at < FRESH and _number(seen) <= kept.number:
        return kept
    at = clock.ticks()
    room = get_screen_room(slug, token)
    number = state_number(room)
    if kept is not None and kept.number == number:
        board = Board(number, kept.body, at)
    else:
        found = screen_state(room, clock.now())
        found.pop("now")
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        board = Board(int(str(found["number"])), text.encode(), at)
    _boards.put((slug, token), board)
    return board


def _number(tag: str) -> int:
    text = tag.strip('"')
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """The answer of a poll: named by its state, kept by no cache."""
    response["ETag"] = tag
    return unstored(response)


def unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
