"""The chooser of editions and the dashboard of one."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.models import Stage
from competitions.queries.access import get_edition_for
from competitions.queries.home import stage_rows
from competitions.queries.schedule import current_stage
from competitions.views.organizer.stages import open_verbs
from console.links import address, link_for
from console.queries.editions import edition_cards
from console.queries.facts import Facts, read_facts
from console.queries.journal import journal, read
from console.queries.next_step import next_step
from console.queries.standing import field_chart, portfolio
from console.queries.votes import vote_chart, vote_days, vote_figures
from console.queries.work import work
from core import clock

RECENT = 5


@login_required
@require_safe
def chooser(request: HttpRequest) -> HttpResponse:
    """The editions the person works on; 404 for whoever works on none."""
    at = clock.now()
    cards = edition_cards(request.user, at)
    may_create = request.user.has_perm("competitions.add_edition")
    if not cards and not may_create:
        raise Http404
    create_url = address("competitions:edition-create") if may_create else ""
    return render(request, "console/chooser.html", {"cards": cards, "create_url": create_url, "at": at})


@login_required
@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the edition stands, what blocks the next stage, what waits for whom."""
    edition, at = get_edition_for(request.user, slug, to="competitions.view_console"), clock.now()
    facts = read_facts(edition, at)
    request.console_facts = facts
    link = partial(link_for, request.user, edition)
    tasks = work(request.user, facts, at)
    context: dict[str, Any] = {
        "edition": edition,
        "at": at,
        "stages": stage_rows(edition, facts.views),
        "tasks": tasks,
        "task_count": sum(task.count for task in tasks),
        "standing": facts.standing,
        **portfolio(edition),
        "chart": field_chart(edition, facts.standing),
        "urls": {name: link(url) for name, url in URLS.items()},
    }
    if request.user.has_perm("competitions.manage_edition", edition):
        current = current_stage(facts.views)
        context |= {"current": current, "verbs": open_verbs(current) if current and edition.is_published else []}
    if request.user.has_perm("voting.view_monitor", edition):
        context |= {"next": next_step(facts, link)} | _votes(facts, at)
    if context["urls"]["journal"]:
        context["recent"] = [read(entry) for entry in journal(edition)[:RECENT]]
    return render(request, "console/dashboard.html", context)


URLS = {
    "stages": "competitions:stage-manage",
    "schedule": "competitions:setup-schedule",
    "announce": "competitions:announcement-new",
    "exports": "results:exports",
    "entries": "entries:entry-list",
    "monitor": "voting:monitor",
    "cases": "voting:case-list",
    "journal": "console:journal",
}


def _votes(facts: Facts, at: datetime) -> dict[str, Any]:
    """The count of the vote, once it has opened."""
    if not any(view.stage.kind == Stage.Kind.PUBLIC_VOTE and view.has_opened for view in facts.views):
        return {}
    days = vote_days(facts.edition, at)
    return {"votes": vote_figures(facts.edition, days, at), "vote_chart": vote_chart(days, at)}
