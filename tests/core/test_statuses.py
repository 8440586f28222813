"""core.statuses: one word, icon and tone for a status."""

import re
from pathlib import Path

import pytest

from core.statuses import STATUSES, TONES, Status, add_statuses, status_of

SPRITE = Path(__file__).parents[2] / "static/img/icons.svg"


def test_every_status_has_a_tone_of_the_design_and_an_icon_of_the_sprite():
    icons = set(re.findall(r'<symbol id="i-([\w-]+)"', SPRITE.read_text()))
    for words in STATUSES.values():
        for status in words.values():
            assert status.tone in TONES
            assert status.icon in icons
            assert str(status.word)


def test_a_status_is_found_by_kind_and_value():
    assert status_of("entry", "returned").tone == "warn"
    assert str(status_of("entry", "returned").word) == "需补正"


@pytest.mark.parametrize(("kind", "value"), [("entry", "lost"), ("nothing", "draft")])
def test_a_status_without_a_word_is_refused(kind, value):
    with pytest.raises(LookupError, match="add_statuses"):
        status_of(kind, value)


def test_an_app_adds_its_own(monkeypatch):
    monkeypatch.delitem(STATUSES, "patent", raising=False)
    add_statuses("patent", {"valid": Status("有效", "check", "ok")})
    assert status_of("patent", "valid") == Status("有效", "check", "ok")
    add_statuses("patent", {"valid": Status("有效", "check", "ok")})
    del STATUSES["patent"]


def test_a_second_word_or_an_unknown_tone_is_refused_and_changes_nothing():
    before = {kind: dict(words) for kind, words in STATUSES.items()}
    with pytest.raises(ValueError, match="already has the word"):
        add_statuses("award", {"gold": Status("一等奖", "trophy", "gold")})
    with pytest.raises(ValueError, match="no tone"):
        add_statuses("award", {"bronze": Status("铜奖", "medal", "pink")})
    assert before == STATUSES
