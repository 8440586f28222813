"""A judge scores an entry on a tablet and on a phone: kept while typing, found again, submitted once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from judging import states
from judging.models import ScoreSheet
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.live_final import open_stage
from tests.e2e.looks import axe_faults, is_wider_than_the_screen, open_context, sign_in
from tests.judging.scene import Scene, build_scene

pytestmark = pytest.mark.django_db(transaction=True)
MARKS_OF_THREE = ["50.5", "51.5", "52.5"]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    found = build_scene(cast)
    stage = found.round.stage
    stage.opens_at, stage.closes_at = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    stage.save()
    return found


def address(scene: Scene) -> str:
    return f"/judge/{scene.assignment.public_id}/"


def state(page: Page):
    return page.locator("[data-save-state]")


def test_from_the_list_to_the_submission_with_the_keyboard(page_at: PageAt, live_server: LiveServer, scene: Scene) -> None:
    page = page_at(1024, 768)
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto("/judge/")
    assert axe_faults(page) == []
    page.get_by_role("link", name="开始评 001 号").press("Enter")
    expect(page.locator("[data-submit]")).to_be_disabled()
    assert axe_faults(page) == []
    page.locator("#n-A").press_sequentially("50.5")
    page.locator("[data-crit=B] .jg-range").press("ArrowRight")
    page.locator("#n-B").fill("36")
    expect(page.locator("[data-total]")).to_have_text("86.5")
    expect(state(page)).to_contain_text("已保存")
    assert ScoreSheet.objects.get().draft == {"A": "50.5", "B": "36"}
    page.locator("[data-submit]").press("Enter")
    expect(page.get_by_role("button", name="确认提交 86.5 分")).to_be_visible()
    assert axe_faults(page) == []
    page.get_by_role("button", name="确认提交 86.5 分").press("Enter")
    expect(page.get_by_role("link", name="查看 001 号评分")).to_be_visible()
    assert ScoreSheet.objects.get().state == states.LOCKED


def test_what_was_not_delivered_is_found_again_on_the_device(page_at: PageAt, live_server: LiveServer, scene: Scene) -> None:
    page = page_at(1024, 768)
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto("/judge/")
    copy = json.dumps({"sequence": 3, "values": {"mark-A": "42", "comment": "路上写的"}})
    page.evaluate("([key, copy]) => localStorage.setItem(key, copy)", [f"jgSheet:{scene.assignment.public_id}", copy])
    page.goto(address(scene))
    expect(page.locator("#n-A")).to_have_value("42")
    expect(state(page)).to_contain_text("已保存")
    sheet = ScoreSheet.objects.get()
    assert (sheet.draft, sheet.comment, sheet.sequence) == ({"A": "42"}, "路上写的", 3)
    assert page.evaluate("localStorage.length") == 0


def test_a_lost_network_loses_nothing_and_the_page_says_so(
    browser: Browser, live_server: LiveServer, scene: Scene
) -> None:
    """The network goes while marks are typed: kept on the device, said to be undelivered, sent when it is back, once."""
    phone = open_context(browser, live_server.url, 1024, 768)
    page = phone.page
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto(address(scene))
    page.locator("#n-A").fill("41.5")
    expect(state(page)).to_contain_text("已保存")
    first = ScoreSheet.objects.get().sequence
    phone.context.set_offline(True)
    page.locator("#n-B").fill("30")
    page.locator("#n-A").fill("42")
    expect(state(page)).to_contain_text("未送达")
    assert ScoreSheet.objects.get().draft == {"A": "41.5"}
    expect(page.locator("[data-total]")).to_have_text("72.0")
    phone.context.set_offline(False)
    expect(state(page)).to_contain_text("已保存")
    sheet = ScoreSheet.objects.get()
    assert sheet.draft == {"A": "42", "B": "30"} and sheet.sequence > first
    assert page.evaluate("localStorage.length") == 0
    phone.context.close()


def test_a_submission_without_network_stays_on_the_page_and_is_sent_later(
    page_at: PageAt, live_server: LiveServer, scene: Scene
) -> None:
    page = page_at(1024, 768)
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto(address(scene))
    page.context.set_offline(True)
    page.locator("#n-A").fill("50.5")
    page.locator("#n-B").fill("36")
    page.get_by_role("button", name="提交评分").click()
    expect(state(page)).to_contain_text("评分还没有提交")
    assert ScoreSheet.objects.count() == 0
    page.context.set_offline(False)
    page.get_by_role("button", name="提交评分").click()
    page.get_by_role("button", name="确认提交 86.5 分").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="确认提交 86.5 分").click()
    expect(page.locator("[data-say]")).to_contain_text("正在重试")
    assert ScoreSheet.objects.get().state == states.DRAFT
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="查看 001 号评分")).to_be_visible()
    assert ScoreSheet.objects.get().versions.count() == 1


def test_an_old_copy_on_the_device_does_not_come_back(page_at: PageAt, live_server: LiveServer, scene: Scene) -> None:
    ScoreSheet.objects.create(assignment=scene.assignment, state=states.DRAFT, draft={"A": "30"}, sequence=5)
    page = page_at(1024, 768)
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto("/judge/")
    copy = json.dumps({"sequence": 5, "values": {"mark-A": "42"}})
    page.evaluate("([key, copy]) => localStorage.setItem(key, copy)", [f"jgSheet:{scene.assignment.public_id}", copy])
    page.goto(address(scene))
    expect(page.locator("#n-A")).to_have_value("30")
    assert page.evaluate("localStorage.length") == 0


def test_on_a_phone_material_and_rubric_are_two_tabs(page_at: PageAt, live_server: LiveServer, scene: Scene) -> None:
    page = page_at(390, 844)
    sign_in(page, live_server.url, scene.cast.judge)
    page.goto(address(scene))
    expect(page.locator("#proposal")).to_be_visible()
    expect(page.locator("#n-A")).to_be_hidden()
    page.get_by_role("navigation", name="材料或评分").get_by_role("link", name="评分").click()
    expect(page.locator("#n-A")).to_be_visible()
    expect(page.locator("#proposal")).to_be_hidden()
    expect(page.locator("[data-total]")).to_be_in_viewport()
    assert not is_wider_than_the_screen(page)
    assert axe_faults(page) == []


def test_the_tablet_follows_the_stage_within_two_seconds_of_its_own_clock(page_at: PageAt, live_server: LiveServer, cast: Cast) -> None:
    """The page's clock is in the test's hand: one second of it asks nothing, two bring the next entrant."""
    hall = open_stage(cast, judges=3, entries=2)
    page = page_at(1024, 768)
    sign_in(page, live_server.url, cast.judge)
    page.clock.install()
    page.clock.pause_at(clock.now() + timedelta(minutes=1))
    page.goto("/judge/live/jgs2026/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for number in range(2):
        asked.clear()
        hall.step(number, "start_talk", at=clock.now())
        page.clock.run_for(1000)
        assert [url for url in asked if "/state/" in url] == []
        page.clock.run_for(1000)
        page.wait_for_url(f"**/judge/{hall.final.assignment(0, number).public_id}/*")
        hall.step(number, "start_answers", "open_scoring", at=clock.now())
        hall.mark(number, MARKS_OF_THREE)
        hall.step(number, "close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next", "finish", at=clock.now())
