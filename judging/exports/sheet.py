"""Score sheets on paper: one PDF a judge and one an entrant, each with every mark, a check code and places to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse

from competitions.models import Round
from core.dates import moment
from core.documents import render_pdf
from core.figures import mark
from core.qr import qr_rows
from core.rounding import exact_decimal
from entries.models import Entry
from judging import states
from judging.models import PanelSeat
from judging.queries.assignment import panel_seats
from judging.queries.material import entry_name
from judging.queries.participants import participants
from judging.queries.roadshow import strikes_out
from judging.queries.sheet_document import (
    Row,
    SheetDocument,
    entry_document,
    kept_sum,
    seat_digest,
    seat_documents,
    told_entries,
)

MISSING = "—"
DROPPED = ("去最高", "去最低")


def entry_pdf(round: Round, entry: Entry, *, at: datetime) -> bytes:
    """The score sheet of an entrant: judges in rows, criteria in columns, and how the score comes about."""
    document = entry_document(round, entry)
    data = {
        **_common(round, document.subject, document.digest, at),
        "title": f"{round.name}项目评分表",
        "about": [["项目编号", entry.code], ["项目名称", entry.title], ["组别", entry.group.name if entry.group else ""]],
        "first": "评委",
        "parts": [_part(document, [f"{row.seat.label} {row.seat.judge.actor_label}" for row in document.rows])],
        "steps": _steps(document),
        "score": MISSING if document.score is None else str(document.score.score),
        "signs": ["评委组长", "记分员", "参赛单位代表"],
        "row_signs": True,
    }
    return render_pdf("judging/score_sheet", data, at=at)


def seat_pdf(seat: PanelSeat, entries: set[int] | None, *, at: datetime) -> bytes:
    """A judge's own score sheet: entries in rows. `entries` limits it to those whose marks may be told."""
    documents = seat_documents(seat, entries)
    round = seat.panel.round
    data = {
        **_common(round, f"seat-{seat.number:02d}", seat_digest(documents), at),
        "title": f"{round.name}评委评分表",
        "about": [["席位", seat.label], ["评委", seat.judge.actor_label]],
        "first": "项目",
        "parts": [_part(one, [f"{row.entry.code} {entry_name(row.entry, round.is_blind)}" for row in one.rows]) for one in documents],
        "steps": [],
        "score": "",
        "signs": ["评委签名", "日期"],
        "row_signs": False,
    }
    return render_pdf("judging/score_sheet", data, at=at)


def sheet_parts(round: Round, *, at: datetime) -> list[Callable[[], Iterator[tuple[str, bytes]]]]:
    """Every sheet whose marks may be told, each a function that makes its file: (path in an archive, PDF). For the package
    of all sheets, which a job builds and tells how far it is (results/exports/packages.py)."""
    told = told_entries(round, at)
    if not told:
        return []
    entries = [entry for entry in participants(round) if entry.pk in told]
    made = [_member(f"entries/{entry.code}.pdf", partial(entry_pdf, round, entry, at=at)) for entry in entries]
    return made + [_member(f"judges/{seat.number:02d}.pdf", partial(seat_pdf, seat, told, at=at)) for seat in panel_seats(round)]


def _member(name: str, make: Callable[[], bytes]) -> Callable[[], Iterator[tuple[str, bytes]]]:
    def members() -> Iterator[tuple[str, bytes]]:
        yield name, make()

    return members


def _common(round: Round, subject: str, digest: str, at: datetime) -> dict[str, Any]:
    address = reverse("judging:sheet-check", args=[round.edition.slug, round.kind, subject, digest])
    return {
        "edition": round.edition.name,
        "printed": moment(at),
        "digest": digest,
        "qr": qr_rows(settings.SITE_URL + address),
    }


def _part(document: SheetDocument, names: list[str]) -> dict[str, Any]:
    heads = [
        {"name": one.name, "max": mark(one.max_score), "weight": str(exact_decimal(one.weight))} for one in document.criteria
    ]
    return {"heads": heads, "rows": [_row(document, row, name) for row, name in zip(document.rows, names, strict=True)]}


def _row(document: SheetDocument, row: Row, name: str) -> dict[str, Any]:
    note = _note(document, row)
    is_dropped = note in DROPPED
    if is_dropped and not strikes_out(document.round):
        note = ""
    return {
        "name": name,
        "marks": [mark(row.scores.get(one.code)) for one in document.criteria],
        "total": mark(row.total),
        "note": note,
        "struck": is_dropped and bool(note),
    }


def _note(document: SheetDocument, row: Row) -> str:
    if row.state != states.ASSIGNED:
        return states.ASSIGNMENT.labels[row.state]
    if row.version is None:
        return "未提交" if row.seat.is_present else "未到场"
    standing = [one for one in document.rows if one.state == states.ASSIGNED]
    place = standing.index(row)
    if document.score is not None and place in document.score.dropped_high:
        return "去最高"
    if document.score is not None and place in document.score.dropped_low:
        return "去最低"
    paper = getattr(row.version, "paper", None)
    return f"纸质，{paper.typed_by.actor_label}录入，{paper.decided_by.actor_label}复核" if paper else ""


def _steps(document: SheetDocument) -> list[str]:
    """The way from the totals to the score in figures that stand on the sheet."""
    if document.score is None:
        return ["有效评分不足，没有得分。"]
    kept, total = kept_sum(document)
    dropped = len(document.score.dropped_high) + len(document.score.dropped_low)
    lines = ["每位评委的合计 = 各项评分 × 权重，逐项相加，不作舍入。缺席、回避的评委不计入，不按零分处理。"]
    if document.round.plain_mean_reason:
        lines.append(f"评委组长决定全轮取平均分，不去掉最高、最低分。原因：{document.round.plain_mean_reason}")
    if dropped:
        struck = "（表中划去）" if strikes_out(document.round) else ""
        high, low = len(document.score.dropped_high), len(document.score.dropped_low)
        lines.append(f"去掉最高分 {high} 个、最低分 {low} 个{struck}，其余 {len(kept)} 个计入。")
    lines.append(f"{' + '.join(mark(one) for one in kept)} = {mark(total)}")
    lines.append(f"{mark(total)} ÷ {len(kept)} = {document.score.score}（四舍五入保留 {document.places} 位小数）")
    return lines
