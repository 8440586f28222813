"""Every page of competitions, asked for by everybody."""

from __future__ import annotations

from django.test import Client
from django.urls import get_resolver

from core import clock
from tests.cast import Cast
from tests.competitions.audience import AUDIENCE, EVERYBODY, addresses
from tests.factories import moments


def test_every_url_has_an_audience() -> None:
    _, resolver = get_resolver().namespace_dict["competitions"]
    named = {f"competitions:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    assert named == {key.removeprefix("POST ") for key in AUDIENCE}


def test_pages_open_for_their_audience_and_for_nobody_else(cast: Cast) -> None:
    where = addresses(cast)
    wrong = []
    with clock.rehearse(moments.DURING_REGISTRATION):
        for who in sorted(EVERYBODY):
            client = Client()
            if who != "anonymous":
                client.force_login(getattr(cast, who), "accounts.backends.PasswordBackend")
            for key, allowed in AUDIENCE.items():
                if key.startswith("POST "):
                    continue
                status = client.get(where[key]).status_code
                expected = 200 if who in allowed else 302 if who == "anonymous" else 404
                if status != expected:
                    wrong.append((who, key, status, expected))
    assert wrong == []


def test_posts_are_refused_to_everybody_else(cast: Cast) -> None:
    where = addresses(cast)
    wrong = []
    for who in ("examiner", "judge", "auditor", "stranger", "foreigner"):
        client = Client()
        client.force_login(getattr(cast, who), "accounts.backends.PasswordBackend")
        wrong += [(who, key) for key in where if not _is_public(key) and client.post(where[key]).status_code not in (404, 405)]
    assert wrong == [("foreigner", "competitions:edition-create")]


def _is_public(key: str) -> bool:
    return AUDIENCE[key] == EVERYBODY
