"""Certificates: what is to be issued, what was, and what stands on one."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from accounts.models import Organisation
from competitions.models import Edition
from core.dates import local
from core.documents import render_pdf
from core.glyphs import unprintable
from core.keyring.ring import is_ours
from core.qr import qr_rows
from entries.models import EntryApplicant
from results.models import AwardDecision, Certificate, RoundResult, Seal
from results.queries.calendar import publicity_of

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


def award_contents(award: AwardDecision, *, number: str, code: str, at: datetime) -> dict[str, str]:
    """What a certificate of `award` issued at `at` says, all of it text: frozen and signed with the certificate."""
    entry, edition = award.placing.entry, award.award_type.edition
    applicants = entry.applicants.filter(joined_at__isnull=False).select_related("organisation")
    organisations = [applicant.organisation for applicant in applicants]
    is_person = bool(organisations) and all(one.kind in PERSONS for one in organisations)
    seal = current_seal(edition)
    return {
        "edition": edition.name,
        "addressed": "您" if is_person else "你单位",
        "recipients": "、".join(organisation.name for organisation in organisations),
        "title": entry.title,
        "group": award.placing.group.name,
        "award": award.award_type.name,
        "committee": publicity_of(edition).committee or f"{_without_year(edition)}组委会",
        "date": chinese_date(at),
        "number": number,
        "code": code,
        "seal": seal.sha256 if seal else "",
    }


def sample_contents(edition: Edition, at: datetime) -> dict[str, str]:
    """Contents to look at, with the longest names that fit; its code verifies nothing."""
    seal = current_seal(edition)
    return {
        "edition": edition.name,
        "addressed": "你单位",
        "recipients": "示例市示例精密制造股份有限公司、示例大学",
        "title": "面向示例产业的高价值专利组合培育与布局项目",
        "group": "示例组",
        "award": "金奖",
        "committee": publicity_of(edition).committee or f"{_without_year(edition)}组委会",
        "date": chinese_date(at),
        "number": "样张",
        "code": "0000-0000-0000",
        "seal": seal.sha256 if seal else "",
    }


def contents_of(certificate: Certificate) -> dict[str, str]:
    """What stands on a certificate, as it was frozen."""
    return json.loads(certificate.contents)


def is_genuine(certificate: Certificate) -> bool:
    """Whether the frozen contents carry the platform's signature, by today's key or an earlier one, and name this
    certificate: one character off, and not."""
    try:
        signature = base64.b64decode(certificate.signature, validate=True)
        told = contents_of(certificate)
    except ValueError:
        return False
    names = (told.get("number"), told.get("code")) == (certificate.number, certificate.verify_code)
    return names and is_ours(signed_bytes(certificate.contents), signature)


def signed_bytes(contents: str) -> bytes:
    """What is signed: the contents under a name of their own, so that no other signature of the platform fits."""
    return b"jianggaosai-certificate/1\n" + contents.encode()


def printed(contents: dict[str, str]) -> dict[str, Any]:
    """The data of results/documents/certificate.typ: the contents, the QR code, and the bytes of the seal's picture."""
    seal = Seal.objects.filter(sha256=contents["seal"]).first() if contents["seal"] else None
    picture: list[int] = []
    if seal is not None:
        with seal.file.open("rb") as stream:
            picture = list(stream.read())
    return {**contents, "qr": qr_rows(code_url(contents["code"])), "seal": picture}


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate's only PDF: the same contents give the same bytes."""
    return render_pdf("results/certificate", printed(contents_of(certificate)), at=certificate.issued_at)


def current_seal(edition: Edition) -> Seal | None:
    return Seal.objects.filter(edition=edition, removed_at__isnull=True).first()


def unprintable_awards(awards: list[AwardDecision]) -> list[tuple[AwardDecision, list[str]]]:
    """Awards on whose certificate a character would be missing, with those characters."""
    found = []
    for award in awards:
        applicants = award.placing.entry.applicants.filter(joined_at__isnull=False)
        names = "".join(applicants.values_list("organisation__name", flat=True))
        signs = unprintable(award.placing.entry.title + names)
        if signs:
            found.append((award, signs))
    return found


def code_url(code: str) -> str:
    """The address behind the QR code."""
    return settings.SITE_URL + reverse("results:verify", args=[code])


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
