"""Hands of the committee: signed-in browsers, a case from preview to proposal, a vote made final."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import Client

from competitions.models import Edition
from core import clock
from core.actor import SYSTEM
from tests.cast import Cast
from tests.voting.ballots import AFTER
from voting.actions.close import close_vote
from voting.models import VoteCase


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.PasswordBackend")
    return client


def preview(client: Client, edition: Edition, **criteria: str) -> HttpResponse:
    data = {"verb": "void", "step": "preview", **criteria}
    return client.post(f"/org/{edition.slug}/vote/cases/new/", data)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def propose(client: Client, edition: Edition, *, reason: str = "R3", evidence: str = "同一秒", **criteria: str) -> HttpResponse:
    """Previews, then proposes what was previewed, as the page does."""
    page = preview(client, edition, **criteria).content.decode()
    data = {"verb": "void", **criteria, "below": hidden(page, "below"), "digest": hidden(page, "digest")}
    data |= {"reason": reason, "evidence": evidence, "step": "propose"}
    return client.post(f"/org/{edition.slug}/vote/cases/new/", data)


def release_all(cast: Cast, edition: Edition) -> None:
    two = client_of(cast.organiser2)
    for case in VoteCase.objects.filter(edition=edition, release=None):
        assert two.post(f"/org/{edition.slug}/vote/cases/{case.public_id}/", {"decision": "release"}).status_code == 302


def make_final(cast: Cast, edition: Edition) -> None:
    with clock.rehearse(AFTER):
        close_vote(edition=edition, actor=SYSTEM, at=AFTER)
        for who in (cast.organiser, cast.organiser2):
            client_of(who).post(f"/org/{edition.slug}/vote/final/")
