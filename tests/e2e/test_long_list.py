"""A patent list of 500 rows on a phone and a desk: fifty at a time, found in, its faults found, and answering while it is
typed in; what was typed goes along when the page is turned."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from entries.models import Entry, IPAsset
from entries.queries.patent_window import PER_PAGE
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import sign_in
from tests.e2e.moment import Moment
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, WRONG = 500, 437


@pytest.fixture
def entry(cast: Cast, moment: Moment) -> Entry:
    moment.go_to(moments.DURING_REGISTRATION)
    made = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=made, organisation=cast.organisation)
    rows = [
        IPAssetFactory.build(
            entry=made, position=place, title=f"压装方法{place:03}", number="", number_raw="202210000101.4" if place == WRONG else "",
            is_core=False,
        )
        for place in range(1, ROWS + 1)
    ]  # fmt: skip
    IPAsset.objects.bulk_create(rows)
    return made


@pytest.mark.parametrize("width", [390, 1440])
def test_five_hundred_rows_can_be_searched_and_their_fault_found(
    cast: Cast, entry: Entry, page_at: PageAt, live_server, width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server.url, cast.applicant)
    begun = time.monotonic()
    page.goto(live_server.url + reverse("entries:register-step", args=[entry.public_id, "patents"]))
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(PER_PAGE)
    print(f"\n{width} px: the first of {ROWS} rows ready after {time.monotonic() - begun:.1f} s")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    page.locator("#rows-find").fill("压装方法123")
    page.locator("#rows-find").press("Enter")
    expect(page.locator("#rows-found")).to_have_text(f"找到 1 件，共 {ROWS} 件")
    expect(rows).to_have_count(1)
    page.locator("#id_p-122-title").fill("压装方法一二三")
    page.locator("#rows-find").fill("")
    page.locator("#rows-wrong").check()
    expect(page.locator("[data-row] [name$='-title']")).to_have_value(f"压装方法{WRONG:03}")
    assert entry.assets.get(position=123).title == "压装方法一二三"  # kept on the way

    page.locator("#rows-wrong").uncheck()
    expect(rows).to_have_count(PER_PAGE)
    page.locator(f".jg-errsum a[href$='#id_p-{WRONG - 1}-number_raw']").click()
    expect(page.locator(f"#id_p-{WRONG - 1}-number_raw")).to_be_in_viewport()
    begun = time.monotonic()
    page.locator(f"#id_p-{WRONG - 1}-number_raw").fill("202210000101.3")
    expect(page.locator("#saved-at")).to_contain_text("已保存")
    print(f"saved {time.monotonic() - begun:.1f} s after the typing")
    assert entry.assets.get(position=WRONG).number == "202210000101.3"
    assert entry.assets.count() == ROWS
    page.get_by_role("button", name="下一页").click()
    expect(page.locator("[data-place]").first).to_have_text("451")
