"""The short chain answers as the whole one does: the same headers, the same refusals, pages with everything a page has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import warning
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings

from core.errors import Refusal
from core.hot_paths import HotPaths, _Short, in_full

pytestmark = pytest.mark.django_db
PATH = "/jianggaosai-2026/vote/cast/"


class Shut(Refusal):
    code, status, message = "shut", 409, "今天不开门。"


def answer(view: Callable[[HttpRequest], HttpResponse], monkeypatch: pytest.MonkeyPatch, **asked: Any) -> HttpResponse:
    """What a hot address answers whose view is `view`."""
    monkeypatch.setattr(_Short, "_view", lambda self, request: view(request))
    return HotPaths(lambda request: HttpResponse(b"whole"))(RequestFactory().post(PATH, **asked))


def test_it_carries_the_headers_of_the_whole_chain(client: Client) -> None:
    hot, cold = client.get(PATH), client.get("/healthz/live")
    assert hot.status_code == 405
    wanted = {"Content-Type", "Content-Length"}
    ignored = {"Allow", "Vary"}
    assert {name for name in hot.headers if name not in ignored} == {*cold.headers} - ignored | wanted
    for name in cold.headers:
        if name not in {"Content-Type", "Content-Length", "X-Request-Id", "Content-Security-Policy", "Vary"}:
            assert hot[name] == cold[name], name
    parts = [set(one["Content-Security-Policy"].split("; ")) for one in (hot, cold)]
    assert parts[0] == parts[1]
    assert len(hot["X-Request-Id"]) == 12


@override_settings(ALLOWED_HOSTS=["jgs.example"])
def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.post(PATH, headers={"host": "evil.example"}).status_code == 400


@override_settings(SECURE_SSL_REDIRECT=True)
def test_it_leads_to_https(client: Client) -> None:
    response = client.post(PATH)
    assert (response.status_code, response["Location"]) == (301, f"https://testserver{PATH}")


@override_settings(SECURE_HSTS_SECONDS=60)
def test_https_is_kept_for_good(client: Client) -> None:
    assert client.get(PATH, secure=True)["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in client.get(PATH)


def test_another_address_takes_the_whole_chain() -> None:
    whole = HotPaths(lambda request: HttpResponse(b"whole"))
    assert whole(RequestFactory().get("/jianggaosai-2026/vote/")).content == b"whole"


def test_a_hot_view_has_neither_session_nor_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{hasattr(request, 'session')} {hasattr(request, 'user')} {request.client_address}")

    assert answer(view, monkeypatch).content == b"False False 127.0.0.1"


def test_a_page_shown_in_full_has_them_and_its_messages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        def page() -> HttpResponse:
            warning(request, "03 号未计票")
            return HttpResponse(f"{request.user.is_anonymous} {bool(get_token(request))} {request.htmx.boosted}")

        return in_full(request, page)

    response = answer(view, monkeypatch)
    assert response.content == b"True True False"
    assert {"messages", "csrftoken"} <= set(response.cookies)


def test_a_refusal_becomes_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: HttpRequest) -> HttpResponse:
        raise Shut

    refused = answer(refuse, monkeypatch)
    assert refused.status_code == 409 and "今天不开门" in refused.content.decode()


def test_outside_the_short_chain_a_page_is_just_shown() -> None:
    assert in_full(RequestFactory().get("/"), lambda: HttpResponse(b"page")).content == b"page"


def test_a_missing_edition_is_the_ordinary_404(client: Client) -> None:
    response = client.get("/no-such-edition/board/data.json")
    assert response.status_code == 404
    assert response.content.decode().startswith(client.get("/no-such-edition/").content.decode()[:200])


