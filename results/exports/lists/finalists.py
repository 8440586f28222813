"""Finalists: who takes part, who presents, whose deck is in."""

from __future__ import annotations

from competitions.models import Edition, Round
from core.table_export import Field, Table
from judging.queries.finalist import Finalist, finalist_board

FIELDS: list[Field[Finalist]] = [
    Field("number", "编号", 8, lambda one: one.entry.code),
    Field("title", "项目名称", 44, lambda one: one.entry.title),
    Field("group", "组别", 12, lambda one: one.entry.group.name if one.entry.group else ""),
    Field("reply", "答复", 12, lambda one: one.word),
    Field("replied_at", "答复时间", 20, lambda one: one.reply.replied_at if one.reply else None),
    Field("presenter", "路演人", 14, lambda one: one.reply.presenter if one.reply else ""),
    Field("presenter_title", "路演人职务", 20, lambda one: one.reply.presenter_title if one.reply else ""),
    Field("reason", "弃赛原因", 30, lambda one: one.reply.reason if one.reply else ""),
    Field("backfilled_at", "递补时间", 20, lambda one: one.reply.backfilled_at if one.reply else None),
    Field("deck", "文稿版本", 10, lambda one: one.deck.number if one.deck else None),
    Field("deck_at", "文稿提交时间", 20, lambda one: one.deck.uploaded_at if one.deck else None),
]


def finalists_table(edition: Edition) -> Table[Finalist]:
    """Everybody invited to the final, also who gave the place up since, by number; empty without a final."""
    final = edition.rounds.filter(kind=Round.Kind.FINAL).select_related("stage", "edition").first()
    return Table(f"{edition.short_name}入围项目", FIELDS, finalist_board(final).rows if final else [])
