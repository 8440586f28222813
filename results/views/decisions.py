"""What the committee decides on the page of a round: ties, special awards, places left empty. Each makes a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from competitions.pure.award_rule import BY_CHOICE
from core import clock
from results.actions.computation import decide_award_tie, leave_award_vacant
from results.errors import NothingToDecide
from results.forms.organizer import DecideForm, VacancyForm
from results.models import RoundResult
from results.pure.awards import COMMITTEE
from results.queries import access
from results.queries.record import group_names, open_decisions, record_of


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The committee's decision about a tie or a special award makes a new version, which needs both approvals."""
    result = shown_result(request, slug, kind, to="results.compute_result")
    row = next((one for one in open_ties(result) if one.is_for(request.POST)), None)
    if row is None:
        raise NothingToDecide(award="所选奖项", group="该组")
    form = DecideForm(request.POST, choices=row.choices)
    if not form.is_valid():
        context = {"edition": result.round.edition, "round": result.round, "result": result, "form": form, "tie": row}
        return render(request, "results/decide.html", context, status=422)
    decide_award_tie(result=result, actor=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, "评委会决定已记录，已生成新版本结果，请重新核准。")
    return redirect("results:ranking", slug, kind)


@login_required
@require_POST
def vacate(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Places of an award stay empty by decision of the committee; that too makes a new version."""
    result = shown_result(request, slug, kind, to="results.compute_result")
    form = vacancy_form(result, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        context = {"edition": result.round.edition, "round": result.round, "result": result, "form": form}
        return render(request, "results/vacate.html", context, status=422)
    leave_award_vacant(result=result, actor=request.user, at=clock.now(), **form.values())
    messages.success(request, "奖项空缺的决定已记录，已生成新版本结果，请重新核准。")
    return redirect("results:ranking", slug, kind)


def shown_result(request: HttpRequest, slug: str, kind: str, *, to: str) -> RoundResult:
    """The version named in the form or the address, else the newest; 404 when there is none."""
    round_ = access.get_round_for(request.user, slug, kind, to=to)
    named = request.POST.get("result", "")
    rows = RoundResult.objects.filter(round=round_).select_related("round__edition", "round__stage")
    result = rows.filter(public_id=named).first() if named else rows.order_by("-version").first()
    if result is None:
        raise Http404
    return result


class OpenTie:
    """An award the committee has to decide, as the form needs it."""

    def __init__(self, row: dict[str, Any], titles: dict[str, str], *, is_choice: bool) -> None:
        self.group, self.award = row["group"], row["award"]
        self.group_name, self.name, self.is_choice = row["group_name"], row["name"], is_choice
        self.choices = [(code, f"{code} 号 {titles[code]}") for code in row["tied"]]
        self.initial = {"group": self.group, "award": self.award}

    def is_for(self, data: Any) -> bool:
        return (self.group, self.award) == (data.get("group"), data.get("award"))


def open_ties(result: RoundResult) -> list[OpenTie]:
    """Awards of the result that wait for the committee."""
    rows = [row for row in open_decisions(result) if row["status"] == COMMITTEE]
    if not rows:
        return []
    titles = {placing.entry.code: placing.entry.title for placing in result.placings.select_related("entry")}
    chosen = {one["code"] for one in record_of(result)["input"]["rule_set"]["awards"] if one["basis"] == BY_CHOICE}
    return [OpenTie(row, titles, is_choice=row["award"] in chosen) for row in rows]


def vacancy_form(result: RoundResult, data: Any = None) -> VacancyForm | None:
    """The form for places left empty; None when no award of the result may stay vacant."""
    record, names = record_of(result), group_names(result)
    may = {one["code"] for one in record["input"]["rule_set"]["awards"] if one["may_stay_vacant"]}
    choices = [
        (f"{row['group']}:{row['award']}", f"{names[row['group']]} {row['name']}（名额 {row['quota']}）")
        for row in record["output"]["awards"]
        if row["award"] in may and row["quota"]
    ]
    return VacancyForm(data, choices=choices) if choices else None
