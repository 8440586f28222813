"""The ranking of a round as a table: one row a project, the same row for XLSX, CSV, JSON and PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.dates import moment
from core.documents import render_pdf
from core.qr import qr_rows
from core.sheets import Value
from core.table_export import TABLE_FORMATS, Field, Table, write_table
from results.models import RoundResult
from results.queries.record import check_code, record_of
from results.queries.standings import PART_NAMES, Standing, standings
from results.queries.state import result_state
from results.states import PUBLISHED, RESULT

PRODUCT_PLACES = 4
FORMATS = {**TABLE_FORMATS, "pdf": "application/pdf"}


def ranking_fields(result: RoundResult) -> list[Field[Standing]]:
    """The columns of a result: of a later round also what the entry reached in the round before."""
    weighted = [
        Field(f"part_{part}", f"{PART_NAMES[part]}计入总分", 14, _product(part), PRODUCT_PLACES) for part in _parts(result)
    ]
    fields = [
        Field("place", "名次", 8, lambda one: one.placing.place),
        Field("tied", "并列", 8, lambda one: "是" if one.placing.is_tied else ""),
        Field("number", "编号", 8, lambda one: one.entry.code),
        Field("title", "项目名称", 44, lambda one: one.entry.title),
        Field("organisations", "参赛单位", 36, lambda one: one.organisations),
        Field("group", "组别", 12, lambda one: one.group_name),
        Field("panel_score", "评审得分", 12, lambda one: one.placing.panel_score),
        Field("votes", "有效票数", 12, lambda one: one.votes),
        Field("vote_points", "投票折算分", 12, lambda one: one.vote_points),
        *weighted,
        Field("total", "总分", 12, lambda one: one.placing.total),
        Field("outcome", "结果", 16, lambda one: one.outcome),
        Field("decided_by", "同分判定", 16, lambda one: one.decided_by),
    ]
    return fields + (_before_fields() if record_of(result)["input"]["prior_totals"] else [])


def ranking_table(result: RoundResult, rows: list[Standing] | None = None) -> Table[Standing]:
    """The ranking every format is made of; `rows` if they are at hand."""
    head = {
        "edition": result.round.edition.slug,
        "round": result.round.kind,
        "version": result.version,
        "state": result_state(result),
        "sha256": result.sha256,
    }
    return Table(export_name(result), ranking_fields(result), standings(result) if rows is None else rows, head)


def export_ranking(result: RoundResult, fmt: str, *, at: datetime) -> bytes:
    """The ranking in one of FORMATS; `at` is written as the time of creation. Refuses (KeyError) another format."""
    table = ranking_table(result)
    if fmt == "pdf":
        return render_pdf("results/ranking", _printed(result, table), at=at)
    return write_table(table, fmt, at=at)


def export_name(result: RoundResult) -> str:
    """2026 年江高赛决赛名次第 1 版: title of the sheet and name of the file; says so while it is not published."""
    state = result_state(result)
    note = "" if state == PUBLISHED else f"（{RESULT.labels[state]}）"
    return f"{result.round.edition.short_name}{result.round.name}名次第 {result.version} 版{note}"


def _printed(result: RoundResult, table: Table[Standing]) -> dict[str, Any]:
    """Texts for results/documents/ranking.typ: what a reader needs on paper, rules and check code at the end."""
    shown = [field for field in table.fields if field.key not in ("tied", "decided_by")]
    rows = [{field.key: field.value(row) for field in table.fields} for row in table.rows]
    return {
        "title": table.title,
        "computed": moment(result.computed_at),
        "heads": [field.title for field in shown],
        "wide": [field.width >= 30 for field in shown],
        "texts": [field.key in ("number", "group", "outcome") for field in shown],
        "rows": [[_text(row[field.key], field.key, row) for field in shown] for row in rows],
        "rules": record_of(result)["rule_text"],
        "check": check_code(result),
        "sha256": result.sha256,
        "qr": qr_rows(settings.SITE_URL + reverse("results:results", args=[result.round.edition.slug])),
    }


def _text(value: Value, key: str, row: dict[str, Value]) -> str:
    if value is None:
        return "—"
    if key == "place" and row["tied"]:
        return f"{value}="
    return f"{value:,}" if key.endswith("votes") else str(value)


def _parts(result: RoundResult) -> list[str]:
    """The parts that are blended; none to tell apart where there is only one."""
    weights = {part: weight for part, weight in record_of(result)["input"]["rule_set"]["weights"].items() if Decimal(weight)}
    return list(weights) if len(weights) > 1 else []


def _product(part: str) -> Callable[[Standing], Value]:
    def value(one: Standing) -> Value:
        product = next((found.product for found in one.parts if found.name == PART_NAMES[part]), None)
        return None if product is None else product.quantize(Decimal(1).scaleb(-PRODUCT_PLACES))

    return value


def _before_fields() -> list[Field[Standing]]:
    return [
        Field("before_total", "上一轮总分", 12, lambda one: one.before.total if one.before else None),
        Field("before_panel_score", "上一轮评审得分", 16, lambda one: one.before.panel_score if one.before else None),
        Field("before_vote_points", "上一轮投票折算分", 16, lambda one: one.before.vote_points if one.before else None),
        Field("before_place", "上一轮名次", 12, lambda one: one.before.place if one.before else None),
    ]
