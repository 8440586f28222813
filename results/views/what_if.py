"""What would be different: the simulator before an edition opens, the stability of a result after its round closed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from competitions.forms.rules import RoundRulesForm
from competitions.models import Group, Stage
from competitions.queries.rule_set import group_keys, round_rule_set, scored_rounds
from competitions.queries.schedule import has_stage_opened
from core import clock
from results.actions.stability import request_stability
from results.errors import SimulatorClosed
from results.forms.simulation import TriedAwardsForm, TriedWeightsForm
from results.models import StabilityReport
from results.pure.compare import ADVANCE, AWARD
from results.queries import access
from results.queries.compared import shown_change
from results.queries.record import check_code
from results.queries.simulation import sample_rows, simulate
from results.queries.stability import DRAWS, SEED, Aspect
from results.queries.stability_report import Holder, read_report, report_of
from results.queries.state import latest_result

OUTCOMES = (AWARD, ADVANCE)  # shown first: places and totals move with almost every rule
CELL, GAP, PLACE = 20, 4, 26
ROW, LEFT = 30, 64


@login_required
def simulator(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Rules tried on a copy: nothing is stored. Closed once the registration has opened."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.compute_result")
    edition = round_.edition
    if edition.is_published and has_stage_opened(edition, Stage.Kind.REGISTRATION, clock.now()):
        if request.method == "POST":
            raise SimulatorClosed
        return render(request, "results/simulator.html", {"edition": edition, "round": round_, "closed": SimulatorClosed().text})
    keys = group_keys(edition)
    names = {keys[group.pk]: group.name for group in Group.objects.filter(pk__in=keys)}
    form = RoundRulesForm(request.POST or None, groups=names, stored=round_.rules)
    awards = TriedAwardsForm(request.POST or None, awards=round_rule_set(round_).awards, groups=names)
    weights = TriedWeightsForm(request.POST or None, rows=sample_rows(round_))
    context: dict[str, Any] = {"edition": edition, "round": round_, "form": form, "award_form": awards, "weight_form": weights}
    context["tabs"] = [
        {"label": one.name, "url": f"../{one.kind}/", "current": one.pk == round_.pk} for one in scored_rounds(edition)
    ]
    forms = (form, awards, weights)
    if all(one.is_valid() for one in forms):
        found = simulate(round_, form.rules(), awards.awards(), weights.weights())
        context |= {
            "tried": found,
            "effects": [shown_change(one, {}) for one in found.effects if one.topic in OUTCOMES],
            "moved": [shown_change(one, {}) for one in found.effects if one.topic not in OUTCOMES],
        }
    return render(request, "results/simulator.html", context, status=422 if any(one.errors for one in forms) else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def firmness(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """How firm the newest result of a round is, each aspect in one picture; POST has it worked out. For the committee only."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.view_result")
    result = latest_result(round_)
    if result is None:
        raise Http404
    result.round = round_
    if request.method == "POST":
        request_stability(result=result, actor=request.user, at=clock.now())
        return redirect("results:stability", slug, kind)
    report = report_of(result)
    context: dict[str, Any] = {
        "edition": round_.edition,
        "round": round_,
        "result": result,
        "check_code": check_code(result),
        "report": report,
        "draw_count": DRAWS,
        "seed": SEED,
    }
    if report is not None and report.state == StabilityReport.State.DONE:
        found = read_report(report.content)
        context |= {
            "found": found,
            "aspects": [(one, _cells(one, found.holders)) for one in found.aspects],
            "draws": [(one, _bars(one)) for one in found.draws],
        }
    return render(request, "results/stability.html", context)


def _cells(aspect: Aspect, holders: tuple[Holder, ...]) -> dict[str, Any]:
    """A row for each award or place among the finalists, a square for each variant: filled where it is kept."""
    step = CELL + GAP
    squares = [
        {"x": LEFT + column * step, "y": row * step, "same": not variant.fault and holder.words not in variant.lost,
         "said": f"{holder.words}，{variant.name}"}
        for row, holder in enumerate(holders)
        for column, variant in enumerate(aspect.variants)
    ]  # fmt: skip
    labels = [{"y": row * step + CELL - 6, "code": holder.code} for row, holder in enumerate(holders)]
    size = {"width": LEFT + len(aspect.variants) * step, "height": len(holders) * step}
    return {"squares": squares, "labels": labels, "size": CELL, **size}


def _bars(draws) -> dict[str, Any]:
    """A line an entry from its best to its worst likely place, with a dot at the place it has."""
    most = max((one.high for one in draws.intervals), default=1)
    rows = [
        {
            "code": one.code,
            "y": index * ROW + ROW // 2,
            "from": LEFT + (one.low - 1) * PLACE,
            "to": LEFT + (one.high - 1) * PLACE,
            "dot": LEFT + (one.place - 1) * PLACE,
            "said": f"{one.code} 号第 {one.place} 名，多在第 {one.low} 至 {one.high} 名",
        }
        for index, one in enumerate(draws.intervals)
    ]
    ticks = [{"x": LEFT + place * PLACE, "label": place + 1} for place in range(most)]
    return {"rows": rows, "ticks": ticks, "width": LEFT + most * PLACE, "height": len(rows) * ROW + 24, "base": len(rows) * ROW + 18}
