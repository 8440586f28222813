"""What one judge has to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from competitions.models import Edition, Role
from competitions.rules import role_kinds
from core.rounding import exact_sum
from entries.models import LONG_TEXTS, Entry
from judging import states
from judging.models import Assignment, PanelSeat
from judging.queries.calibration import calibration_ids
from judging.queries.progress import word_of
from judging.queries.rubric import scored_criteria

RANK = {states.DRAFT: 0, states.EMPTY: 1, states.LOCKED: 2, states.RECUSED: 3}
DUE = (states.DRAFT, states.EMPTY, states.LOCKED)


@dataclass(frozen=True, slots=True)
class Task:
    """One assignment as its judge sees it. `total` is the judge's own; `scored` of `criteria_count` marks are given."""

    assignment: Assignment
    word: str
    scored: int
    criteria_count: int
    total: Decimal | None
    is_reopened: bool
    is_calibration: bool

    @property
    def entry(self) -> Entry:
        return self.assignment.entry


def judge_seats(user: Any, *, with_overrides: bool = True) -> list[PanelSeat]:
    """The seats of a person whose role still stands, newest round first, in published editions; pages that read the schedule
    anyway do without the overrides of each stage."""
    seats = PanelSeat.objects.filter(judge=user, panel__round__edition__published_at__isnull=False)
    ordered = seats.select_related("panel__round__stage", "panel__round__edition")
    if with_overrides:
        ordered = ordered.prefetch_related("panel__round__stage__overrides")
    held = list(ordered.order_by("-panel__round__edition__year", "-panel__round__position"))
    return [one for one in held if role_kinds(user, one.panel.round.edition_id) & {"judge", "chief_judge"}]


def judged_editions(user: Any) -> list[Edition]:
    """The editions a person is a judge of, seated or not, newest first."""
    kinds = (Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)
    held = Role.objects.filter(user=user, kind__in=kinds, ended_at__isnull=True)
    return list(Edition.objects.filter(pk__in=held.values("edition_id")).order_by("-year", "pk"))


def judge_tasks(seat: PanelSeat) -> list[Task]:
    """The assignments of a seat: drafts, then what is not begun, what is submitted, what was recused; each in order, what
    everybody scores first before the rest. Entries come without their long texts; `load_names` has the rest of a line."""
    rows = Assignment.objects.filter(seat=seat).exclude(state=states.WITHDRAWN)
    loaded = rows.select_related("sheet", "entry__group", "entry__track").prefetch_related("sheet__versions")
    loaded = loaded.defer(*(f"entry__{name}" for name in LONG_TEXTS))
    rubrics: dict[int | None, dict[str, Decimal]] = {}
    first = calibration_ids(seat.panel_id)
    tasks = [_task(seat, row, rubrics, row.entry_id in first) for row in loaded]
    return sorted(
        tasks, key=lambda one: (RANK[one.word], not one.is_calibration, one.assignment.position, one.assignment.pk)
    )


def load_names(tasks: Iterable[Task]) -> None:
    """Loads who applied and the patents of the tasks' entries, for the lines that are shown."""
    prefetch_related_objects([task.entry for task in tasks], "applicants__organisation", "assets")


def seat_counts(seats: Iterable[PanelSeat]) -> dict[int, Counter[str]]:
    """By primary key of a seat, how many of its sheets there are of each word; one query for all seats."""
    found: dict[int, Counter[str]] = {seat.pk: Counter() for seat in seats}
    rows = Assignment.objects.filter(seat__in=found).exclude(state=states.WITHDRAWN)
    for seat, state, sheet in rows.values_list("seat_id", "state", "sheet__state"):
        found[seat][states.sheet_word(state, sheet)] += 1
    return found


def task_counts(tasks: Iterable[Task]) -> Counter[str]:
    """How many tasks there are of each word."""
    return Counter(task.word for task in tasks)


def neighbours(tasks: list[Task], current: Assignment) -> tuple[Task | None, Task | None, int, int]:
    """The task before and after, the place of the present one and how many are due, in the order of assignment."""
    due = sorted((one for one in tasks if one.word in DUE), key=lambda one: (one.assignment.position, one.assignment.pk))
    place = next((index for index, one in enumerate(due) if one.assignment.pk == current.pk), None)
    if place is None:
        return None, None, 0, len(due)
    before = due[place - 1] if place else None
    after = due[place + 1] if place + 1 < len(due) else None
    return before, after, place + 1, len(due)


def _task(
    seat: PanelSeat, row: Assignment, rubrics: dict[int | None, dict[str, Decimal]], is_calibration: bool
) -> Task:
    track = row.entry.track_id
    if track not in rubrics:
        rubrics[track] = {one.code: one.weight for one in scored_criteria(seat.panel.round, row.entry)}
    weights = rubrics[track]
    sheet = getattr(row, "sheet", None)
    draft = {code: Decimal(mark) for code, mark in (sheet.draft if sheet else {}).items() if code in weights}
    word = word_of(row)
    total = exact_sum([mark * weights[code] for code, mark in draft.items()]) if word == states.LOCKED else None
    reopened = word == states.DRAFT and bool(sheet and sheet.versions.all())
    return Task(row, word, len(draft), len(weights), total, reopened, is_calibration)
