"""The committee's monitor: the page, the figures it follows without a reload, and its tables as files."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core import clock
from core.canonical import sha256_hex
from core.figures import percent
from core.files.made import made_file
from core.table_export import TABLE_FORMATS, write_table
from voting.exports.monitor import TABLES, monitor_table
from voting.queries.campaign import vote_schedule
from voting.queries.ledger import ledger_state, open_cases
from voting.queries.monitor import alarms, pulse, sealing, shares

PER_PAGE = 50


@login_required
@require_safe
def monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """Votes by minute, hour and day, share of each entry, voters new and returning, age of the last seal."""
    found, at = get_edition_for(request.user, slug, to="voting.view_monitor"), clock.now()
    schedule, rows = vote_schedule(found), shares(found)
    context = {
        "edition": found,
        "at": at,
        "schedule": schedule,
        "phase": schedule.phase(at) if schedule else "none",
        "pulse": pulse(found, at),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "total": sum(row.total for row in rows),
        "sealing": sealing(found),
        "alarms": alarms(found, at),
        "case_count": len(open_cases(found)),
        "state": ledger_state(found),
        "may_approve": request.user.has_perm("voting.approve_final", found),
        "figures": _figures(found, at),
        "number": int(at.timestamp()),
    }
    return render(request, "voting/monitor.html", context)


@login_required
@require_safe
@never_cache
def monitor_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures for the page's script; 304 while they are the same."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    at = clock.now()
    figures = _figures(found, at)
    etag = quote_etag(sha256_hex(json.dumps(figures, sort_keys=True).encode())[:32])
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    body = json.dumps(figures | {"number": int(at.timestamp())}, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/json", headers={"ETag": etag})


@login_required
@require_safe
@never_cache
def monitor_file(request: HttpRequest, slug: str, table: str, fmt: str) -> HttpResponse:
    """A table of the monitor as XLSX, CSV or JSON."""
    found, at = get_edition_for(request.user, slug, to="voting.view_monitor"), clock.now()
    if table not in TABLES or fmt not in TABLE_FORMATS:
        raise Http404
    content = monitor_table(found, table)
    return made_file(write_table(content, fmt, at=at), TABLE_FORMATS[fmt], f"{content.title} {clock.local(at):%Y-%m-%d}.{fmt}")


def _figures(edition: Edition, at: datetime) -> dict[str, Any]:
    found, sealed = pulse(edition, at), sealing(edition)
    return {
        "minutes": [[span.label, span.count] for span in found.minutes],
        "hours": [[span.label, span.count] for span in found.hours],
        "days": [[f"{day.day:%m-%d}", day.votes, day.new, day.returning] for day in found.days],
        "levels": [[span.label, span.count] for span in found.levels],
        "shares": [[row.entry.code, row.valid, row.held, row.void, percent(row.share, 1)] for row in shares(edition)],
        "sealing": {
            "size": sealed.size,
            "waiting": sealed.waiting,
            "at": sealed.at.isoformat() if sealed.at else "",
        },
        "alarms": alarms(edition, at),
    }
