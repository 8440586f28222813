"""A final in progress: before an entrant's marks are revealed nobody but their giver reads one, by no URL of the project.

Every URL is filled with every value it could be given in this world (codes, numbers, public ids of entries, assignments,
draws and decks, the screen's address) and asked for with filters and orders, as everybody; so is the API, with a token.
Marks and comments of the others are such as appear nowhere else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from core import clock
from core.outbox.models import Message
from judging.models import Assignment, Draw
from judging.views import screen
from tests.cast import Cast
from tests.factories.judging import lock_sheet_at
from tests.jianggaosai.test_api_scopes import Caller
from tests.judging.hall import AT, TO_REVEAL, TO_SCORING, Hall, build_hall
from tests.judging.scene import readable

WHO = ("judge", "chief", "applicant", "rival", "operator", "organiser", "anonymous")
ODD = ("53.5", "57.5", "91.5", "96.5")  # two of the others' marks, and their totals
COMMENT = "别人的评语"
QUESTIONS = ("", "?sort=total", "?order=-score", "?q=91.5", "?state=locked&ordering=-total", "?format=json&search=96.5")
SKIPPED = ("altcha", "challenge", "captcha", "health", "image", "logout")
SLOW = 900  # the most addresses of one person, so that a new converter does not multiply them unseen


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", pattern


def values(hall: Hall) -> dict[str, list[object]]:
    """What can stand in an address, by the name of its part."""
    final = hall.final
    ids = [final.entries[0].public_id]
    sheets = [final.assignment(seat, 0).public_id for seat in (0, 1)]
    return {
        "slug": ["jgs2026"], "edition": ["jgs2026"], "kind": ["final", "finals"], "what": ["final", "entries", "judges", "sheets"],
        "fmt": ["csv", "json"], "format": ["csv"], "public_id": [*ids, *sheets, Draw.objects.get().public_id],
        "entry_id": ids, "entry": ids, "code": ["001"], "number": [2], "position": [1], "version": [1],
        "token": [hall.room.screen_token], "subject": ["entry-001", "seat-02"], "digest": ["0" * 64],
    }  # fmt: skip


def addresses(hall: Hall) -> list[str]:
    known, found = values(hall), set()
    for name, pattern in patterns(get_resolver()):
        parts = list(pattern.pattern.converters)
        if name.startswith(("account_", "mfa_", "api-")) or any(word in name for word in SKIPPED):
            continue
        for chosen in itertools.product(*(known.get(part, ["jgs2026"]) for part in parts)):
            try:
                found.add(reverse(name, kwargs=dict(zip(parts, chosen, strict=True))))
            except NoReverseMatch:
                continue
    lists = ("/judge/", "/my/", "/judge/compare/jgs2026/final/")
    return sorted(found) + [page + question for page in lists for question in QUESTIONS[1:]]


def submit_others(hall: Hall) -> None:
    """Sheets of everybody but the judge; those of the chief judge say nothing odd."""
    for seat, (first, second) in enumerate((("53.5", "38"), ("50", "36"), ("57.5", "39"), ("53.5", "38")), start=1):
        sheet = lock_sheet_at(hall.final.assignment(seat, 0), {"A": first, "B": second})
        if second != "36":
            sheet.comment = sheet.feedback = COMMENT
            sheet.save()


def told(client: Client, address: str) -> set[str]:
    """Which of the others' figures stand in what this address answers."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = readable(body)
    return {word for word in ODD if re.search(rf"(?<![\d.]){re.escape(word)}(?!\d)", text)} | ({COMMENT} if COMMENT in text else set())


@pytest.mark.parametrize("who", WHO)
def test_no_url_tells_anothers_mark_before_the_reveal(cast: Cast, who: str) -> None:
    hall, client = build_hall(cast, entries=2), Client()
    hall.step(0, *TO_SCORING)
    if who != "anonymous":
        client.force_login(cast.people[who])
    with clock.rehearse(AT):
        asked = addresses(hall)
        assert len(asked) < SLOW
        asked = [address for address in asked if client.get(address).status_code < 400]
        assert len(asked) > 5
        before = {address: told(client, address) for address in asked}
        submit_others(hall)
        screen._boards.forget()
        leaks = {address: found for address in asked if (found := told(client, address) - before[address])}
    assert leaks == {}
    assert not [one for one in Message.objects.all() if any(word in one.body for word in (*ODD, COMMENT))]


def test_no_answer_of_the_api_tells_one_either(cast: Cast) -> None:
    hall = build_hall(cast, entries=2)
    hall.step(0, *TO_SCORING)
    submit_others(hall)
    ids = [one.public_id for one in Assignment.objects.filter(entry=hall.final.entries[0])]
    paths = ["judge/tasks/", "judge/tasks/?ordering=-total&search=91.5", *(f"judge/tasks/{one}/" for one in ids)]
    for who in ("judge", "applicant"):
        caller = Caller(cast.people[who], "judge")
        caller.at = AT
        texts = [caller.call("get", path).content.decode() for path in paths]
        assert [word for word in ODD for text in texts if word in text] == [], who


def test_the_sweep_would_see_a_leak(cast: Cast) -> None:
    """Negative control: the same figures are on the hall's screen from the first step of the reveal on."""
    hall, client = build_hall(cast, entries=2), Client()
    hall.step(0, *TO_SCORING)
    submit_others(hall)
    hall.mark_own(0, {"A": "50", "B": "36"})
    address = reverse("judging:screen-state", args=["jgs2026", hall.room.screen_token])
    with clock.rehearse(AT):
        assert address in addresses(hall) and told(client, address) == set()
        hall.step(0, *TO_REVEAL)
        screen._boards.forget()
        assert told(client, address) == {"91.5", "96.5"}
