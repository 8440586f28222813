"""Senders on bad lines take turns, so that they never hold all threads of a process (ADR 0014).

The server hands a request over as soon as its first line is there, and a thread waits while the body trickles in. At most
CHUNKS pieces of uploads and OTHERS large forms are read at a time in one process; whoever comes in between is told to come
back in a second, which the upload script does by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Semaphore

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

CHUNKS = 2
OTHERS = 1
LARGE = 256 * 1024
CHUNK_PATH = "/uploads/"


class SlowBodies:
    """Middleware; stands before everything that may read the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._chunks = Semaphore(CHUNKS)
        self._others = Semaphore(OTHERS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        turn = self._turn(request)
        if turn is None:
            return self.get_response(request)
        if not turn.acquire(blocking=False):
            return _later(request)
        try:
            return self.get_response(request)
        finally:
            turn.release()

    def _turn(self, request: HttpRequest) -> Semaphore | None:
        if request.method == "PUT" and request.path.startswith(CHUNK_PATH):
            return self._chunks
        length = request.META.get("CONTENT_LENGTH") or "0"
        return self._others if length.isdigit() and int(length) > LARGE else None


def _later(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(CHUNK_PATH):
        response = HttpResponse(status=503)
    else:
        response = HttpResponse(render_to_string("errors/busy.html"), status=503)
    response["Retry-After"] = "1"
    return response
