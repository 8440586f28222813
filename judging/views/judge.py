"""The judge's list of tasks with the own marks, as a page and as a file, and the declaration that comes before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Round
from competitions.queries.schedule import view_stage
from core import clock
from core.files.made import made_file
from core.statuses import status_of
from core.table_export import TABLE_FORMATS, write_table
from judging import states
from judging.actions.panel import sign_declaration
from judging.exports.own_marks import own_marks_table
from judging.forms.profile import DeclarationForm
from judging.models import PanelSeat
from judging.queries.access import get_seat_for
from judging.queries.compare import own_marks
from judging.queries.declaration import bodies_of, profile_of
from judging.queries.material import entry_title, organisation_names
from judging.queries.task import Task, judge_seats, judge_tasks, judged_editions, load_names, task_counts

PER_PAGE = 60
WORDS = (states.EMPTY, states.DRAFT, states.LOCKED, states.RECUSED)


def layout_of(round: Round | None) -> dict[str, Any]:
    """What layouts/judge.html asks for: the way home and the state of the round's stage."""
    found: dict[str, Any] = {"home_url": reverse("judging:task-list"), "stage": None}
    if round is not None:
        status = status_of("stage", view_stage(round.stage, clock.now()).phase)
        found["stage"] = {"word": f"{round.name}评审{status.word}", "icon": status.icon, "tone": status.tone}
    return found


@login_required
@require_safe
def task_list(request: SignedInRequest) -> HttpResponse:
    """Everything assigned to the judge in one round, with what is next; other rounds are a tab away."""
    seats = judge_seats(request.user)
    seat = _chosen(seats, request.GET.get("round", ""))
    if seat is None:
        return render(request, "judging/judge/no_seat.html", {"judge": layout_of(None), "editions": judged_editions(request.user)})
    round = seat.panel.round
    if seat.declared_at is None:
        return redirect("judging:declaration", round.edition.slug, round.kind)
    tasks = judge_tasks(seat)
    counts = task_counts(tasks)
    wanted = request.GET.get("state", "")
    shown = [task for task in tasks if not wanted or task.word == wanted]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    load_names(page)
    context = {
        "judge": layout_of(round),
        "seat": seat,
        "round": round,
        "at": clock.now(),
        "ends_at": view_stage(round.stage, clock.now()).ends_at,
        "page_obj": page,
        "groups": _by_group(page, next(iter(shown), None), round.is_blind),
        "task_count": len(tasks),
        "figures": _figures(counts),
        "chips": _chips(seat, counts, len(tasks), wanted),
        "rounds": _rounds(seats, seat),
        "is_chair": request.user.has_perm("judging.chair_panel", round),
    }
    return render(request, "judging/judge/task_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """The judge steps back from organisations and signs the declaration of impartiality and secrecy; the profile, which
    the list is compared with, comes before."""
    seat = get_seat_for(request.user, slug, kind)
    if seat.declared_at is None and profile_of(seat) is None:
        messages.info(request, "请先填写评委档案：用于比对回避关系、按专长分配。保存后签署声明。")
        return redirect("judging:own-profile", slug)
    form = DeclarationForm(request.POST if request.method == "POST" else None, bodies=bodies_of(seat) if seat.declared_at is None else [])
    if request.method != "POST" or not form.is_valid():
        context = {"judge": layout_of(seat.panel.round), "seat": seat, "form": form}
        return render(request, "judging/judge/declaration.html", context, status=422 if form.errors else 200)
    data = form.cleaned_data
    sign_declaration(seat=seat, bodies=data["bodies"], reason=data["reason"], actor=request.user, at=clock.now())
    return redirect(f"{reverse('judging:task-list')}?round={_key(seat)}")


@login_required
@require_safe
def compare(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """The judge's own marks of all entries side by side, criterion by criterion, to keep one measure."""
    seat = get_seat_for(request.user, slug, kind)
    if seat.declared_at is None:
        return redirect("judging:declaration", slug, kind)
    context = {
        "judge": layout_of(seat.panel.round),
        "seat": seat,
        "round": seat.panel.round,
        "tables": own_marks(seat),
    }
    return render(request, "judging/judge/compare.html", context)


@login_required
@require_safe
@never_cache
def own_file(request: SignedInRequest, slug: str, kind: str, fmt: str) -> HttpResponse:
    """The judge's own tasks and marks as XLSX, CSV or JSON."""
    seat = get_seat_for(request.user, slug, kind)
    if fmt not in TABLE_FORMATS:
        raise Http404
    if seat.declared_at is None:
        return redirect("judging:declaration", slug, kind)
    table = own_marks_table(seat)
    return made_file(write_table(table, fmt, at=clock.now()), TABLE_FORMATS[fmt], f"{table.title}.{fmt}")


def _key(seat: PanelSeat) -> str:
    return f"{seat.panel.round.edition.slug}-{seat.panel.round.kind}"


def _chosen(seats: list[PanelSeat], key: str) -> PanelSeat | None:
    """The round asked for, else one that is open, else the newest."""
    named = next((seat for seat in seats if _key(seat) == key), None)
    at = clock.now()
    is_open = (seat for seat in seats if view_stage(seat.panel.round.stage, at).is_open)
    return named or next(is_open, None) or (seats[0] if seats else None)


def _by_group(tasks: Iterable[Task], first: Task | None, is_blind: bool) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows under the name of their group, in the order of the first task of each; the `first` of all is what comes next."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for task in tasks:
        row = {
            "task": task,
            "title": entry_title(task.entry, is_blind),
            "organisations": organisation_names(task.entry, is_blind),
            "is_next": task is first and task.word in (states.DRAFT, states.EMPTY),
        }
        groups.setdefault(task.entry.group.name if task.entry.group else "", []).append(row)
    return list(groups.items())


def _figures(counts: Any) -> dict[str, int]:
    due = counts[states.LOCKED] + counts[states.DRAFT] + counts[states.EMPTY]
    return {
        "due": due,
        "locked": counts[states.LOCKED],
        "draft": counts[states.DRAFT],
        "empty": counts[states.EMPTY],
        "recused": counts[states.RECUSED],
    }


def _chips(seat: PanelSeat, counts: Any, total: int, wanted: str) -> list[dict[str, Any]]:
    base = f"?round={_key(seat)}"
    chips = [{"label": "全部", "url": base, "current": not wanted, "count": total}]
    for word in WORDS:
        chips.append({"label": states.SHEET_WORDS[word], "url": f"{base}&state={word}", "current": wanted == word, "count": counts[word]})
    return chips


def _rounds(seats: list[PanelSeat], chosen: PanelSeat) -> list[dict[str, Any]]:
    """Tabs, when the judge sits on more than one panel."""
    if len(seats) < 2:
        return []
    return [
        {
            "label": f"{seat.panel.round.edition.short_name}{seat.panel.round.name}",
            "url": f"?round={_key(seat)}",
            "current": seat.pk == chosen.pk,
        }
        for seat in seats
    ]
