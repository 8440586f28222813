"""The organiser's pages: compute, decide, approve, publish, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from competitions.errors import RuleInvalid
from competitions.models import Round
from competitions.queries.rule_set import scored_rounds
from core import clock
from core.dates import local
from results.actions.approval import approve_result, require_fresh
from results.actions.publication import default_notice_end, publish_result, send_finalists
from results.actions.request import request_computation
from results.errors import NoSuchExport
from results.exports.ranking import FORMATS
from results.forms.organizer import ApproveForm, ComputeForm, DecideForm, PublishForm
from results.models import Computation, RoundResult
from results.pure.awards import COMMITTEE
from results.queries import access
from results.queries.byes import byes_allowed, standing_byes
from results.queries.drift import input_drift
from results.queries.guard import input_statuses
from results.queries.links import input_links
from results.queries.record import check_code, dropped_sentences, open_decisions, record_of
from results.queries.standings import as_standings, placings_in_order, weights_of
from results.queries.state import (
    approvals_of,
    current_result,
    latest_result,
    next_round,
    result_state,
    result_versions,
)
from results.states import APPROVED, PROPOSED, PUBLISHED, RESULT, SUPERSEDED
from results.views.decisions import open_ties, shown_result, vacancy_form
from results.views.files import ranking_file, record_file

PER_PAGE = 60
STATE_BADGES = {
    PROPOSED: {"state_icon": "clock", "state_tone": "warn"},
    APPROVED: {"state_icon": "check", "state_tone": "info"},
    PUBLISHED: {"state_icon": "megaphone", "state_tone": "ok"},
    SUPERSEDED: {"state_icon": "history", "state_tone": "mute"},
}


@login_required
@require_safe
def ranking(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Inputs, computation, ranking, approvals and publication of one round."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.view_result")
    at, result = clock.now(), latest_result(round_)
    statuses, links = input_statuses(round_, at), input_links(round_)
    context = {
        "edition": round_.edition,
        "round": round_,
        "at": at,
        "tabs": _tabs(round_),
        "inputs": [(status, links[status.topic]) for status in statuses],
        "is_ready": all(status.is_ready for status in statuses),
        "computation": Computation.objects.filter(round=round_).first(),
        "compute_form": ComputeForm(),
        "may": {name: request.user.has_perm(f"results.{name}_result", round_) for name in ("compute", "approve", "publish")},
        "result": result,
        "byes": standing_byes(round_),
        "allows_byes": _allows_byes(round_),
    }
    if result is not None:
        result.round = round_
        context |= _result_context(request, result)
    return render(request, "results/ranking.html", context)


@login_required
@require_POST
def compute(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    round_ = access.get_round_for(request.user, slug, kind, to="results.compute_result")
    form = ComputeForm(request.POST)
    form.full_clean()
    request_computation(round=round_, actor=request.user, at=clock.now(), **form.cleaned_data)
    return redirect("results:ranking", slug, kind)


@login_required
@require_POST
def approve(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Approves the version the page showed; a newer one has to be looked at first."""
    result = shown_result(request, slug, kind, to="results.approve_result")
    form = ApproveForm(request.POST)
    form.full_clean()
    approve_result(result=result, note=form.cleaned_data.get("note", ""), actor=request.user, at=clock.now())
    is_complete = result_state(result) == APPROVED
    messages.success(request, "两人核准已完成，可以公布。" if is_complete else "已核准，还需另一位组委会成员核准。")
    return redirect("results:ranking", slug, kind)


@login_required
def publish(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Asks first, as a page of its own, then publishes."""
    result = shown_result(request, slug, kind, to="results.publish_result")
    at = clock.now()
    RESULT.target("publish", result_state(result))
    require_fresh(result, doing="公布")
    end = local(default_notice_end(result, at)).replace(second=0, microsecond=0)
    form = PublishForm(request.POST or None, initial={"notice_closes_at": end})
    if form.is_valid():
        publish_result(result=result, actor=request.user, at=at, **form.cleaned_data)
        messages.success(request, "结果已公布，公示已开始，参赛方会收到邮件。")
        return redirect("results:ranking", slug, kind)
    context = {"edition": result.round.edition, "round": result.round, "result": result, "form": form}
    return render(request, "results/publish_confirm.html", context | {"next_round": next_round(result.round)})


@login_required
@require_POST
def invite(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Gives the finalists to a panel that was seated after the publication."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.publish_result")
    result = current_result(round_)
    if result is None:
        raise Http404
    send_finalists(result=result, actor=request.user, at=clock.now())
    messages.success(request, "入围项目已下发给下一轮的全部评委席位。")
    return redirect("results:ranking", slug, kind)


@login_required
@require_GET
def record(request: HttpRequest, slug: str, kind: str, version: int) -> HttpResponse:
    """The record of any version, published or not."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.view_result")
    result = RoundResult.objects.filter(round=round_, version=version).first()
    if result is None:
        raise Http404
    return record_file(result)


@login_required
@require_GET
def export(request: HttpRequest, slug: str, what: str, fmt: str) -> HttpResponse:
    """The newest ranking of a round as XLSX, CSV, JSON or PDF; `what` is the kind of the round."""
    round_ = access.get_round_for(request.user, slug, what, to="results.export_result")
    if fmt not in FORMATS:
        raise Http404
    result = latest_result(round_)
    if result is None:
        raise NoSuchExport(round=round_.name)
    return ranking_file(result, fmt)


def _result_context(request: HttpRequest, result: RoundResult) -> dict[str, Any]:
    state = result_state(result)
    page = Paginator(placings_in_order(result), PER_PAGE).get_page(request.GET.get("page"))
    rows = as_standings(result, page)
    approvals = approvals_of(result)
    return {
        "state": state,
        "state_word": RESULT.labels[state],
        **STATE_BADGES[state],
        "formats": [(fmt, fmt.upper()) for fmt in FORMATS],
        "is_proposed": state == PROPOSED,
        "is_approved": state == APPROVED,
        "is_published": state == PUBLISHED,
        "approvals": approvals,
        "has_approved": any(one.by_id == request.user.pk for one in approvals),
        "approve_form": ApproveForm(),
        "check_code": check_code(result),
        "page": page,
        "rows": rows,
        "legend": [{"label": f"{name} {share}", "css": css} for name, css, share in weights_of(result)],
        "has_before": any(row.before for row in rows),
        "has_votes": any(row.votes is not None for row in rows),
        "has_points": any(row.vote_points is not None for row in rows),
        "ties": [(tie, DecideForm(initial=tie.initial, choices=tie.choices)) for tie in open_ties(result)],
        "vacancy_form": vacancy_form(result),
        "drift": input_drift(result.round, result),
        "dropped": dropped_sentences(result),
        "unfilled": [row for row in open_decisions(result) if row["status"] != COMMITTEE],
        "advance": _advance(result),
        "versions": result_versions(result.round_id),
        "in_force": current_result(result.round),
        "next_round": next_round(result.round),
    }


def _advance(result: RoundResult) -> list[dict[str, Any]]:
    """For each group with a rule: how many go on, and who is tied at the cut."""
    record = record_of(result)
    names = {group["code"]: group["name"] for group in record["input"]["groups"]}
    rows = record["output"]["advance"].items()
    return [{"name": names[code], **row, "count": len(row["advanced"]) + len(row["byes"])} for code, row in rows if row]


def _allows_byes(round_: Round) -> bool:
    try:
        return any(byes_allowed(round_).values())
    except RuleInvalid:
        return False


def _tabs(round_: Round) -> list[dict[str, Any]]:
    return [
        {"label": one.name, "url": f"../{one.kind}/", "current": one.pk == round_.pk} for one in scored_rounds(round_.edition)
    ]
