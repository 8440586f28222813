"""Files that pages hand out."""

from __future__ import annotations

from django.http import HttpResponse

from core import clock
from core.files.made import made_file
from results.exports.ranking import FORMATS, export_name, export_ranking
from results.models import RoundResult


def record_file(result: RoundResult) -> HttpResponse:
    return made_file(result.record.encode(), "application/json", "record.json", inline=True)


def ranking_file(result: RoundResult, fmt: str) -> HttpResponse:
    """The ranking as a file named after edition, round and version."""
    data = export_ranking(result, fmt, at=clock.now())
    return made_file(data, FORMATS[fmt], f"{export_name(result)}.{fmt}")
