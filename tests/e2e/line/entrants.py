"""The other five entrants, through the same actions the pages call: two more start-ups, three grown firms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.consent import give_consent
from accounts.actions.organisation import create_organisation
from accounts.models import Organisation, User
from accounts.pure.uscc import check_character, organisation_check_character
from entries.actions.applicants import save_revenues
from entries.actions.assets import save_assets
from entries.actions.attachment import attach_file
from entries.actions.decision import accept_entry
from entries.actions.entry import save_entry, start_entry
from entries.actions.formality import pick_up_entry
from entries.actions.submission import submit_entry
from entries.models import Entry
from entries.pure.application_number import make_application_number
from jianggaosai.demo.pdf import sample_pdf
from tests.e2e.line.entering import TEXTS
from tests.e2e.line.scene import Line
from tests.factories.accounts import UserFactory

MILLION = Decimal(1_000_000)
# number, short name, revenue: from 002 on; a start-up has at most 20 million
ENTRANTS = [
    (2, "食品保鲜", 15 * MILLION),
    (3, "视觉分拣", 8 * MILLION),
    (4, "电池热管", 260 * MILLION),
    (5, "卫浴涂层", 90 * MILLION),
    (6, "船舶焊接", 410 * MILLION),
]


def register(line: Line) -> None:
    """They submit while the registration is open."""
    for number, short_name, revenue in ENTRANTS:
        owner = UserFactory(name=f"负责人{number}", email=f"owner{number}@example.com")
        organisation = _organisation(owner, number, line.moment.at)
        _submit(line, owner, organisation, short_name, revenue)


def pass_formality(line: Line) -> None:
    """The examiner passes them in the order of their numbers."""
    examiner, at = line.people["examiner"], line.moment.at
    for number, short_name, _ in ENTRANTS:
        entry = Entry.objects.get(edition=line.edition, short_name=short_name)
        pick_up_entry(entry=entry, actor=examiner, at=at)
        assert accept_entry(entry=entry, actor=examiner, at=at).number == number


def _organisation(owner: User, number: int, at: datetime) -> Organisation:
    middle = f"MA{number:06d}"
    body = f"91440703{middle}{organisation_check_character(middle)}"
    return create_organisation(
        user=owner,
        name=f"示例企业{number}有限公司",
        kind="enterprise",
        uscc=body + check_character(body),
        district="440703",
        contact_name=owner.name,
        contact_mobile=f"+86138001390{number:02d}",
        contact_email=owner.email,
        actor=owner,
        at=at,
    )


def _submit(line: Line, owner: User, organisation: Organisation, short_name: str, revenue: Decimal) -> Entry:
    edition, at = line.edition, line.moment.at
    give_consent(user=owner, document=f"privacy:{edition.slug}", version=1, actor=owner, at=at)
    entry = start_entry(edition=edition, organisation=organisation, actor=owner, at=at)
    values = {**TEXTS, "title": f"{short_name}成套技术", "short_name": short_name}
    values |= {"is_display_consented": True, "is_truth_declared": True}
    entry = save_entry(entry=entry, version=entry.version, values=values, actor=owner, at=at)
    row = _patent(owner.pk, organisation.name, short_name)
    entry = save_assets(entry=entry, version=entry.version, rows=[row], actor=owner, at=at)
    revenues = {entry.applicants.get().pk: revenue}
    entry = save_revenues(entry=entry, version=entry.version, revenues=revenues, actor=owner, at=at)
    upload = SimpleUploadedFile("proposal.pdf", sample_pdf("Jianggaosai"), "application/pdf")
    attach_file(entry=entry, kind="proposal", upload=upload, actor=owner, at=at)
    return submit_entry(entry=entry, actor=owner, at=at)


def _patent(serial: int, owner: str, title: str) -> dict[str, Any]:
    return {
        "asset_type": "invention",
        "country": "CN",
        "title": f"{title}方法",
        "number_raw": f"ZL{make_application_number(2022, '1', 500_000 + serial)}",
        "filed_on": date(2022, 3, 4),
        "granted_on": date(2023, 9, 1),
        "status": "granted",
        "owners": owner,
        "inventors": "李一",
        "is_core": True,
    }
