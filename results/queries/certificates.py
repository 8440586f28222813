"""Certificates: what is to be issued, what was, and what stands on one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from accounts.models import Organisation
from competitions.models import Edition
from core.dates import local
from core.qr import qr_rows
from entries.models import EntryApplicant
from results.models import AwardDecision, Certificate, RoundResult

APPLICANTS = Prefetch(
    "award__placing__entry__applicants",
    queryset=EntryApplicant.objects.filter(joined_at__isnull=False).select_related("organisation"),
)
PERSONS = (Organisation.Kind.INDIVIDUAL, Organisation.Kind.TEAM)
Held = dict[tuple[int, int], Certificate]
DIGITS = "〇一二三四五六七八九"


def certificates_of(edition: Edition) -> QuerySet[Certificate]:
    """Every certificate of the edition, by number, with all that is printed on it."""
    return with_contents(Certificate.objects.filter(award__award_type__edition=edition)).order_by("number")


def with_contents(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Adds award, entry, organisations and edition, in two queries."""
    tree = ("award__award_type__edition", "award__placing__entry__edition", "award__placing__group__track")
    return certificates.select_related(*tree).prefetch_related(APPLICANTS)


def awards_without_certificate(result: RoundResult) -> list[AwardDecision]:
    """Awards of a result for whose entry no valid certificate of that award exists, in order of precedence."""
    held = held_awards(result.round.edition)
    decisions = AwardDecision.objects.filter(placing__result=result).select_related("award_type", "placing__entry")
    ordered = decisions.order_by("award_type__position", "placing__group__position", "placing__place", "placing__entry__number")
    return [one for one in ordered if (one.placing.entry_id, one.award_type_id) not in held]


def held_awards(edition: Edition) -> Held:
    """(entry, award type) → the valid certificate."""
    valid = Certificate.objects.filter(award__award_type__edition=edition, revoked_at__isnull=True)
    rows = valid.select_related("award__placing__result", "award__award_type").defer("award__placing__result__record")
    return {(one.award.placing.entry_id, one.award.award_type_id): one for one in rows}


def certificate_contents(certificate: Certificate) -> dict[str, Any]:
    """What the template prints, all of it text: the data of results/documents/certificate.typ."""
    award = certificate.award
    entry, edition = award.placing.entry, award.award_type.edition
    organisations = [applicant.organisation for applicant in entry.applicants.all()]
    names = [organisation.name for organisation in organisations]
    is_person = bool(organisations) and all(one.kind in PERSONS for one in organisations)
    return {
        "edition": edition.name,
        "addressed": "您" if is_person else "你单位",
        "recipients": "、".join(names),
        "title": entry.title,
        "group": award.placing.group.name,
        "award": award.award_type.name,
        "committee": f"{_without_year(edition)}组委会",
        "date": chinese_date(certificate.issued_at),
        "number": certificate.number,
        "code": certificate.verify_code,
        "qr": qr_rows(verify_url(certificate)),
    }


def verify_url(certificate: Certificate) -> str:
    """The address behind the QR code."""
    return settings.SITE_URL + reverse("results:verify", args=[certificate.verify_code])


def chinese_date(at: datetime) -> str:
    """二〇二六年十二月十二日."""
    day = local(at)
    return f"{''.join(DIGITS[int(one)] for one in str(day.year))}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def _without_year(edition: Edition) -> str:
    """The competition's name as it signs: without the year it begins with."""
    name = edition.name
    for prefix in (f"{edition.year} 年", f"{edition.year}年"):
        name = name.removeprefix(prefix)
    return name
