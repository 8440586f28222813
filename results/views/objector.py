"""For whoever filed an objection: finding it again, seeing where it stands, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.actor import System
from core.errors import Refusal
from core.throttle.bucket import take
from results.actions.objection import withdraw_objection
from results.errors import ObjectionNotFound
from results.forms.objection import LookupForm, WithdrawForm
from results.queries import access
from results.queries.objections import found_by
from results.states import OBJECTION

VISITOR = System("visitor", "公众")
TRIES, WITHIN = 10, 3600
STEP_WORDS = {
    "file": "提出异议", "admit": "受理，交仲裁委员复核", "decline": "不予受理", "uphold": "复核完成：异议成立",
    "dismiss": "复核完成：异议不成立", "withdraw": "提出人撤回", "answer": "已答复",
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection_lookup(request: HttpRequest, edition: str) -> HttpResponse:
    """By acknowledgement number and contact; which of the two does not fit is not told."""
    found = get_public_edition(edition)
    form = LookupForm(request.POST or None)
    if form.is_valid():
        _take(request, found)
        filed = found_by(found, form.cleaned_data["number"], form.cleaned_data["contact"])
        if filed is not None:
            return redirect("results:objection", edition, filed.public_id)
        form.add_error(None, ObjectionNotFound().text)
    context = {"edition": found, "form": form}
    return render(request, "results/objection_lookup.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """Where an objection stands, for whoever has its address; nothing personal is on the page. POST takes it back."""
    found = get_public_edition(edition)
    filed = access.get_objection(found, public_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        _take(request, found)
        try:
            actor = request.user if request.user.is_authenticated else VISITOR
            withdraw_objection(objection=filed, actor=actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, f"异议 {filed.number} 已撤回。")
            return redirect("results:objection", edition, public_id)
    context: dict[str, Any] = {
        "edition": found,
        "objection": filed,
        "steps": [_shown(step) for step in filed.steps.all()],
        "at": clock.now(),
        "withdraw_form": form if "withdraw" in OBJECTION.verbs_from(filed.state) else None,
    }
    return render(request, "results/objection.html", context, status=422 if form.errors else 200)


def _shown(step: Any) -> dict[str, Any]:
    note = step.note if step.verb in ("decline", "answer") else ""
    return {"word": STEP_WORDS[step.verb], "at": step.at, "note": note}


def _take(request: HttpRequest, edition: Edition) -> None:
    """Numbers run on, so that contacts must not be tried one after another."""
    address = request.client_address  # type: ignore[attr-defined]
    take(key=f"objection-contact:{edition.pk}:{address}", capacity=TRIES, seconds=WITHIN, at=clock.now())
