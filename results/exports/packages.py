"""The kinds of packages: what each is called, who may take it, and the parts it is built of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from competitions.models import Edition, Round
from judging.exports.sheet import sheet_parts
from judging.queries.access import SCORED
from judging.queries.sheet_document import told_entries
from results.exports.complete import Member, Part, complete_parts
from results.models import Certificate
from results.queries.certificates import certificate_pdf, certificates_of

Parts = Callable[[Edition, datetime, User], list[Part]]


@dataclass(frozen=True, slots=True)
class PackageKind:
    """`name` stands in the file's name and in sentences; `parts` (for whoever asked) are written one after another, progress
    is told in them. `has_parts` answers whether there would be any, without making them: a request asks it."""

    key: str
    name: str
    permission: str
    parts: Parts
    has_parts: Callable[[Edition, datetime], bool]
    is_personal: bool = True


def certificate_parts(edition: Edition, at: datetime, taker: User) -> list[Part]:
    """Every valid certificate as its PDF, one part each."""
    return [_certificate(one) for one in _valid(edition)]


def _valid(edition: Edition) -> QuerySet[Certificate]:
    return certificates_of(edition).filter(revoked_at__isnull=True)


def _certificate(certificate: Certificate) -> Part:
    def members() -> Iterator[Member]:
        yield f"{certificate.number}.pdf", certificate_pdf(certificate)

    return members


def sheet_parts_of(kind: str) -> Parts:
    """The printed score sheets of a round: one a judge and one an entrant whose marks may be told, one part each."""

    def parts(edition: Edition, at: datetime, taker: User) -> list[Part]:
        round_ = _round(edition, kind)
        return sheet_parts(round_, at=at) if round_ is not None else []

    return parts


def _has_sheets(kind: str) -> Callable[[Edition, datetime], bool]:
    def has_parts(edition: Edition, at: datetime) -> bool:
        round_ = _round(edition, kind)
        return round_ is not None and bool(told_entries(round_, at))

    return has_parts


def _round(edition: Edition, kind: str) -> Round | None:
    return edition.rounds.filter(kind=kind).select_related("stage", "edition").first()


KINDS = {
    kind.key: kind
    for kind in (
        PackageKind("edition", "资料包", "results.export_result", complete_parts, lambda edition, at: True),
        PackageKind("certificates", "证书", "results.export_result", certificate_parts, lambda edition, at: _valid(edition).exists()),
        *(
            PackageKind(
                f"sheets-{kind.value.replace('_', '-')}", f"{kind.label}评分表", "results.export_result",
                sheet_parts_of(kind.value), _has_sheets(kind.value),
            )
            for kind in SCORED
        ),
    )
}
