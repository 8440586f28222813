"""Before a round is closed nobody but its giver learns a mark: by no page, list, order, search, export, API, mail or timing.

Every address of the project that needs no object but an edition and a round, and all pages of judging, are read by each
outsider to a sheet twice: before and after other judges have submitted. What comes back must be the same, byte for byte, and
made with as many queries.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from core import clock
from core.outbox.models import Message
from judging.models import Assignment
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import build_scene

WHO = ("judge", "conflicted", "applicant", "rival", "stranger", "anonymous")
ODD = ("41.5", "21.5", "63.0", "47.5", "19.5", "67.0", "别人的评语")
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|"csrfToken":"[^"]+"|name="(seed|token|uuid|submission)" value="[^"]+"'
)
# Answers that differ by themselves: a challenge is new each time, and what proves a person is, too.
OWN_CHANCE = ("altcha", "challenge", "captcha", "health", "image")
ARGUMENTS = ({}, {"slug": "jgs2026"}, {"slug": "jgs2026", "kind": "preliminary"})
QUESTIONS = ("", "?sort=total", "?order=-score", "?q=41.5", "?state=locked", "?ordering=-total&search=63")


def names(resolver: URLResolver, prefix: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def general_addresses() -> list[str]:
    found = set()
    for name in names(get_resolver()):
        if any(word in name for word in OWN_CHANCE) or name.startswith(("account_", "mfa_")):
            continue
        for arguments in ARGUMENTS:
            try:
                found.add(reverse(name, kwargs=arguments))
            except NoReverseMatch:
                continue
    return sorted(found)


def seen(client: Client, address: str) -> tuple[int, str, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, CHANGING.sub("", body.decode("utf-8", "replace")), len(queries)


def openable(client: Client, own: Assignment) -> list[str]:
    """The addresses that answer this person at all; asking also fills what processes remember."""
    own_pages = [reverse(f"judging:{name}", args=[own.public_id]) for name in ("score", "submit", "recuse")]
    lists = [address + question for address in ("/judge/", "/my/", "/judge/compare/jgs2026/preliminary/") for question in QUESTIONS]
    return [one for one in [*general_addresses(), *own_pages, *lists] if client.get(one).status_code < 400]


def submit_others(scene) -> None:
    for who, marks in (("judge2", {"A": "41.5", "B": "21.5"}), ("chief", {"A": "47.5", "B": "19.5"})):
        for entry in scene.entries:
            sheet = lock_sheet_at(Assignment.objects.get(seat=scene.seats[who], entry=entry), marks)
            sheet.comment = sheet.feedback = "别人的评语"
            sheet.save()


@pytest.mark.parametrize("who", WHO)
def test_nothing_anybody_reads_depends_on_anothers_marks(cast, who):
    scene = build_scene(cast, entry_count=2)
    for seat in (scene.seats["judge2"], scene.seats["chief"]):
        for entry in scene.entries:
            AssignmentFactory(seat=seat, entry=entry)
    client = Client()
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    with clock.rehearse(moments.DURING_PRELIMINARY):
        addresses = openable(client, scene.assignment)
        before = {address: seen(client, address) for address in addresses}
        submit_others(scene)
        after = {address: seen(client, address) for address in addresses}
    assert sum(status == 200 for status, _, _ in after.values()) > 5
    assert [address for address in before if before[address] != after[address]] == []
    assert [(address, word) for address, (_, body, _) in after.items() for word in ODD if word in body] == []
    assert Message.objects.count() == 0


def test_the_comparison_would_see_a_leak(cast):
    """Negative control: the giver's own list does change."""
    scene = build_scene(cast)
    client = Client()
    client.force_login(cast.judge)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        before = seen(client, "/judge/compare/jgs2026/preliminary/")
        lock_sheet_at(scene.assignment, {"A": "41.5", "B": "21.5"})
        after = seen(client, "/judge/compare/jgs2026/preliminary/")
    assert before != after and "63.0" in after[1]
