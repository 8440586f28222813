"""How a step answers a save: the same for the button, the next step and the autosave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from core import dates
from core.errors import Refusal
from entries import states
from entries.errors import EditedElsewhere
from entries.models import Entry
from entries.queries.steps import STEPS

NOT_CARRIED = ("csrfmiddlewaretoken", "version", "action")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the page and the saved entry disagree."""

    label: str
    mine: str
    theirs: str


@dataclass
class Save:
    """What a step wants saved. `run(version)` does it; `page()` shows the form as it was typed.

    `fault_count` faults keep the person on the step; `keeps_text` says that something typed could not be stored, so
    that the page must be shown again instead of being loaded anew. `compare()` lists what differs from the saved entry.
    """

    step: str
    run: Callable[[int], Entry]
    page: Callable[[], HttpResponse]
    compare: Callable[[], list[Difference]]
    fault_count: int = 0
    keeps_text: bool = False
    extra: Callable[[], dict[str, Any]] = field(default=dict)
    stay: str = ""


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def posted_version(request: HttpRequest) -> int:
    """The version token of the page; something else than a number counts as stale."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else -1


def answer(request: HttpRequest, entry: Entry, save: Save, *, at: datetime) -> HttpResponse:
    """Saves and answers: JSON to an autosave, the next step, the same step, or the choice between two texts."""
    try:
        saved = save.run(posted_version(request))
    except EditedElsewhere as refusal:
        return _overtaken(request, entry, save, refusal)
    except Refusal as refusal:
        if is_autosave(request):
            return JsonResponse({"message": refusal.text}, status=refusal.status)
        raise
    if is_autosave(request):
        body = {"version": saved.version, "saved_at": dates.clock(at), "faults": save.fault_count}
        return JsonResponse({**body, **save.extra()})
    return _after(request, saved, save)


def _after(request: HttpRequest, entry: Entry, save: Save) -> HttpResponse:
    goes_on = request.POST.get("action", "next") == "next"
    if goes_on and not save.fault_count:
        return redirect(*_next(entry, save.step))
    if save.keeps_text or (goes_on and save.fault_count):
        return save.page()
    if request.POST.get("action") == "save":
        messages.success(request, "草稿已保存。")
    response = redirect("entries:register-step", entry.public_id, save.step)
    response["Location"] += save.stay
    return response


def _next(entry: Entry, step: str) -> tuple[str, ...]:
    if entry.state != states.DRAFT:
        return ("entries:my-entry", entry.public_id)
    names = list(STEPS)
    return ("entries:register-step", entry.public_id, names[min(names.index(step) + 1, len(names) - 1)])


def _overtaken(request: HttpRequest, entry: Entry, save: Save, refusal: EditedElsewhere) -> HttpResponse:
    """Shows both versions; what was typed goes along in hidden fields until the person has chosen."""
    if is_autosave(request):
        return JsonResponse({"message": refusal.text}, status=refusal.status)
    entry.refresh_from_db()
    carried = [
        {"name": name, "value": value}
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
        for value in values
    ]
    context = {
        "entry": entry,
        "edition": entry.edition,
        "step": save.step,
        "heading": STEPS[save.step],
        "refusal": refusal,
        "differences": save.compare(),
        "carried": carried,
    }
    return render(request, "entries/applicant/conflict.html", context, status=refusal.status)
