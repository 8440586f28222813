"""What a list page may ask: the same for one row as for three, and never more than 15 statements.

One table for every list of the platform. Lists that need a published result are counted in tests/results/views.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competitions.models import Announcement, ExclusionRecord
from core import clock
from core.actor import SYSTEM
from core.audit import journal
from core.memory import forget_everything
from core.models import Webhook
from core.outbox.models import Message
from entries import states
from entries.models import Entry
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.competitions import RoleFactory
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory
from tests.judging.scene import Scene, build_scene
from tests.voting.ballots import vote
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote
from voting.exports.ledger import write_ledger
from voting.queries.published import ledger_folder

pytestmark = pytest.mark.django_db
MOST, AT, SET_UP = 15, moments.DURING_VOTE, moments.SET_UP
ORG = "/org/jgs2026"
PAGES: list[tuple[str, str]] = [
    # who opens it, the address
    ("", "/jgs2026/entries/"),
    ("", "/jgs2026/board/"),
    ("", "/jgs2026/vote/"),
    ("", "/jgs2026/announcements/"),
    ("", "/jgs2026/results/"),
    ("applicant", "/jgs2026/entries/"),
    ("organiser", "/jgs2026/board/"),
    ("applicant", "/my/"),
    ("applicant", "/my/messages/"),
    ("judge", "/judge/"),
    ("chief", "/judge/chair/jgs2026/"),
    *[
        ("organiser", address)
        for address in (
            "/org/", f"{ORG}/journal/", f"{ORG}/messages/", f"{ORG}/messages/to-many/", f"{ORG}/messages/kinds/",
            f"{ORG}/formality/", f"{ORG}/entries/", f"{ORG}/organisations/", f"{ORG}/vote/", f"{ORG}/vote/cases/",
            f"{ORG}/vote/appeals/", f"{ORG}/panels/preliminary/", f"{ORG}/progress/preliminary/", f"{ORG}/finalists/",
            f"{ORG}/sheets/preliminary/", f"{ORG}/notices/", f"{ORG}/certificates/", f"{ORG}/exports/", f"{ORG}/roles/",
            f"{ORG}/announcements/", f"{ORG}/vote/final/", f"{ORG}/webhooks/", f"{ORG}/setup/exclusions/", f"{ORG}/stages/",
        )
    ],
]  # fmt: skip


def begin(cast: Cast) -> Scene:
    """An open vote and a panel at work, with one row of everything that stands in a list."""
    scene = build_scene(cast)
    with clock.rehearse(AT):
        open_vote(edition=cast.edition, actor=SYSTEM, at=AT)
        seal_ledger(edition=cast.edition, at=AT)
        write_ledger(cast.edition, ledger_folder(cast.edition), AT)
        vote(cast.edition, 1, voter=1, at=AT)  # what is published lies behind what is sealed, as it mostly does
        seal_ledger(edition=cast.edition, at=AT)
    add(scene, 1)
    return scene


def add(scene: Scene, number: int) -> None:
    """One more row everywhere."""
    cast, edition = scene.cast, scene.cast.edition
    if number > 1:
        entry = build_accepted_entry(edition, number)
        AssignmentFactory(seat=scene.seats["judge"], entry=entry)
    waiting = build_accepted_entry(edition, 100 + number)
    Entry.objects.filter(pk=waiting.pk).update(state=states.SUBMITTED, number=None, submitted_at=AT)
    for at, recipient in ((AT, cast.applicant.email), (AT, "zhang@example.invalid")):
        Message.objects.create(
            recipient=recipient, kind="entry_accepted", channel="mail", subject="通知", body="正文", queued_at=at, due_at=at, edition=edition.slug
        )
    journal.record(verb="entries.entry.accepted", obj=scene.entries[0], actor=cast.examiner, at=AT, edition=edition.slug)
    Announcement.objects.create(edition=edition, title=f"公告{number}", body="正文", published_at=SET_UP, written_by=cast.organiser)
    ExclusionRecord.objects.create(name=f"示例{number}", until_year=2028, reason="弄虚作假", added_at=SET_UP, added_by=cast.organiser)
    Webhook.objects.create(
        edition=edition.slug, url=f"https://example.invalid/{number}", wrapped_secret="x", created_at=SET_UP, created_by="江晓"
    )
    RoleFactory(edition=edition, user=UserFactory(), kind="scorer", granted_by=cast.organiser)
    MembershipFactory(organisation=OrganisationFactory(), user=cast.applicant)


def asked(client: Client, address: str) -> list[str]:
    """Statements of the page once this process has warmed up."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries.captured_queries]


def ask_all(cast: Cast) -> dict[str, list[str]]:
    """Page → statements, each as whoever opens it."""
    clients: dict[str, Client] = {}
    for who in {who for who, _ in PAGES}:
        clients[who] = Client()
        if who:
            clients[who].force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return {f"{who or 'anybody'} {address}": asked(clients[who], address) for who, address in PAGES}


def test_every_list_page_asks_little_and_no_more_for_three_rows_than_for_one(cast: Cast) -> None:
    with clock.rehearse(AT):
        scene = begin(cast)
        one = ask_all(cast)
        add(scene, 2)
        add(scene, 3)
        forget_everything()
        three = ask_all(cast)
    assert {page: statements for page, statements in one.items() if len(statements) > MOST} == {}
    assert {page: (one[page], statements) for page, statements in three.items() if len(statements) != len(one[page])} == {}
