from __future__ import annotations

import threading

from django.http import HttpResponse
from django.test import RequestFactory

from core import slow_bodies
from core.slow_bodies import CHUNKS, LARGE, OTHERS, SlowBodies


class Slow:
    """A view that is busy until it is let go."""

    def __init__(self) -> None:
        self.busy = threading.Semaphore(0)
        self.go = threading.Event()

    def __call__(self, request) -> HttpResponse:
        self.busy.release()
        assert self.go.wait(20)
        return HttpResponse("done")


def hold(middleware: SlowBodies, view: Slow, make, count: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=middleware, args=(make(),)) for _ in range(count)]
    for thread in threads:
        thread.start()
        assert view.busy.acquire(timeout=20)
    return threads


def piece():
    return RequestFactory().put("/uploads/abc/?offset=0", b"x", content_type="application/octet-stream")


def large():
    return RequestFactory().post("/my/", b"x" * (LARGE + 1), content_type="application/octet-stream")


def small():
    return RequestFactory().post("/my/", b"x" * LARGE, content_type="application/octet-stream")


def test_pieces_take_turns_and_everybody_else_is_served_meanwhile():
    view = Slow()
    middleware = SlowBodies(view)
    threads = hold(middleware, view, piece, CHUNKS)

    refused = middleware(piece())
    assert (refused.status_code, refused["Retry-After"]) == (503, "1")
    threads += hold(middleware, view, large, OTHERS)
    assert "请返回上一页" in middleware(large()).content.decode()
    threads += hold(middleware, view, small, 3)

    view.go.set()
    for thread in threads:
        thread.join(20)
    assert middleware(piece()).content == middleware(large()).content == b"done"


def test_a_turn_ends_with_a_failure_too():
    def fail(request):
        raise RuntimeError

    middleware = SlowBodies(fail)
    for _ in range(CHUNKS + 1):
        try:
            middleware(piece())
        except RuntimeError:
            continue
        raise AssertionError("a turn was not given back")


def test_one_thread_of_a_process_is_always_left():
    assert slow_bodies.CHUNKS + slow_bodies.OTHERS < 4
