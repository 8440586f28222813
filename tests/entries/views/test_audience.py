"""The rows of tests/entries/audience.py, opened by everybody of the cast."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.entries.audience import AUDIENCE, PUBLIC, addresses


def ask(cast, who: str, key: str, url: str) -> int:
    client = Client()
    if who != "anonymous":
        client.force_login(cast.people[who])
    return (client.post(url) if key.startswith("POST ") else client.get(url)).status_code


@pytest.mark.parametrize("who", sorted(PUBLIC))
def test_each_page_opens_to_its_audience_and_to_strangers_does_not_exist(cast, who):
    urls = addresses(cast)
    assert set(urls) == set(AUDIENCE)

    answers = {key: ask(cast, who, key, url) for key, url in urls.items()}

    for key, status in answers.items():
        if who in AUDIENCE[key]:
            assert status in ((200,) if not key.startswith("POST ") else (302, 409, 422)), (key, status)
        else:
            assert status == (302 if who == "anonymous" else 404), (key, status)
