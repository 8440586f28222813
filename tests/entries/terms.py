"""Entries that left the formality stage behind, as the tests of late steps need them."""

from __future__ import annotations

from datetime import datetime

from competitions.models import EntryRules
from entries.actions.portfolio import freeze_portfolio
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry, file_submission, list_file
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, build_accepted_entry


def build_own_accepted(cast: Cast, number: int = 47) -> Entry:
    """An accepted entry of 示例企业丁 with its portfolio frozen and one submission on file."""
    entry = build_accepted_entry(cast.edition, number, created_by=cast.applicant)
    entry.applicants.all().delete()
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    file_submission(entry)
    freeze_portfolio(entry, "registration", moments.DURING_FORMALITY)
    return entry


def build_clean_entry(cast: Cast, **fields: object) -> Entry:
    """A submitted entry the platform finds nothing doubtful in."""
    number = fields.pop("patent", "202210000101.3")
    entry = build_submitted_entry(cast, **fields)
    entry.assets.update(number=number, number_raw=number)
    list_file(entry)
    return entry


def set_rules(cast: Cast, **values: object) -> None:
    EntryRules.objects.filter(edition=cast.edition).update(**values)


def until(cast: Cast, moment: datetime) -> None:
    """Supplements of both kinds until `moment`."""
    set_rules(cast, attachments_until=moment, filings_until=moment)
