"""Results: computed by one organiser, approved by two, published; certificates; the XLSX opened."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from results.models import Certificate
from tests.e2e.line.scene import SLUG, Line, follow, go, press, sees

NAMES = {"preliminary": "初赛", "final": "决赛"}


def settle(line: Line, kind: str) -> None:
    """One organiser computes and approves, the other approves, the first publishes."""
    first, second = line.page_of("organiser"), line.page_of("organiser2")
    go(first, "results:ranking", SLUG, kind)
    press(first, f"计算{NAMES[kind]}结果")
    sees(first, "第 1 版")
    for page in (first, second):
        go(page, "results:ranking", SLUG, kind)
        press(page, "核准第 1 版结果")
    sees(second, "两人核准已完成，可以公布。")
    go(first, "results:ranking", SLUG, kind)
    follow(first, f"公布{NAMES[kind]}结果")
    press(first, f"公布{NAMES[kind]}结果")
    sees(first, "结果已公布")


def finalists_are_public(line: Line) -> None:
    """All six are on the list that anybody can open."""
    page = line.page_of("visitor")
    go(page, "results:finalists", SLUG)
    sees(page, *(line.entry(number).title for number in range(1, 7)))


def results_are_public(line: Line, golds: set[tuple[str, str]]) -> None:
    """The results page shows the golds first."""
    page = line.page_of("visitor")
    go(page, "results:results", SLUG)
    expect(page.locator(".jg-gold")).to_have_count(len(golds))
    for code, total in golds:
        gold = page.locator(".jg-gold", has_text=f"{code} 号")
        expect(gold).to_contain_text(total)


def certificates(line: Line) -> None:
    """The organiser issues them; the PDF of each gold is one, and its code verifies."""
    page = line.page_of("organiser")
    go(page, "results:notices", SLUG)
    page.get_by_role("button", name="结束公示").first.click()
    sees(page, "已结束。")
    go(page, "results:certificates", SLUG)
    press(page, "签发 6 张证书")
    expect(page.get_by_role("heading", name="已签发 6 张")).to_be_visible()
    gold = Certificate.objects.filter(award__award_type__code="gold").order_by("number")[0]
    answer = page.request.get(reverse("results:certificate", args=[gold.number]))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
    visitor = line.page_of("visitor")
    go(visitor, "results:verify", gold.verify_code)
    sees(visitor, gold.number, gold.award.placing.entry.title)


def exported_rows(line: Line) -> list[dict[str, Any]]:
    """The rows of the XLSX the organiser downloads from the ranking of the final, by the titles of its columns."""
    page = line.page_of("organiser")
    go(page, "results:ranking", SLUG, "final")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    sheet = load_workbook(BytesIO(waiting.value.path().read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "名次" in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[0] is not None]
