"""The formality examination of an entry: its open round, the terms it can give, and the fields a comment can name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from competitions.models import EntryRules
from core import clock
from entries.models import Attachment, Entry, FormalityReview
from entries.queries.content import TEXTS
from entries.queries.details import BLOCKS
from entries.queries.dossier import Dossier
from entries.queries.examinable import examination_end

WHOLE = (
    *TEXTS,
    "track",
    "is_display_consented",
    "is_truth_declared",
    "is_award_free_declared",
    "applicants",
    "assets",
    "files",
    *BLOCKS,
)
ASSET_COLUMNS = (
    "asset_type",
    "country",
    "title",
    "number",
    "filed_on",
    "publication_number",
    "granted_on",
    "status",
    "owners",
    "inventors",
    "classification",
    "relation",
    "is_core",
    "number_reason",
    "obtained",
    "is_licensed",
    "is_pledged",
    "is_litigated",
    "family",
    "certificate",
)
OFFICE_CLOSES = 18  # a term for corrections ends at this hour in Jiangmen


def open_review(entry: Entry) -> FormalityReview | None:
    """The round in which somebody examines the entry now; None while it waits or has been decided."""
    return entry.reviews.filter(decision="").select_related("examiner").first()


def open_reviews(entries: Iterable[Entry]) -> dict[int, FormalityReview]:
    """The same for many, by entry, with examiner and comments."""
    rows = FormalityReview.objects.filter(entry__in=[one.pk for one in entries], decision="")
    return {one.entry_id: one for one in rows.select_related("examiner").prefetch_related("comments").order_by("-sequence")}


def returned_count(entry: Entry) -> int:
    """How often the entry has been returned for correction."""
    return entry.reviews.filter(decision=FormalityReview.Decision.RETURN).count()


def default_due_at(entry: Entry, at: datetime) -> datetime:
    """The end of the last working hour of the edition's `correction_days`-th day from `at`, but no later than the
    examination itself ends (a resubmission must still be examined)."""
    days = EntryRules.objects.get(edition_id=entry.edition_id).correction_days
    last = clock.local_day(at) + timedelta(days=days)
    due = clock.at_local(last.year, last.month, last.day, OFFICE_CLOSES)
    end = examination_end(entry, at)
    return min(due, end) if end else due


def is_field(dossier: Dossier, name: str) -> bool:
    """Whether `name` is a field of this entry as comments name fields: a field of Entry, `applicant.2.revenue`,
    `asset.3` or `asset.3.number`, `file.proposal`, or `applicants`, `assets`, `files` as a whole. Rows count from 1."""
    head, *rest = name.split(".")
    if not rest:
        return name in WHOLE
    if head == "file":
        return rest[0] in Attachment.Kind.values and len(rest) == 1
    rows, columns = {
        "asset": (len(dossier.assets), ASSET_COLUMNS),
        "applicant": (len(dossier.applicants), ("revenue",)),
    }.get(head, (0, ()))
    in_list = rest[0].isdecimal() and 1 <= int(rest[0]) <= rows
    return in_list and (len(rest) == 1 or (len(rest) == 2 and rest[1] in columns))
