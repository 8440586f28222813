"""Whoever has the paper and a calculator arrives at the score that stands on it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from judging.exports.sheet import entry_pdf, seat_pdf, sheet_parts
from judging.queries.sheet_document import entry_document, told_entries
from results.actions.package import build_package
from results.models import EditionPackage
from tests.cast import Cast
from tests.factories.judging import lock_sheet_at
from tests.judging.hall import AT, TO_REVEAL, TO_SCORING, Hall, build_hall

MARKS = ["50.5", "51.5", "52.5", "53.5", "59.5"]
NUMBER = r"(\d+\.\d+)"


@pytest.fixture
def hall(cast: Cast) -> Hall:
    found = build_hall(cast)
    criterion = found.final.round.rubrics.get().criteria.get(code="B")
    criterion.weight = Decimal("0.75")
    criterion.save()
    found.step(0, *TO_SCORING)
    for seat, mark in enumerate(MARKS):
        lock_sheet_at(found.final.assignment(seat, 0), {"A": mark, "B": f"{20 + seat}.5"})
    found.step(0, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next", "finish")
    return found


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_figure_of_an_entrants_sheet_can_be_recomputed(hall: Hall) -> None:
    text = text_of(entry_pdf(hall.final.round, hall.final.entries[0], at=AT))
    weight = Decimal(re.findall(rf"满分 {NUMBER} × {NUMBER}", text)[0][1])
    assert weight == Decimal("0.75")
    rows = re.findall(rf"^评委 0\d .*?{NUMBER} {NUMBER} {NUMBER}", text, re.MULTILINE)
    assert len(rows) == 5
    totals = []
    for first, second, total in rows:
        totals.append(Decimal(first) + Decimal(second) * weight)
        assert totals[-1] == Decimal(total)
    kept = sorted(totals)[1:-1]
    addends = " + ".join(str(one) for one in kept)
    assert f"{addends} = {sum(kept)}" in text
    score = (sum(kept) / len(kept)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert f"{sum(kept)} ÷ {len(kept)} = {score}" in text
    assert f"最终得分 {score}" in text
    assert (text.count("去最高"), text.count("去最低")) == (1, 1)


def test_a_judges_sheet_has_every_mark_and_only_what_may_be_told(hall: Hall) -> None:
    hall.step(1, "start_talk")
    hall.mark(1, ["44.5"])
    told = text_of(seat_pdf(hall.final.seats[0], told_entries(hall.final.round, AT), at=AT))
    assert re.findall(rf"001 项目 1 {NUMBER} {NUMBER} {NUMBER}", told) == [("50.5", "20.5", "65.875")]
    assert "44.5" not in told
    assert "44.5" in text_of(seat_pdf(hall.final.seats[0], None, at=AT))  # the judge's own copy


def test_the_archive_holds_what_may_be_told(hall: Hall) -> None:
    files = dict(member for part in sheet_parts(hall.final.round, at=AT) for member in part())
    assert sorted(files) == ["entries/001.pdf", *(f"judges/0{number}.pdf" for number in range(1, 6))]
    assert "最终得分" in text_of(files["entries/001.pdf"])


def test_the_archive_is_built_by_a_job_and_kept_for_some_days(client: Client, cast: Cast, hall: Hall, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    with clock.rehearse(AT):
        ask = reverse("results:package-request", args=["jgs2026", "sheets-final"])
        assert ask in client.get(reverse("judging:sheet-list", args=["jgs2026", "final"])).content.decode()
        assert client.post(ask).headers["Location"] == "/org/jgs2026/exports/"
        package = EditionPackage.objects.get()
        build_package(package_id=package.pk, at=AT)
        package.refresh_from_db()
        assert (package.state, package.done, package.steps) == ("done", 6, 6)
        address = reverse("results:package-file", args=["jgs2026", package.public_id])
        page = client.get("/org/jgs2026/exports/").content.decode()
        assert address in page and "决赛评分表" in page
        archive = ZipFile(io.BytesIO(b"".join(client.get(address))))
    assert archive.testzip() is None and "entries/001.pdf" in archive.namelist()
    with clock.rehearse(AT + timedelta(days=8)):
        assert client.get(address).status_code == 404


def test_nothing_is_packed_before_marks_may_be_told(client: Client, cast: Cast) -> None:
    build_hall(cast)
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    with clock.rehearse(AT):
        client.post(reverse("results:package-request", args=["jgs2026", "sheets-final"]))
    assert not EditionPackage.objects.exists()


def test_before_its_reveal_no_sheet_is_printed(client: Client, cast: Cast, hall: Hall) -> None:
    hall.step(1, "start_talk", "start_answers", "open_scoring")
    hall.mark(1, MARKS)
    hall.step(1, "close_scoring", "reveal")
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    with clock.rehearse(AT):
        assert client.get(reverse("judging:sheet-entry", args=["jgs2026", "final", "002"])).status_code == 404
        assert client.get(reverse("judging:sheet-entry", args=["jgs2026", "final", "001"])).status_code == 200


def test_the_printed_code_is_checked_without_telling_a_mark(client: Client, hall: Hall) -> None:
    digest = entry_document(hall.final.round, hall.final.entries[0]).digest
    page = client.get(reverse("judging:sheet-check", args=["jgs2026", "final", "entry-001", digest])).content.decode()
    assert "一致：这份评分表与系统中的评分记录相符" in page
    assert [mark for mark in [*MARKS, "65.875", "69.00"] if mark in page] == []
    other = client.get(reverse("judging:sheet-check", args=["jgs2026", "final", "entry-001", "0" * 64])).content.decode()
    assert "不一致：" in other
    for subject in ("entry-999", "seat-99", "seat-x", "other-1"):
        url = reverse("judging:sheet-check", args=["jgs2026", "final", subject, digest])
        assert client.get(url).status_code == 404
