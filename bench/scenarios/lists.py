"""List pages with 1,000 entries: queries and server time, and their exports, through the whole stack in this process."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.edition import SLUG
from bench.server import Server
from bench.world import build
from competitions.models import Announcement, Edition, Role
from core import clock
from core.audit import journal
from core.outbox.models import Message
from core.rounding import exact_sum
from entries import states
from entries.models import Entry
from judging import states as judged
from judging.models import Assignment, CriterionScore, PanelSeat, ScoreSheet, ScoreSheetVersion
from judging.queries.rubric import scored_criteria
from tests.factories.competitions import RoleFactory
from tests.factories.results import seat_panel

HTTP, BOTH = False, True
ENTRIES, QUICK = 1_000, 150
SEATS, MARKS = 15, 5
ORGANISER, JUDGE = "organiser", "judge"
PAGES = {
    "gallery": (ORGANISER, "/{slug}/entries/"),
    "board": (ORGANISER, "/{slug}/board/"),
    "phone vote": (ORGANISER, "/{slug}/vote/"),
    "announcements": (ORGANISER, "/{slug}/announcements/"),
    "entry list": (ORGANISER, "/org/{slug}/entries/"),
    "formality queue": (ORGANISER, "/org/{slug}/formality/"),
    "organisations": (ORGANISER, "/org/{slug}/organisations/"),
    "monitor": (ORGANISER, "/org/{slug}/vote/"),
    "vote cases": (ORGANISER, "/org/{slug}/vote/cases/"),
    "panel": (ORGANISER, "/org/{slug}/panels/preliminary/"),
    "progress": (ORGANISER, "/org/{slug}/progress/preliminary/"),
    "score sheets": (ORGANISER, "/org/{slug}/sheets/preliminary/"),
    "ranking": (ORGANISER, "/org/{slug}/results/preliminary/"),
    "notices": (ORGANISER, "/org/{slug}/notices/"),
    "roles": (ORGANISER, "/org/{slug}/roles/"),
    "announcement drafts": (ORGANISER, "/org/{slug}/announcements/"),
    "outbox": (ORGANISER, "/org/{slug}/messages/"),
    "journal": (ORGANISER, "/org/{slug}/journal/"),
    "judge's tasks": (JUDGE, "/judge/"),
}
EXPORTS = {
    f"export of {what} as {fmt}": f"/org/{{slug}}/{path}.{fmt}"
    for what, path in (("entries", "exports/entries"), ("patents", "exports/patents"), ("the journal", "journal/journal"))
    for fmt in ("xlsx", "csv", "json")
}


def prepare(quick: bool) -> None:
    count = QUICK if quick else ENTRIES
    edition, at = build(count), clock.now()
    owner = edition.created_by
    RoleFactory(edition=edition, user=owner, kind=Role.Kind.ORGANISER, granted_by=owner)
    seats = seat_panel(edition.rounds.get(kind="preliminary"), SEATS)
    for seat in seats:
        RoleFactory(edition=edition, user=seat.judge, kind=Role.Kind.JUDGE, granted_by=owner)
    entries = list(Entry.objects.order_by("number"))
    Assignment.objects.bulk_create(
        Assignment(seat=seats[(place + turn) % SEATS], entry=entry, position=place, assigned_at=at)
        for place, entry in enumerate(entries)
        for turn in range(MARKS)
    )
    _mark(list(Assignment.objects.select_related("seat__panel__round", "entry")), at)
    waiting = [entry.pk for entry in entries[-count * 2 // 5 :]]
    Entry.objects.filter(pk__in=waiting).update(state=states.SUBMITTED, submitted_at=at)
    mail = {"channel": "mail", "kind": "entry_accepted", "subject": "通知", "body": "正文", "edition": edition.slug}
    Message.objects.bulk_create(
        Message(recipient=f"{number}@example.invalid", queued_at=at, due_at=at, **mail) for number in range(count)
    )
    Announcement.objects.bulk_create(
        Announcement(edition=edition, title=f"公告 {number}", body="正文", published_at=at, written_by=owner) for number in range(count)
    )
    for entry in entries:
        journal.record(verb="entries.entry.accepted", obj=entry, actor=owner, at=at, edition=edition.slug)


def _mark(assignments: list[Assignment], at: datetime) -> None:
    """Seven sheets of ten are submitted, one is a draft, two were not begun."""
    criteria = list(scored_criteria(assignments[0].seat.panel.round, assignments[0].entry))
    marks = {one.code: str(one.max_score) for one in criteria}
    total = exact_sum([Decimal(marks[one.code]) * one.weight for one in criteria])
    begun = [row for place, row in enumerate(assignments) if place % 10 < 8]
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(assignment=row, state=judged.DRAFT if row.position % 8 == 0 else judged.LOCKED, draft=marks) for row in begun
    )
    versions = ScoreSheetVersion.objects.bulk_create(
        ScoreSheetVersion(sheet=sheet, number=1, total=total, submitted_at=at, digest=f"{sheet.pk:064x}")
        for sheet in sheets
        if sheet.state == judged.LOCKED
    )
    CriterionScore.objects.bulk_create(
        CriterionScore(version=version, criterion=one, score=Decimal(marks[one.code])) for version in versions for one in criteria
    )


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    import_module("jianggaosai.wsgi")  # loaded and frozen as the processes of the server are
    edition = Edition.objects.get(slug=SLUG)
    people = {ORGANISER: edition.created_by, JUDGE: PanelSeat.objects.order_by("number").first().judge}
    clients = {who: Client(HTTP_HOST="127.0.0.1") for who in people}
    for who, client in clients.items():
        client.force_login(people[who], backend="accounts.backends.PasswordBackend")
    pages = {name: _page(clients[who], path.format(slug=SLUG), 10 if quick else 40) for name, (who, path) in PAGES.items()}
    files = {name: _page(clients[ORGANISER], path.format(slug=SLUG), 3) for name, path in EXPORTS.items()}
    pages_and_files = pages | files
    return {
        "entries": QUICK if quick else ENTRIES,
        **{name: f"{page['queries']} queries, p50 {page['p50']:.0f} ms, p95 {page['p95']:.0f} ms, {page['bytes']:,} bytes, {page['status']}" for name, page in pages_and_files.items()},
        "list_queries": max(page["queries"] for page in pages.values()),
        "list_p95": max(page["p95"] for page in pages.values()),
        "export_seconds": max(page["p95"] for page in files.values()) / 1000,
    }


def _page(client: Client, path: str, times: int) -> dict[str, Any]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        count = len(queries)  # now: the next request empties the log
    took = []
    for _ in range(times):
        start = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - start))
    took.sort()
    return {
        "status": answer.status_code,
        "bytes": len(answer.content),
        "queries": count,
        "p50": took[len(took) // 2],
        "p95": took[min(int(len(took) * 0.95), len(took) - 1)],
    }
