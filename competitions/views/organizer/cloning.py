"""A new edition after the pattern of this one: chosen by ticks, looked at, then made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from competitions.actions.clone import clone_edition
from competitions.clone_parts import clone_parts
from competitions.forms.clone import EditionCloneForm
from competitions.models import Edition
from competitions.queries.clone import preview, shift_of
from competitions.views.organizer.posting import carried_out, managed
from core import clock


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_clone(request: HttpRequest, slug: str) -> HttpResponse:
    """First the ticks, then what they would bring, then the new edition; going back keeps what was typed."""
    source = managed(request, slug)
    if not request.user.has_perm("competitions.add_edition"):
        raise Http404
    form = EditionCloneForm(request.POST or None, initial=_initial(source))
    context: dict[str, Any] = {"edition": source, "form": form}
    if request.method == "POST" and form.is_valid():
        values, at = form.cleaned_data, clock.now()
        if request.POST.get("step") == "make" and carried_out(
            request, form, lambda: clone_edition(source=source, **values, actor=request.user, at=at), "已创建。请逐项确认设置。"
        ):
            return redirect("competitions:setup", values["slug"])
        if not form.errors and request.POST.get("step") != "edit":
            days = shift_of(source, values["first_day"])
            context |= {"previews": preview(source, values["parts"], days), "values": values}
            context["left"] = [part.name for part in clone_parts() if part.key not in values["parts"]]
    return render(request, "competitions/setup/clone.html", context, status=422 if form.errors else 200)


def _initial(source: Edition) -> dict[str, Any]:
    """Next year's names, and everything ticked."""
    opens = source.stages.order_by("position").first()
    first = clock.local(opens.opens_at).date() if opens else date(source.year, 7, 1)
    following, this = str(source.year + 1), str(source.year)
    return {
        "name": source.name.replace(this, following),
        "short_name": source.short_name.replace(this, following),
        "slug": source.slug.replace(this, following) if this in source.slug else "",
        "ordinal": source.ordinal + 1,
        "year": source.year + 1,
        "first_day": date(first.year + 1, first.month, min(first.day, 28)),
        "parts": [part.key for part in clone_parts()],
    }
