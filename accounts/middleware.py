"""allauth's rate limits, said in our words."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import TooManyRequests
from core.middleware import refusal_context

WAIT = 60  # seconds; allauth does not say how long, its longest limit on people is a minute


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page for a limit that was reached."""
    return render(request, "errors/refusal.html", refusal_context(request, TooManyRequests(seconds=WAIT)), status=429)


class rate_limits:  # noqa: N801  middleware are named as functions in settings
    """Some of allauth's flows raise their limit instead of answering it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many_requests(request) if isinstance(exception, RateLimited) else None
