"""The few addresses a whole crowd asks for at once, the vote above all, go by a short chain of middleware (ADR 0028).

settings.HOT_PATHS names them, settings.HOT_PATH_PAGES what is put around a page shown behind one. What protects stays: the request's id and the client's address, the check of the host, the
redirect to https, every security header; the origin of a vote is checked by its view. What only pages need (session, user,
messages, CSRF token, htmx) is left out, and a hot view that has to show a page after all does so with `in_full`. Errors and
refusals are shown that way by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils.module_loading import import_string

from core.middleware import refusals, request_context

Handler = Callable[[HttpRequest], HttpResponse]
Page = Callable[[], HttpResponse]

HEADERS = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.permissions_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""Middleware of which a hot answer gets the headers, worked out once: none of them looks at more than the scheme."""


class HotPaths:
    """The outermost middleware: sends a hot address down the short chain, everything else down the whole one."""

    def __init__(self, get_response: Handler) -> None:
        self.whole = get_response
        self.is_hot = re.compile("|".join(settings.HOT_PATHS)).fullmatch
        self.short = request_context(cast(Handler, convert_exception_to_response(_Short())))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (self.short if self.is_hot(request.path_info) else self.whole)(request)


def in_full(request: HttpRequest, page: Page) -> HttpResponse:
    """Shows a page behind a hot address with session, user, messages and CSRF token around it, as any other page has them."""
    short: _Short | None = getattr(request, "short_chain", None)
    return short.in_full(request, page) if short else page()


class _Short:
    """Host, https, the view, the headers."""

    def __init__(self) -> None:
        self._find = lru_cache(maxsize=64)(get_resolver().resolve)  # a vote's address is the same for everybody who votes
        self._pages = _around(_show, tuple(settings.HOT_PATH_PAGES))
        self._headers: dict[bool, dict[str, tuple[str, str]]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.short_chain = self  # type: ignore[attr-defined]
        try:
            request.get_host()
            response = self._redirect(request) or self._view(request)
        except Exception as error:
            response = self.in_full(request, partial(_raise, error))
        headers = response.headers
        headers._store = {**self._fixed(request), **headers._store}  # what the view set stays; checked and encoded once, not each time
        if not response.streaming and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))
        return response

    def _view(self, request: HttpRequest) -> HttpResponse:
        """What Django does between the last middleware and the view, for views that are neither async nor late to render."""
        match = self._find(request.path_info)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)

    def in_full(self, request: HttpRequest, page: Page) -> HttpResponse:
        request.page_to_show = page  # type: ignore[attr-defined]
        return self._pages(request)

    def _redirect(self, request: HttpRequest) -> HttpResponse | None:
        if not settings.SECURE_SSL_REDIRECT or request.is_secure():
            return None
        return _around(lambda _: HttpResponse(), HEADERS[:1])(request)

    def _fixed(self, request: HttpRequest) -> dict[str, tuple[str, str]]:
        """What the middlewares put on an empty answer, as Django keeps it: by lower name, the name and the value."""
        is_secure = request.is_secure()
        if is_secure not in self._headers:
            answer = _around(lambda _: HttpResponse(), HEADERS)(request)
            del answer.headers["Content-Type"]
            self._headers[is_secure] = dict(answer.headers._store)
        return self._headers[is_secure]


def _around(inner: Handler, names: tuple[str, ...]) -> Handler:
    """Middleware around a handler, the first outermost, as Django's own handler builds it."""
    chain: Any = convert_exception_to_response(inner)
    for name in reversed(names):
        chain = convert_exception_to_response(import_string(name)(chain))
    return chain


def _show(request: HttpRequest) -> HttpResponse:
    """The page that is asked for; a refusal on the way becomes one."""
    try:
        return request.page_to_show()  # type: ignore[attr-defined]
    except Exception as error:
        response = refusals(_show).process_exception(request, error)
        if response is None:
            raise
        return response


def _raise(error: Exception) -> HttpResponse:
    raise error
