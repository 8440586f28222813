"""Every page of accounts as every member of the cast: 200 for its audience, sign-in or 404 for all others."""

from __future__ import annotations

from django.test import Client
from django.urls import get_resolver

from accounts.urls import own, sign_in
from tests.accounts.audience import AUDIENCE, PUBLIC, addresses
from tests.cast import Cast


def test_every_address_has_an_audience() -> None:
    named = {f"accounts:{route.name}" for route in own} | {route.name for route in sign_in}
    assert {name.removeprefix("POST ") for name in AUDIENCE} == named
    assert get_resolver().reverse_dict  # the table is about the real root


def test_pages_open_for_their_audience_only(cast: Cast) -> None:
    found = {name: address for name, address in addresses(cast).items() if not name.startswith("POST ")}
    for who in sorted(PUBLIC):
        client = Client()
        if who != "anonymous":
            client.force_login(cast.people[who])
        for name, address in found.items():
            status = client.get(address).status_code
            expected = {200} if who in AUDIENCE[name] else {302, 404}
            assert status in expected, f"{name} as {who}: {status}"


def test_what_is_posted_refuses_a_get_and_strangers(cast: Cast) -> None:
    stranger, owner = Client(), Client()
    stranger.force_login(cast.people["rival"])
    owner.force_login(cast.people["applicant"])
    for name, address in addresses(cast).items():
        if name.startswith("POST ") and name != "POST accounts:invitation-accept":
            assert owner.get(address).status_code == 405, name
            assert stranger.post(address, {"role": "owner", "email": "a@example.com"}).status_code == 404, name
            assert Client().post(address).url.startswith("/accounts/login/"), name
    assert cast.organisation.memberships.count() == 1
