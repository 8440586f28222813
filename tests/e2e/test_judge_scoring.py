"""A judge scores an entry on a tablet and on a phone: kept while typing, found again, submitted once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from judging import states
from judging.models import ScoreSheet
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe_faults, is_wider_than_the_screen, sign_in
from tests.judging.scene import Scene, build_scene

pytestmark = pytest.mark.django_db(transaction=True)


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
