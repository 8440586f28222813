"""Settings about making results public: notice period, what of the marks is shown, working days."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from competitions.queries.access import get_edition_for
from core import clock
from core.dates import local
from results.actions.publicity import remove_calendar_day, save_publicity, set_calendar_day
from results.forms.objection import CalendarDayForm, PublicityForm
from results.queries.calendar import is_announced, notice_end, period_words, publicity_of, special_days

MANAGE = "competitions.manage_edition"


@login_required
def publicity(request: HttpRequest, slug: str) -> HttpResponse:
    """Notice period and what of the marks is public, with what that means if something were published today."""
    edition, at = get_edition_for(request.user, slug, to=MANAGE), clock.now()
    stored = publicity_of(edition)
    initial = {name: getattr(stored, name) for name in ("notice_days", "notice_counting", "shows_judge_totals")}
    form = PublicityForm(request.POST or None, initial=initial)
    if form.is_valid():
        save_publicity(edition=edition, values=form.cleaned_data, actor=request.user, at=at)
        messages.success(request, "公示设置已保存。已发布的公示截止时间不变。")
        return redirect("results:publicity", slug)
    context = {"edition": edition, "at": at, "form": form, "stored": stored, "ends": notice_end(edition, at), "words": period_words(edition)}
    return render(request, "results/publicity.html", context, status=422 if form.errors else 200)


@login_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Days that differ from Monday to Friday in one year, announced or entered here."""
    edition, at = get_edition_for(request.user, slug, to=MANAGE), clock.now()
    year = _year(request.GET.get("year", ""), local(at).year)
    form = CalendarDayForm(request.POST or None)
    if form.is_valid():
        set_calendar_day(edition=edition, actor=request.user, at=at, **form.cleaned_data)
        messages.success(request, "已保存，以后发布的公示按此计算。")
        return redirect(f"{request.path}?year={form.cleaned_data['day'].year}")
    tabs = [{"label": f"{one} 年", "url": f"?year={one}", "current": one == year} for one in range(local(at).year - 1, local(at).year + 3)]
    context = {"edition": edition, "year": year, "tabs": tabs, "days": special_days(edition, year), "form": form, "is_announced": is_announced(year)}
    return render(request, "results/calendar.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def calendar_remove(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    edition = get_edition_for(request.user, slug, to=MANAGE)
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if remove_calendar_day(edition=edition, day=chosen, actor=request.user, at=clock.now()):
        messages.success(request, "已撤销这一天的调整。")
    return redirect("results:calendar", slug)


def _year(asked: str, otherwise: int) -> int:
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2099 else otherwise
