"""Files that pages hand out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from core import clock
from results.exports.ranking import FORMATS, export_name, export_ranking
from results.models import RoundResult


def record_file(result: RoundResult) -> HttpResponse:
    return attachment(result.record.encode(), "application/json", "record.json", inline=True)


def ranking_file(result: RoundResult, fmt: str) -> HttpResponse:
    """The ranking as a file named after edition, round and version."""
    data = export_ranking(result, fmt, at=clock.now())
    return attachment(data, FORMATS[fmt], f"{export_name(result)}.{fmt}")


def attachment(data: bytes, content_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return response
