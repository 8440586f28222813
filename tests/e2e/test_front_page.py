"""The front page in a real browser, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe_faults, is_wider_than_the_screen

WIDTHS = pytest.mark.parametrize("width", [390, 1440])


@WIDTHS
def test_before_the_first_edition_it_says_so(page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("新一届大赛正在筹备")
    assert not is_wider_than_the_screen(page)
    assert axe_faults(page) == []


@WIDTHS
def test_the_accessibility_statement(page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto("/pages/accessibility/")
    expect(page.get_by_role("heading", level=1)).to_have_text("无障碍声明")
    assert not is_wider_than_the_screen(page)
    assert axe_faults(page) == []
