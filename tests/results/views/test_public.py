"""Pages for everyone: nothing before the publication, the same figures everywhere after it."""

from __future__ import annotations

import csv
import json
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from core import clock
from core.canonical import sha256_hex
from results.actions.approval import approve_result
from results.actions.certificate import revoke_certificate
from results.actions.computation import compute_round
from results.models import Notice
from tests.factories import moments
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    approve_and_publish,
    build_preliminary,
    certify,
    publish_final,
    publish_preliminary,
    score_final,
)


@pytest.fixture(autouse=True)
def after_the_final():
    with clock.rehearse(AFTER_FINAL):
        yield


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def plain(html: str) -> str:
    """The text of a page, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_nothing_shows_before_the_publication(client, cast):
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AFTER_FINAL)
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=result, actor=who, at=AFTER_FINAL)
    text = page(client, "/jgs2026/results/")
    assert "结果还没有公布" in text and "89.83" not in text and "看入围名单" in text
    assert client.get("/jgs2026/results/table.xlsx").status_code == 404
    assert client.get(f"/jgs2026/results/{result.public_id}/record.json").status_code == 404
    assert client.get("/jgs2026/results/final/1/").status_code == 404


def test_the_pages_say_when_to_expect_a_result(client, cast):
    with clock.rehearse(moments.DURING_PRELIMINARY):
        assert "初赛将于 10月15日 18:00 结束" in plain(page(client, "/jgs2026/finalists/"))
        assert "决赛将于 11月28日 18:00 结束" in plain(page(client, "/jgs2026/results/"))
    assert "结果正在核对" in page(client, "/jgs2026/results/")


def test_the_same_figures_on_page_sheet_json_and_pdf(client, cast):
    """Every entry of the final: place, panel score, total and award, wherever it is read."""
    publish_final(cast)
    text = plain(page(client, "/jgs2026/results/"))
    rows = json.loads(client.get("/jgs2026/results/table.json").content)["rows"]
    sheet = load_workbook(BytesIO(client.get("/jgs2026/results/table.xlsx").content)).active
    heads = [cell.value for cell in sheet[1]]
    lines = list(csv.reader(StringIO(client.get("/jgs2026/results/table.csv").content.decode("utf-8-sig"))))
    pdf = PdfReader(BytesIO(client.get("/jgs2026/results/table.pdf").content))
    printed = " ".join(" ".join(one.extract_text().split()) for one in pdf.pages)
    assert [row["number"] for row in rows] == ["002", "001", "003", "011", "012"]
    for number, row in enumerate(rows):
        cells = dict(zip(heads, (cell.value for cell in sheet[number + 2]), strict=True))
        line = dict(zip(lines[0], lines[number + 1], strict=True))
        assert (cells["名次"], f"{cells['总分']:.2f}", f"{cells['评审得分']:.2f}") == (row["place"], row["total"], row["panel_score"])
        assert (line["名次"], line["总分"], line["评审得分"]) == (str(row["place"]), row["total"], row["panel_score"])
        assert (cells["结果"] or "", line["结果"]) == (row["outcome"], row["outcome"])
        assert line["编号"] == cells["编号"] == row["number"]
        assert row["total"] in text and row["panel_score"] in text and row["before_total"] in text
        assert row["total"] in printed and f"{row['number']} " in printed
    assert len(lines) == len(rows) + 1 == sheet.max_row


def test_the_record_is_handed_out_byte_for_byte(client, cast):
    result = publish_final(cast)
    response = client.get(f"/jgs2026/results/{result.public_id}/record.json")
    assert sha256_hex(response.content) == result.sha256
    text = page(client, "/jgs2026/results/")
    assert " ".join(result.sha256[i : i + 4] for i in range(0, 16, 4)) in text and result.sha256 in text


def test_a_corrected_record_stays_public(client, cast):
    first = publish_final(cast)
    second = compute_round(round=first.round, reason="复核", actor=cast.organiser, at=AFTER_FINAL)
    approve_and_publish(second, cast, AFTER_FINAL)
    for result in (first, second):
        assert client.get(f"/jgs2026/results/{result.public_id}/record.json").status_code == 200
    assert "更正版（复核）" in page(client, "/jgs2026/results/")
    old = Notice.objects.get(result=first)
    assert "这份公示已有更正" in page(client, f"/jgs2026/notices/{old.public_id}/")


def test_groups_are_told_apart_and_chosen(client, cast):
    publish_final(cast)
    text = plain(page(client, "/jgs2026/results/?group=growth"))
    assert "012 号" in text and "003 号" not in text
    assert "金奖 4 项" in text


def test_a_name_that_looks_like_markup_is_text(client, cast):
    publish_final(cast)
    cast.edition.entries.filter(number=2).update(title="=<script>alert(1)</script>")
    assert "<script>alert" not in page(client, "/jgs2026/results/")
    lines = list(csv.reader(StringIO(client.get("/jgs2026/results/table.csv").content.decode("utf-8-sig"))))
    assert lines[1][3] == "'=<script>alert(1)</script>"


def test_finalists_show_only_who_goes_on(client, cast):
    round_ = build_preliminary(cast.edition)
    rule = {"method": "top_n", "top_n": 1, "percent": "0", "min": 0, "max": None, "byes": 0, "backfill": False}
    round_.rules = {**round_.rules, "advance": {"*": rule}}
    round_.save()
    approve_and_publish(
        compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY), cast, AFTER_PRELIMINARY
    )
    text = plain(page(client, "/jgs2026/finalists/"))
    assert "001 号" in text and "011 号" in text and "002 号" not in text and "2 个项目入围" in text
    assert client.get("/jgs2026/results/preliminary/1/").status_code == 200
    assert client.get("/jgs2026/results/preliminary/2/").status_code == 404


def test_the_breakdown_shows_what_was_dropped(client, cast):
    publish_final(cast)
    text = plain(page(client, "/jgs2026/results/final/1/"))
    assert "评审 89.83 × 100% = 89.83" in text
    assert "86.5 最低分，去掉" in text and "92.5 最高分，去掉" in text
    assert "初创组第 2 名" in text


def test_the_breakdown_of_the_preliminary_shows_the_votes(client, cast):
    publish_final(cast)
    text = plain(page(client, "/jgs2026/results/preliminary/1/"))
    assert "评审 88.00 × 95% + 网络投票 50.00 × 5% = 86.10" in text
    assert "有效票 500 ，同组最高 1,000，折算 50.00 分" in text


def test_the_notice_says_its_period_and_ends(client, cast):
    result = publish_final(cast)
    path = f"/jgs2026/notices/{Notice.objects.get(result=result).public_id}/"
    assert "公示期 11月28日—12月8日（还有 9 天）" in plain(page(client, path))
    with clock.rehearse(moments.NOTICE_CLOSES):
        assert "（期满待结束）" in plain(page(client, path))
        assert "已结束" in page(client, "/jgs2026/results/")


def test_a_certificate_is_a_pdf_with_number_code_and_award(client, cast):
    certificate = certify(publish_final(cast), cast)[0]
    response = client.get(f"/certs/{certificate.number}/")
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    text = "".join(reader.pages[0].extract_text().split())
    entry = certificate.award.placing.entry
    for part in ("荣誉证书", "金奖", "JG26-G-001", certificate.verify_code, "二〇二六年十一月二十八日", entry.title):
        assert "".join(part.split()) in text
    box = reader.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4), len(reader.pages)) == (297, 210, 1)
    assert "证书" in plain(page(client, "/jgs2026/results/"))


def test_verification_forgives_how_a_code_is_typed(client, cast):
    certificate = certify(publish_final(cast), cast)[0]
    typed = certificate.verify_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = client.get("/verify/", {"code": typed})
    assert (response.status_code, response["Location"]) == (302, f"/verify/{certificate.verify_code}/")
    assert "证书真实有效" in page(client, response["Location"])
    assert client.get(f"/verify/{certificate.verify_code.lower()}/")["Location"] == f"/verify/{certificate.verify_code}/"


@pytest.mark.parametrize(("typed", "said"), [("8D41-77C0-K3TV", "没有查到"), ("8D41", "应为 12 位"), ("<b>", "&lt;b&gt;")])
def test_an_unknown_code_is_said_plainly(client, db, typed, said):
    assert said in client.get("/verify/", {"code": typed}).content.decode()
    assert client.get("/verify/8D41-77C0-K3TV/")["Location"].startswith("/verify/?code=")


def test_a_revoked_certificate_says_so_and_has_no_pdf(client, cast):
    certificate = certify(publish_final(cast), cast)[0]
    revoke_certificate(certificate=certificate, reason="单位名称有误", actor=cast.organiser, at=AFTER_FINAL)
    response = client.get(f"/certs/{certificate.number}/")
    assert (response.status_code, response["Location"]) == (302, f"/verify/{certificate.verify_code}/")
    text = page(client, f"/verify/{certificate.verify_code}/")
    assert "证书已撤销，不再有效" in text and "单位名称有误" in text and "下载 PDF" not in text


@pytest.mark.parametrize("name", ["verify_result.py", "verify_draw.py"])
def test_the_verifiers_are_handed_out(client, db, name):
    response = client.get(f"/verify/{name}")
    assert f"python3 {name}".encode() in b"".join(response.streaming_content)
    assert name in response.headers["Content-Disposition"]


def test_an_edition_that_is_not_public_has_no_results(client, cast):
    publish_final(cast)
    type(cast.edition).objects.filter(pk=cast.edition.pk).update(published_at=None)
    for path in ("/jgs2026/results/", "/jgs2026/finalists/", "/jgs2026/results/table.csv"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("numbers", "queries"), [((1,), 15), ((1, 2, 3), 15)])
def test_the_page_costs_the_same_for_one_and_three(client, cast, numbers, queries):
    marks = {number: ("startup", ["90"] * 3) for number in numbers}
    publish_preliminary(cast, marks=marks, votes={f"{number:03d}": 1 for number in numbers})
    final = score_final(cast.edition, {number: [str(80 + number)] * 5 for number in numbers})
    approve_and_publish(compute_round(round=final, actor=cast.organiser, at=AFTER_FINAL), cast, AFTER_FINAL)
    with CaptureQueriesContext(connection) as captured:
        page(client, "/jgs2026/results/")
    assert len(captured) == queries


def test_times_of_a_notice_are_half_open(client, cast):
    result = publish_final(cast)
    path = f"/jgs2026/notices/{Notice.objects.get(result=result).public_id}/"
    with clock.rehearse(moments.NOTICE_CLOSES - timedelta(minutes=1)):
        assert "还有 1 分钟" in page(client, path)
