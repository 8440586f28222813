"""The database itself refuses to change what must stay."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from core.append_only import append_only_models, trigger_names
from core.models import AuditEntry
from tests.factories import moments
from tests.factories.competitions import EditionFactory, EditionPageFactory

EXPECTED = {
    "AuditEntry",
    "AuditSeal",
    "Announcement",
    "DeadlineExtension",
    "EditionPage",
    "Submission",
    "EntryTransition",
    "PortfolioSnapshot",
    "Ballot",
    "LedgerLeaf",
    "LedgerCheckpoint",
    "TallyApproval",
    "VoteCaseBallot",
    "VoteCaseRelease",
    "ScoreSheetVersion",
    "CriterionScore",
    "ScoreSheetUnlock",
    "RoundResult",
    "ResultApproval",
    "ResultPublication",
    "Placing",
    "AwardDecision",
    "LedgerAnchor",
    "LedgerKey",
    "NoticeClosing",
    "ObjectionStep",
    "VoterErasure",
    "Notice",
    "PlatformKey",
}


def test_the_list_of_append_only_tables_is_this_one() -> None:
    assert {model.__name__ for model in append_only_models()} == EXPECTED


@pytest.mark.django_db
def test_every_trigger_is_in_the_catalogue_after_migrate() -> None:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    wanted = {name for model in append_only_models() for name in trigger_names(model, connection.vendor)}
    assert wanted <= found


@pytest.fixture
def line(db: None) -> AuditEntry:
    return AuditEntry.objects.create(
        at=moments.SET_UP, actor="system", verb="core.test.made", object_type="t", object_id="1", commitment="0" * 64
    )


def test_a_row_cannot_be_changed(line: AuditEntry) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=line.pk).update(actor="somebody")
    assert AuditEntry.objects.get(pk=line.pk).actor == "system"


def test_a_row_cannot_be_removed(line: AuditEntry) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=line.pk)._raw_delete("default")
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_draft_may_change_until_it_is_published() -> None:
    page = EditionPageFactory(edition=EditionFactory(), published_at=None)
    page.body = "新正文"
    page.save()
    page.published_at = moments.SET_UP
    page.save()
    page.body = "改动"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        page.save()
    page.refresh_from_db()
    assert page.body == "新正文"
