"""Public notices for everybody: the list, one notice, and the way to object to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.queries.access import get_public_edition
from core import clock
from core.markdown import render_markdown
from core.throttle.bucket import take
from core.uploads.visitor import visitor_of, welcome
from results.actions.objection import file_objection
from results.forms.objection import ObjectionForm
from results.models import Objection
from results.queries import access
from results.queries.compared import public_predecessor
from results.queries.materials import materials_of
from results.queries.notices import notice_of, published_notices, show_notice
from results.queries.standings import standings
from results.queries.state import current_result
from results.views.context import proof_context, table_context
from results.views.objector import VISITOR

FILINGS, WITHIN = 6, 3600

@require_safe
def notices(request: HttpRequest, edition: str) -> HttpResponse:
    """Every public notice of the edition, with its period and how many objected."""
    found, at = get_public_edition(edition), clock.now()
    context = {"edition": found, "at": at, "rows": [show_notice(one, at) for one in published_notices(found)]}
    return render(request, "results/notice_list.html", context)


@require_safe
def notice(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """A public notice with its period, its list, and what became of objections to it, in numbers."""
    found, at = get_public_edition(edition), clock.now()
    shown = access.get_public_notice(found, public_id)
    is_list = shown.kind == shown.Kind.FINALISTS
    rows = standings(shown.result, only_advanced=is_list)
    context = {
        "edition": found,
        "at": at,
        "notice": shown,
        "shown": show_notice(shown, at),
        "body": render_markdown(shown.body),
        "is_list": is_list,
        "later": _later_notice(shown.result),
        "corrects": public_predecessor(shown.result),
        **table_context(rows, "", shown.result),
        **proof_context(shown.result, is_last=not is_list),
    }
    return render(request, "results/notice.html", context)


@never_cache
def objection_new(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """The form for an objection, for a unit or a person; outside the notice's period a page says why there is none."""
    found, at = get_public_edition(edition), clock.now()
    on_notice = access.get_public_notice(found, public_id)
    kind = request.GET.get("kind", Objection.Kind.UNIT)
    if kind not in Objection.Kind.values:
        raise Http404
    context: dict[str, Any] = {"edition": found, "at": at, "notice": on_notice, "shown": show_notice(on_notice, at), "kind": kind}
    if at >= on_notice.closes_at and request.method != "POST":
        return render(request, "results/objection_closed.html", context)
    sender = request.user if request.user.is_authenticated else visitor_of(request)
    kept = materials_of(on_notice, sender)
    form = ObjectionForm(request.POST or None, request.FILES or None, notice=on_notice, kind=kind, kept=kept)
    if form.is_valid():
        take(key=f"objection:{request.client_address}", capacity=FILINGS, seconds=WITHIN, at=at)  # type: ignore[attr-defined]
        actor = request.user if request.user.is_authenticated else VISITOR
        filed = file_objection(notice=on_notice, actor=actor, at=at, **form.values())
        return redirect("results:objection", edition, filed.public_id)
    tabs = [
        {"label": f"以{label}名义", "url": f"?kind={value}", "current": value == kind} for value, label in Objection.Kind.choices
    ]
    page = render(request, "results/objection_form.html", context | {"form": form, "tabs": tabs}, status=422 if form.errors else 200)
    return welcome(request, page)


def _later_notice(result):
    """The notice of the result now in force, when this one was corrected."""
    newest = current_result(result.round)
    return notice_of(newest) if newest is not None and newest.pk != result.pk else None
