"""Every page of the vote as every member of the cast: those it is for get in, strangers get 404 or the sign-in page."""

from __future__ import annotations

import pytest
from django.test import Client

from core import clock
from tests.cast import Cast
from tests.factories import moments
from tests.voting.audience import AUDIENCE, EVERYBODY, addresses


@pytest.mark.django_db
def test_each_page_opens_for_its_audience_alone(cast: Cast) -> None:
    urls = {name: url for name, url in addresses(cast).items() if not name.startswith("POST")}
    with clock.rehearse(moments.DURING_VOTE):
        for who in sorted(EVERYBODY):
            client = Client()
            if who != "anonymous":
                client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
            for name, url in urls.items():
                status = client.get(url).status_code
                wanted = {200} if who in AUDIENCE[name] else {404} if who != "anonymous" or "/org/" not in url else {302}
                if name == "voting:confirm":
                    wanted = {200}
                assert status in wanted, (who, name, status)
