"""What becomes of typing when the browser dies, the session ends, the network goes, or a colleague is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from entries.models import Entry
from tests.cast import Cast
from tests.e2e.looks import ARGUMENTS, open_context, sign_in
from tests.e2e.moment import Moment
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory
from tests.left_out import chromium_path

pytestmark = pytest.mark.django_db(transaction=True)
Window = Callable[[int], Page]


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Window]:
    """A page in a browser of its own. Unlike `page_at` it may see answers that refuse: that is what is tried here."""
    contexts: list[BrowserContext] = []

    def make(width: int) -> Page:
        phone = open_context(browser, live_server.url, width)
        contexts.append(phone.context)
        return phone.page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def entry(cast: Cast, moment: Moment) -> Entry:
    moment.go_to(moments.DURING_REGISTRATION)
    made = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant, title="原来的名称")
    EntryApplicantFactory(entry=made, organisation=cast.organisation)
    return made


def step(entry: Entry, name: str) -> str:
    return reverse("entries:register-step", args=[entry.public_id, name])


def opens(page: Page, live_server: LiveServer, cast: Cast, entry: Entry, name: str) -> Page:
    sign_in(page, live_server.url, cast.applicant)
    page.goto(live_server.url + step(entry, name))
    return page


def test_a_browser_killed_in_mid_form_loses_nothing_that_was_typed(browser: Browser, live_server, cast, entry, tmp_path):
    """Not even the seconds before the autosave: the device keeps them and offers them to the same person."""
    launch = {"user_data_dir": tmp_path / "profile", "executable_path": chromium_path(), "args": ARGUMENTS}
    first = browser.browser_type.launch_persistent_context(**launch)
    page = opens(first.pages[0], live_server, cast, entry, "patents")
    page.locator("[name='p-0-title']").fill("一种没来得及保存的方法")
    page.wait_for_timeout(300)  # the device's own writing is asynchronous; the autosave would come after 3 s
    page.route("**/edit/**", lambda route: route.abort())  # and must not help on leaving
    first.close()
    assert not entry.assets.exists()

    again = browser.browser_type.launch_persistent_context(**launch)
    page = opens(again.pages[0], live_server, cast, entry, "patents")
    page.locator("[data-keepsake-restore]").click()
    expect(page.locator("[name='p-0-title']")).to_have_value("一种没来得及保存的方法")
    expect(page.locator("#saved-at")).to_contain_text("已保存")
    assert entry.assets.get().title == "一种没来得及保存的方法"
    page.reload()
    expect(page.locator("[data-keepsake]")).to_be_hidden()
    again.close()


def test_a_session_that_ends_in_mid_form_is_said_and_the_text_comes_back(window: Window, live_server, cast, entry):
    page = opens(window(390), live_server, cast, entry, "project")
    Session.objects.all().delete()
    page.locator("[name='title']").fill("登录失效时的名称")
    expect(page.locator("#saved-at")).to_contain_text("登录已失效")
    entry.refresh_from_db()
    assert entry.title == "原来的名称"

    opens(page, live_server, cast, entry, "project")
    page.locator("[data-keepsake-restore]").click()
    expect(page.locator("[name='title']")).to_have_value("登录失效时的名称")
    expect(page.locator("#saved-at")).to_contain_text("已保存")
    entry.refresh_from_db()
    assert entry.title == "登录失效时的名称"


def test_two_browsers_on_one_entry(window: Window, live_server, cast, entry):
    """Different fields are merged and both pages show both; the same field is chosen by who comes second."""
    one, two = (opens(window(1440), live_server, cast, entry, "project") for _ in range(2))
    one.locator("[name='pitch']").fill("甲写的介绍")
    expect(one.locator("#saved-at")).to_contain_text("已保存")
    two.locator("[name='title']").fill("乙写的名称")
    expect(two.locator("#saved-at")).to_contain_text("同事刚改过一句话介绍")
    expect(two.locator("[name='pitch']")).to_have_value("甲写的介绍")

    one.locator("[name='title']").fill("甲写的名称")
    expect(one.locator("#saved-at")).to_contain_text("没有自动保存")
    one.get_by_role("button", name="比较并选择").click()
    expect(one.locator("body")).to_contain_text("乙写的名称")
    one.get_by_role("button", name="按选择保存").click()
    expect(one.locator("[name='title']")).to_have_value("甲写的名称")
    entry.refresh_from_db()
    assert (entry.title, entry.pitch) == ("甲写的名称", "甲写的介绍")


def test_what_is_said_to_be_saved_is_saved(window: Window, live_server, cast, entry):
    """While the server cannot answer the page says so; once it says 已保存, the row is in the database."""
    page = opens(window(1440), live_server, cast, entry, "patents")
    page.route("**/edit/**", lambda route: route.fulfill(status=503, body="down"))
    page.locator("[name='p-0-title']").fill("服务器停了一会儿")
    expect(page.locator("#saved-at")).to_contain_text("没有保存成功")
    assert not entry.assets.exists()

    page.unroute("**/edit/**")
    page.locator("[name='p-0-inventors']").evaluate("one => one.closest('details').open = true")
    page.locator("[name='p-0-inventors']").fill("丁一")
    expect(page.locator("#saved-at")).to_contain_text("已保存")
    assert entry.assets.get().title == "服务器停了一会儿"
