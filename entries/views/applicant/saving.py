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
from entries.queries.steps import STEPS, step_after
from entries.views.applicant.merging import ROWS, Difference, Sides, base_of, sides_of

NOT_CARRIED = ("csrfmiddlewaretoken", "version", "action", "base", "theirs")


@dataclass
class Save:
    """What a step wants saved. `run(version, theirs)` does it, leaving the fields named in `theirs` as they are stored;
    `page()` shows the form as it was typed.

    `fault_count` faults keep the person on the step; `keeps_text` says that something typed could not be stored, so
    that the page must be shown again instead of being loaded anew. `compare()` lists what differs from the saved entry;
    `mine()` and `stored()` have each field in words, `controls()` what is stored as the control of the field holds it.
    """

    step: str
    run: Callable[[int, frozenset[str]], Entry]
    page: Callable[[], HttpResponse]
    compare: Callable[[], list[Difference]]
    mine: Callable[[], dict[str, str]]
    stored: Callable[[], dict[str, str]]
    controls: Callable[[], dict[str, Any]] = field(default=dict)
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
    merged: list[Difference] = []
    try:
        try:
            saved = save.run(posted_version(request), frozenset(request.POST.getlist("theirs")))
        except EditedElsewhere as refusal:
            entry.refresh_from_db()
            differences, sides = save.compare(), sides_of(save.mine(), save.stored(), request.POST.get("base", ""))
            if sides.both:
                return _overtaken(request, entry, save, refusal, differences, sides)
            merged = [one for one in differences if one.name in sides.theirs]
            saved = save.run(entry.version, sides.theirs)
    except Refusal as refusal:
        if is_autosave(request):
            return JsonResponse({"message": refusal.text}, status=refusal.status)
        raise
    if is_autosave(request):
        return _saved(saved, save, merged, at)
    if merged:
        messages.info(request, f"同事刚改过{'、'.join(one.label for one in merged)}，已采用对方的内容，您改的也已保存。")
    return _after(request, saved, save)


def _saved(entry: Entry, save: Save, merged: list[Difference], at: datetime) -> JsonResponse:
    """For the script: the new version and marks, and what a colleague has put in the place of what the page shows."""
    body: dict[str, Any] = {"version": entry.version, "saved_at": dates.clock(at), "faults": save.fault_count}
    body |= {"base": base_of(save.stored()), "keeps_text": save.keeps_text}
    if merged:
        controls = save.controls()
        body["theirs"] = {one.name: controls.get(one.name, "") for one in merged}
        body["merged"] = [one.label for one in merged]
    return JsonResponse({**body, **save.extra()})


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
    return ("entries:register-step", entry.public_id, step_after(step))


def _overtaken(
    request: HttpRequest, entry: Entry, save: Save, refusal: Refusal, differences: list[Difference], sides: Sides
) -> HttpResponse:
    """Shows both versions; what was typed goes along in hidden fields until the person has chosen."""
    if is_autosave(request):
        return JsonResponse({"message": refusal.text, "is_overtaken": True}, status=refusal.status)
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
        "differences": differences,
        "only_theirs": sides.theirs,
        "by_field": all(one.name != ROWS for one in differences),
        "base": base_of(save.stored()),
        "carried": carried,
    }
    return render(request, "entries/applicant/conflict.html", context, status=refusal.status)
