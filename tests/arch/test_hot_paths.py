"""Hot addresses skip middleware. Each one of the whole chain is here with what becomes of it there, and why that is safe."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import get_resolver

from core.hot_paths import HEADERS

KEPT = {"core.hot_paths.HotPaths", "core.middleware.request_context", "core.middleware.refusals"}
LEFT_OUT = {
    "core.slow_bodies.SlowBodies": "it counts bodies above 256 kB; a vote above 32 kB is refused before it is read, the board reads none",
    "django.middleware.common.CommonMiddleware": "the host is checked by the chain itself, the length set by it; slashes and agents are no matter here",
    "accounts.middleware.rate_limits": "it translates allauth's limits, and no hot view calls allauth",
    "accounts.middleware.staff_presence": "it signs out staff on their pages, and no hot view is one",
    "accounts.middleware.staff_second_factor": "it guards the pages of staff, and no hot view is one",
}
PATHS = {
    "/jianggaosai-2026/vote/cast/": "the vote: no session, the origin is checked instead of a CSRF token, the voter is a signed cookie",
    "/jianggaosai-2026/board/data.json": "the board: the same bytes for everybody",
}


def test_each_middleware_is_kept_or_has_a_reason_to_be_left_out() -> None:
    assert [name for name in settings.MIDDLEWARE if name in HEADERS] == list(HEADERS)
    assert [name for name in settings.MIDDLEWARE if name in settings.HOT_PATH_PAGES] == settings.HOT_PATH_PAGES
    assert set(settings.MIDDLEWARE) == {*KEPT, *HEADERS, *settings.HOT_PATH_PAGES, *LEFT_OUT}
    assert settings.MIDDLEWARE[0] == "core.hot_paths.HotPaths"


def test_the_vote_and_the_board_are_hot_and_nothing_else() -> None:
    assert len(settings.HOT_PATHS) == len(PATHS)
    assert all(any(re.fullmatch(hot, path) for hot in settings.HOT_PATHS) for path in PATHS)
    assert {get_resolver().resolve(path).view_name for path in PATHS} == {"voting:cast", "voting:board-data"}
    for path in ("/", "/x/board/", "/x/vote/", "/x/vote/confirm/", "/org/x/vote/figures.json", "/x/y/vote/cast/", "/api/v1/"):
        assert not any(re.fullmatch(hot, path) for hot in settings.HOT_PATHS), path
