"""Rules page and privacy notice: one draft at a time, published in versions that stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.errors import EmptyText, NothingToPublish
from competitions.models import Edition, EditionPage
from competitions.queries.locks import lock_edition
from core.audit import journal


@transaction.atomic
def write_page(*, edition: Edition, kind: str, body: str, actor: User, at: datetime) -> EditionPage:
    """Saves the draft of the next version (Markdown). Refuses an empty text."""
    label = EditionPage.Kind(kind).label
    text = body.replace("\r\n", "\n").strip()
    if not text:
        raise EmptyText(what=label)
    lock_edition(edition)
    latest = EditionPage.objects.filter(edition=edition, kind=kind).order_by("-version").first()
    if latest is not None and latest.published_at is None:
        latest.body, latest.written_by = text, actor
        latest.save(update_fields=["body", "written_by"])
        page = latest
    else:
        version = latest.version + 1 if latest else 1
        page = EditionPage.objects.create(edition=edition, kind=kind, version=version, body=text, written_by=actor)
    journal.record(
        verb="competitions.page.written", obj=page, actor=actor, at=at, edition=edition.slug,
        after={"kind": kind, "version": page.version, "length": len(text)},
    )  # fmt: skip
    return page


@transaction.atomic
def publish_page(*, edition: Edition, kind: str, actor: User, at: datetime) -> EditionPage:
    """Publishes the draft as the version in force; earlier versions stay readable. Refuses when there is no draft."""
    lock_edition(edition)
    page = EditionPage.objects.filter(edition=edition, kind=kind, published_at__isnull=True).first()
    if page is None:
        raise NothingToPublish(page=EditionPage.Kind(kind).label)
    page.published_at = at
    page.save(update_fields=["published_at"])
    journal.record(
        verb="competitions.page.published", obj=page, actor=actor, at=at, edition=edition.slug,
        after={"kind": kind, "version": page.version},
    )  # fmt: skip
    return page
