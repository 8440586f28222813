"""A spreadsheet of 500 patents: sent, looked at, and written into the list, through the whole stack in this process."""

from __future__ import annotations

import io
import statistics
import time
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from bench.server import Server
from bench.world import add_draft, build, open_stage
from entries.models import AssetSheet, Entry
from entries.pure.application_number import make_application_number

HTTP, BOTH = False, True
ROWS, MOST = 500, 9
HEADER = ["申请号", "类型", "专利名称", "申请日", "授权公告日", "专利权人", "发明人"]
FILED = date(2022, 3, 1)


def prepare(quick: bool) -> None:
    edition = build()
    open_stage(edition, "registration")
    for _ in range(MOST):
        add_draft(edition)


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    empty = Entry.objects.filter(number__isnull=True).select_related("created_by").order_by("pk")
    took = [_import(entry) for entry in empty[: 1 if quick else min(rounds, MOST)]]
    parts = {name: round(statistics.median(one[name] for one in took), 2) for name in took[0]}
    return {"rows": ROWS, **parts, "import_500": sum(value for name, value in parts.items() if name.endswith("_s"))}


def _import(entry: Entry) -> dict[str, float]:
    """Seconds and statements of the upload, of the page that shows what was read, and of the import."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(entry.created_by, backend="accounts.backends.PasswordBackend")
    url = reverse("entries:patents-import", args=[entry.public_id])
    workbook = SimpleUploadedFile("专利清单.xlsx", _workbook())
    found: dict[str, float] = {}
    for name, ask in (
        ("read", lambda: client.post(url, {"action": "read", "sheet": workbook})),
        ("look", lambda: client.get(url)),
        ("write", lambda: client.post(url, {"action": "import", "sheet": AssetSheet.objects.get(entry=entry).public_id})),
    ):
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            ask()
            found[f"{name}_s"] = time.perf_counter() - start
        found[f"{name}_queries"] = len(queries)
    if entry.assets.count() != ROWS or AssetSheet.objects.filter(entry=entry).exists():
        raise RuntimeError(f"{entry.assets.count()} of {ROWS} rows were taken in")
    return found


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for place in range(ROWS):
        number = make_application_number(FILED.year, "2", 1_000_000 + place)
        filed = FILED + timedelta(days=place % 200)
        sheet.append([number, "实用新型", f"一种压装装置{place}", str(filed), str(filed + timedelta(days=300)), "示例企业", "王一；李二"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
