"""Announcements: drafted, then published for good; a mistake is corrected by another announcement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.errors import AnnouncementPublished, EmptyText
from competitions.models import Announcement, Edition
from core.audit import journal


@transaction.atomic
def publish_announcement(
    *,
    edition: Edition,
    title: str,
    lead: str = "",
    body: str,
    corrects: Announcement | None = None,
    actor: User,
    at: datetime,
) -> Announcement:
    """Writes an announcement and publishes it at once; `corrects` names the published one it corrects."""
    draft = write_announcement(
        edition=edition, title=title, lead=lead, body=body, corrects=corrects, actor=actor, at=at
    )
    return publish_draft(announcement=draft, actor=actor, at=at)


@transaction.atomic
def write_announcement(
    *,
    edition: Edition,
    title: str,
    lead: str = "",
    body: str,
    announcement: Announcement | None = None,
    corrects: Announcement | None = None,
    actor: User,
    at: datetime,
) -> Announcement:
    """Saves a draft, a new one or `announcement`. Refuses an empty title or text and a draft that was published."""
    title, lead, body = title.strip(), lead.strip(), body.replace("\r\n", "\n").strip()
    for text, what in ((title, "标题"), (body, "正文")):
        if not text:
            raise EmptyText(what=what)
    if announcement is None:
        draft = Announcement(edition=edition, written_by=actor, corrects=corrects)
    else:
        draft = _lock_draft(announcement)
    draft.title, draft.lead, draft.body, draft.written_by = title, lead, body, actor
    draft.save()
    journal.record(
        verb="competitions.announcement.written", obj=draft, actor=actor, at=at, edition=edition.slug,
        after={"title": title, "length": len(body)},
    )  # fmt: skip
    return draft


@transaction.atomic
def publish_draft(*, announcement: Announcement, actor: User, at: datetime) -> Announcement:
    """Publishes a draft; from then on it stays as it is. Refuses one that is published already."""
    draft = _lock_draft(announcement)
    draft.published_at = at
    draft.save(update_fields=["published_at"])
    journal.record(
        verb="competitions.announcement.published", obj=draft, actor=actor, at=at, edition=draft.edition.slug,
        after={"title": draft.title},
    )  # fmt: skip
    return draft


@transaction.atomic
def discard_draft(*, announcement: Announcement, actor: User, at: datetime) -> Announcement:
    """Deletes a draft nobody has seen. Refuses a published announcement."""
    draft = _lock_draft(announcement)
    journal.record(
        verb="competitions.announcement.discarded", obj=draft, actor=actor, at=at, edition=draft.edition.slug,
        before={"title": draft.title},
    )  # fmt: skip
    draft.delete()
    return announcement


def _lock_draft(announcement: Announcement) -> Announcement:
    rows = Announcement.objects.select_for_update(of=("self",)).select_related("edition")
    draft = rows.get(pk=announcement.pk)
    if draft.published_at is not None:
        raise AnnouncementPublished(title=draft.title)
    return draft
