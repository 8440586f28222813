"""A judge's own tasks with the own marks, as a file: one row an entry, a column for each criterion."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.sheets import Value
from core.table_export import Field, Table
from judging import states
from judging.models import PanelSeat
from judging.queries.material import entry_title
from judging.queries.rubric import scored_criteria
from judging.queries.task import Task, judge_tasks, load_names


def own_marks_table(seat: PanelSeat) -> Table[Task]:
    """Every task of the seat in the order of its list; marks of drafts too, and in a blind round no names. Nobody else's mark."""
    tasks, round = judge_tasks(seat), seat.panel.round
    load_names(tasks)
    tracks = {task.entry.track_id: task.entry for task in tasks}  # the rubric is the track's
    criteria = {one.code: one for entry in tracks.values() for one in scored_criteria(round, entry)}
    fields: list[Field[Task]] = [
        Field("number", "编号", 8, lambda one: one.entry.code),
        Field("title", "项目名称", 44, lambda one: entry_title(one.entry, round.is_blind)),
        Field("group", "组别", 12, lambda one: one.entry.group.name if one.entry.group else ""),
        Field("state", "状态", 10, lambda one: states.SHEET_WORDS[one.word]),
        *[Field(f"mark_{code}", f"{one.name}（{one.max_score.normalize():f}）", 14, _mark(code)) for code, one in criteria.items()],
        Field("total", "合计", 10, lambda one: one.total),
        Field("comment", "评语", 50, lambda one: _text(one, "comment")),
        Field("feedback", "给参赛方的建议", 50, lambda one: _text(one, "feedback")),
    ]
    return Table(f"{round.edition.short_name}{round.name}我的评分（{seat.label}）", fields, tasks)


def _mark(code: str) -> Callable[[Task], Value]:
    def value(task: Task) -> Value:
        sheet = getattr(task.assignment, "sheet", None)
        mark = sheet.draft.get(code, "") if sheet else ""
        return Decimal(mark) if mark else None

    return value


def _text(task: Task, name: str) -> str:
    sheet = getattr(task.assignment, "sheet", None)
    return getattr(sheet, name) if sheet else ""
