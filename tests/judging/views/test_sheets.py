"""The page from which score sheets are printed."""

from __future__ import annotations

from core import clock
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.judging.scene import build_scene

PAGE = "/org/jgs2026/sheets/preliminary/"


def test_every_entry_is_listed_and_can_be_printed_after_the_close_alone(cast, client):
    scene = build_scene(cast, entry_count=2)
    client.force_login(cast.organiser)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        page = client.get(PAGE).content.decode()
        assert "0 / 2 可打印" in page and page.count("未到时候") == 2 + len(scene.seats)
    with clock.rehearse(moments.PRELIMINARY_CLOSES):
        page = client.get(PAGE).content.decode()
        assert "2 / 2 可打印" in page and "未到时候" not in page and f"{PAGE}entry-001.pdf" in page


def test_many_entries_come_in_pages(cast, client, monkeypatch):
    monkeypatch.setattr("judging.views.sheets.PER_PAGE", 2)
    build_scene(cast, entry_count=1)
    for number in (2, 3):
        build_accepted_entry(cast.edition, number)
    client.force_login(cast.organiser)
    first, second = (client.get(f"{PAGE}?page={page}").content.decode() for page in (1, 2))
    assert [text.count('jg-no--plain">') for text in (first, second)] == [2, 1]
    assert "page=2" in first and "/ 3 可打印" in first
