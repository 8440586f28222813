"""What the pages that show a ranking have in common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from core.qr import qr_svg
from results.models import RoundResult
from results.queries.calendar import publicity_of
from results.queries.record import check_code, record_of
from results.queries.standings import Standing, weights_of
from results.queries.state import published_versions


def podium_context(rows: list[Standing]) -> dict[str, Any]:
    """The entries with the highest award given."""
    types = sorted({award.award_type for row in rows for award in row.awards}, key=lambda one: (one.position, one.pk))
    if not types:
        return {"top_award": None, "podium": []}
    top = types[0]
    return {"top_award": top, "podium": [row for row in rows if any(one.award_type_id == top.pk for one in row.awards)]}


def table_context(rows: list[Standing], chosen: str, result: RoundResult) -> dict[str, Any]:
    groups = record_of(result)["input"]["groups"]
    counts = {group["code"]: sum(row.group_name == group["name"] for row in rows) for group in groups}
    names = {group["code"]: group["name"] for group in groups}
    chosen = chosen if chosen in names else ""
    chips = [{"label": "全部", "url": "?", "current": not chosen, "count": len(rows)}]
    chips += [
        {"label": names[code], "url": f"?group={code}#rk", "current": chosen == code, "count": count}
        for code, count in counts.items()
        if count
    ]
    shown = [row for row in rows if not chosen or row.group_name == names[chosen]]
    return {
        "rows": shown,
        "all_count": len(rows),
        "chips": chips if len(chips) > 2 else [],
        "legend": [{"label": f"{name} {share}", "css": css} for name, css, share in weights_of(result)],
        "has_before": any(row.before for row in rows),
        "has_votes": any(row.votes is not None for row in rows),
        "has_awards": any(row.awards for row in rows),
    }


def proof_context(result: RoundResult, *, is_last: bool) -> dict[str, Any]:
    """Rules, check code and QR of a result; `is_last`: it is the one awards were decided in."""
    path = reverse("results:results" if is_last else "results:finalists", args=[result.round.edition.slug])
    url = settings.SITE_URL + path
    return {
        "is_last": is_last,
        "list_url": path,
        "weights": weights_of(result),
        "is_correction": _corrects_a_published_one(result),
        "rules": record_of(result)["rule_text"],
        "check_code": check_code(result),
        "shows_marks": publicity_of(result.round.edition).shows_judge_totals,
        "history": published_versions(result.round_id),
        "result_url": url,
        "qr": qr_svg(url, "本页网址的二维码"),
    }


def _corrects_a_published_one(result: RoundResult) -> bool:
    if result.corrects_id is None:
        return False
    earlier = RoundResult.objects.filter(round=result.round_id, version__lt=result.version)
    return earlier.filter(publication__isnull=False).exists()
