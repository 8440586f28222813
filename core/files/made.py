"""A file that was made for this answer alone."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def made_file(data: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """`data` as a download under `name`, which may be Chinese; `inline` lets the browser show it."""
    response = HttpResponse(data, content_type=media_type)
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return response
