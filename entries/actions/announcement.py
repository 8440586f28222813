"""Telling an applicant what was decided about their entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.outbox.send import queue_message
from entries.models import Entry, EntryApplicant
from entries.queries.steps import field_label


def tell_applicant(entry: Entry, template: str, at: datetime, **context: Any) -> None:
    """Mails `templates/messages/<template>.txt` to the contacts of the leading and of every confirmed joint organisation
    and to the person who began the entry, once each. `review` in the context is shown with its comments and their fields in words."""
    applicants = sorted(entry.applicants.select_related("organisation"), key=lambda one: (one.part != EntryApplicant.Part.LEAD, one.pk))
    lead = applicants[0]
    partners = [one.organisation.contact_email for one in applicants[1:] if one.joined_at is not None]
    review = context.get("review")
    comments = [{"label": field_label(one.field), "message": one.message} for one in review.comments.all()] if review else []
    known = {"entry": entry, "edition": entry.edition, "organisation": lead.organisation, "comments": comments}
    for recipient in dict.fromkeys(filter(None, [lead.organisation.contact_email, entry.created_by.email, *partners])):
        queue_message(
            channel="mail",
            recipient=recipient,
            template=template,
            context={**known, **context},
            at=at,
            edition=entry.edition.slug,
        )
