"""Handing out a private file: always as a download, never guessed at, in parts where the reader asks for parts.

A body of one piece leaves the server's threads at once, however slow its reader is; a streamed one holds a thread to its
last byte (ADR 0014). So files up to ONE_PIECE go out whole, parts of large ones by `Range` too (films, PDFs on a page), and
only STREAMS large downloads run at a time in one process.
"""

from __future__ import annotations

import re
from threading import Semaphore

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from core.errors import Refusal

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")
LONGEST_PART = 2 * 1024 * 1024
ONE_PIECE = 20 * 1024 * 1024
BLOCK = 1024 * 1024
STREAMS = 1
_streams = Semaphore(STREAMS)


class DownloadsBusy(Refusal):
    """A large file is being sent to somebody else by this process."""

    code = "downloads_busy"
    status = 503
    message = "正在下载大文件的人较多，请 10 秒后再试。"


def private_file(
    request: HttpRequest, stored: File, *, name: str, media_type: str, sha256: str
) -> HttpResponseBase:
    """Answers a request for `stored` (a FieldFile), whose permission the caller has checked.

    A part (`Range`, one only) has at most LONGEST_PART bytes: a reader asks for the next one. `sha256` of the content
    is its ETag. Refuses (DownloadsBusy) a large file as a whole while another one is on its way.
    """
    etag = f'"{sha256[:32]}"'
    wanted = _wanted(request, stored.size, etag)
    response = _whole(stored) if wanted is None else _part(stored, *wanted)
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class _Stream:
    """An open file that gives its turn back when it is closed."""

    def __init__(self, stored: File) -> None:
        self._stored, self._holds = stored, True

    def read(self, size: int = -1) -> bytes:
        return self._stored.read(size)

    def close(self) -> None:
        self._stored.close()
        if self._holds:
            self._holds = False
            _streams.release()


def _whole(stored: File) -> HttpResponseBase:
    if stored.size <= ONE_PIECE:
        with stored.open("rb") as stream:
            return HttpResponse(stream.read())
    if not _streams.acquire(blocking=False):
        raise DownloadsBusy
    response = FileResponse(_Stream(stored.open("rb")))
    response.block_size = BLOCK
    response["Content-Length"] = str(stored.size)
    return response


def _part(stored: File, start: int, end: int) -> HttpResponse:
    if start >= end:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stored.size}"
        return response
    with stored.open("rb") as stream:
        stream.seek(start)
        response = HttpResponse(stream.read(end - start), status=206)
    response["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"
    return response


def _wanted(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; equal or crossed when there is nothing there; None for the whole file."""
    match = RANGE.match(request.headers.get("Range", ""))
    if match is None or not any(match.groups()) or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return start, min(end, start + LONGEST_PART)
