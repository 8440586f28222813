"""Reminding people of what is due, once a reason: drafts before the end, returns before their term, examiners of waiting
entries. Only people who can still act are reminded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from competitions.models import Edition
from core import clock
from core.outbox.send import queue_message
from entries.models import Entry, EntryApplicant, Reminder
from entries.queries.reminders import drafts_ending, examiners_waiting, returns_ending

DAYS_BEFORE = (3, 1)


def send_reminders(*, edition: Edition, at: datetime) -> int:
    """Queues every reminder that is due at `at` and has not gone out; safe to run at any time. Returns how many."""
    count = 0
    for entry, ends_at in [*drafts_ending(edition, at), *returns_ending(edition, at)]:
        left = _days_left(ends_at, at)
        if left is None:
            continue
        template = "reminder_draft" if entry.submitted_at is None or entry.state == "draft" else "reminder_return"
        key = f"{template}:{entry.pk}:{ends_at.isoformat()}:{left}"
        count += _remind(key, _applicants(entry), template, {"entry": entry, "edition": edition, "ends_at": ends_at}, at)
    today = clock.local_day(at)
    for work in examiners_waiting(edition, at):
        if work.examiner.email:
            key = f"examiner:{edition.pk}:{work.examiner.pk}:{today.isoformat()}"
            count += _remind(key, [work.examiner.email], "reminder_examiner", {"work": work, "edition": edition}, at)
    return count


def _days_left(ends_at: datetime, at: datetime) -> int | None:
    """The smallest mark of DAYS_BEFORE that has been reached; None while there is more time, or none."""
    if not at < ends_at:
        return None
    reached = [days for days in DAYS_BEFORE if ends_at - at <= timedelta(days=days)]
    return min(reached, default=None)


@transaction.atomic
def _remind(key: str, recipients: list[str], template: str, context: dict[str, Any], at: datetime) -> int:
    """The unique key decides between two runs at once: the one that comes second queues nothing."""
    _, is_new = Reminder.objects.get_or_create(key=key, defaults={"sent_at": at})
    if not is_new:
        return 0
    slug = context["edition"].slug
    for recipient in dict.fromkeys(filter(None, recipients)):
        queue_message(channel="mail", recipient=recipient, template=template, context=context, at=at, edition=slug)
    return 1


def _applicants(entry: Entry) -> list[str]:
    lead = entry.applicants.filter(part=EntryApplicant.Part.LEAD).select_related("organisation").get()
    return [lead.organisation.contact_email, entry.created_by.email or ""]
