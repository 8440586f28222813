from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents import render_pdf
from core.qr import qr_rows, qr_svg

AT = datetime(2026, 12, 12, tzinfo=UTC)
CONTENTS = {
    "edition": "2026 年江门市高价值专利培育布局大赛",
    "addressed": "你单位",
    "recipients": "示例企业甲",
    "title": '#import "x": * $x$ *粗* \\ <a> @b',
    "group": "成长组",
    "award": "金奖",
    "committee": "组委会",
    "date": "二〇二六年十二月十二日",
    "number": "JG26-G-001",
    "code": "8D41-77C0-K3TV",
    "qr": ["10", "01"],
    "seal": [],
}


def test_text_of_users_is_printed_and_never_run():
    text = "".join(PdfReader(BytesIO(render_pdf("results/certificate", CONTENTS, at=AT))).pages[0].extract_text().split())
    assert "".join(CONTENTS["title"].split()) in text


def test_the_same_document_has_the_same_bytes():
    assert render_pdf("results/certificate", CONTENTS, at=AT) == render_pdf("results/certificate", CONTENTS, at=AT)


def test_the_fonts_are_embedded():
    page = PdfReader(BytesIO(render_pdf("results/certificate", CONTENTS, at=AT))).pages[0]
    names = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert all("Noto" in name for name in names) and len(names) >= 2


def test_a_template_that_does_not_exist():
    with pytest.raises(FileNotFoundError):
        render_pdf("results/nothing", {}, at=AT)


def test_a_code_fills_its_box_without_inline_styles():
    svg = qr_svg("http://testserver/verify/8D41/", '二维码 "甲"')
    assert svg.startswith('<svg role="img" aria-label="二维码 &quot;甲&quot;" shape-rendering="crispEdges"')
    assert "style=" not in svg and "width=" not in svg.split(">")[0]
    rows = qr_rows("http://testserver/verify/8D41/")
    assert {len(row) for row in rows} == {len(rows)} and rows[0].startswith("1111111")
