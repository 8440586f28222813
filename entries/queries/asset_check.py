"""What is wrong or doubtful in a patent row: the findings stand under the row, and faults block submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.parsed import Parsed
from entries.models import IPAsset
from entries.pure.asset_type import CN_PATENT_TYPES, DESIGN
from entries.pure.classification import parse_ipc, parse_locarno
from entries.pure.cross_checks import cross_check
from entries.pure.family import family_warnings
from entries.pure.ip_number import parse_ip_number
from entries.pure.publication_number import parse_publication_number


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about one column of a row."""

    column: str
    message: str


@dataclass(slots=True)
class RowFindings:
    """Faults (block submission) and warnings (shown, let through) of one row, and its canonical number."""

    number: str = ""
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def check_rows(rows: list[IPAsset], today: date) -> list[RowFindings]:
    """Judges what was typed, saved or not, row by row; gaps are not judged here (see completeness).

    A number that stands in an earlier row of the same entry is a fault, and its row keeps no canonical number.
    """
    found = [check_row(row, today) for row in rows]
    first: dict[str, int] = {}
    for index, findings in enumerate(found, start=1):
        if findings.number and findings.number in first:
            message = f"申请号与第 {first[findings.number]} 件重复，同一件专利只填一次。"
            findings.faults.append(Finding("number", message))
            findings.number = ""
        elif findings.number:
            first[findings.number] = index
    return found


def check_row(row: IPAsset, today: date) -> RowFindings:
    """Judges one row by itself: number, publication number, dates, class and state."""
    findings = RowFindings()
    parsed = _check_number(row, findings)
    checked = cross_check(
        parsed or Parsed("none"),
        asset_type=row.asset_type,
        filed_on=row.filed_on,
        granted_on=row.granted_on,
        today=today,
    )
    findings.faults += [Finding("granted_on", fault.message) for fault in checked.faults]
    findings.warnings += [Finding("", warning.message) for warning in checked.warnings]
    _check_publication(row, findings)
    _check_class(row, findings)
    findings.warnings += [Finding("family", text) for text in family_warnings(row.family)]
    return findings


def _check_number(row: IPAsset, findings: RowFindings) -> Parsed | None:
    if not row.number_raw.strip():
        return None
    parsed = parse_ip_number(row.number_raw, row.asset_type, row.country)
    findings.number = parsed.canonical[:40]
    findings.faults += [Finding("number", fault.message) for fault in parsed.faults]
    findings.warnings += [Finding("number", warning.message) for warning in parsed.warnings]
    if parsed.needs_reason and not row.number_reason.strip():
        findings.faults.append(Finding("number_reason", "这个号码的写法不常见，请在“号码说明”里写明依据（如官方通知书的写法）。"))
    return parsed if parsed.is_valid else None


def _check_publication(row: IPAsset, findings: RowFindings) -> None:
    if not row.publication_number or row.asset_type not in CN_PATENT_TYPES or row.country != "CN":
        return
    parsed = parse_publication_number(row.publication_number)
    findings.faults += [Finding("publication_number", fault.message) for fault in parsed.faults]


def _check_class(row: IPAsset, findings: RowFindings) -> None:
    if not row.classification or row.asset_type not in CN_PATENT_TYPES:
        return
    parsed = (parse_locarno if row.asset_type == DESIGN else parse_ipc)(row.classification)
    findings.warnings += [Finding("classification", fault.message) for fault in parsed.faults]
