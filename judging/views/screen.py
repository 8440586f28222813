"""The hall's screen: a page that stays open for hours, and the state it polls."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from judging.queries.screen import get_screen_room, screen_state, state_number


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
    """The full state as JSON; 304 in two queries while the screen has it already."""
    room = get_screen_room(slug, token)
    tag = f'"{state_number(room)}"'
    if request.headers.get("If-None-Match") == tag:
        return tagged(HttpResponseNotModified(), tag)
    return tagged(JsonResponse(screen_state(room, clock.now())), tag)


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """The answer of a poll: named by its state, kept by no cache."""
    response["ETag"] = tag
    return unstored(response)


def unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
