from datetime import UTC, datetime, timedelta

import pytest

from competitions.pure.window import Extension, Pause, Window
from core.fault import Fault

OPENS = datetime(2026, 6, 1, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "phase"),
    [(OPENS - TICK, "upcoming"), (OPENS, "open"), (CLOSES - TICK, "open"), (CLOSES, "closed")],
)
def test_the_window_is_half_open(at, phase):
    window = Window(OPENS, CLOSES)
    assert window.phase(at) == phase
    assert window.is_open(at) == (phase == "open")


def test_a_pause_shuts_and_moves_the_end_by_its_length():
    window = Window(OPENS, CLOSES, (Pause(OPENS + HOUR, OPENS + 3 * HOUR),))
    assert window.ends_at == CLOSES + 2 * HOUR
    assert window.phase(OPENS + HOUR - TICK) == "open"
    assert window.phase(OPENS + HOUR) == "paused" and not window.is_open(OPENS + HOUR)
    assert window.phase(OPENS + 3 * HOUR) == "open"
    assert window.is_open(CLOSES + 2 * HOUR - TICK)
    assert window.phase(CLOSES + 2 * HOUR) == "closed"


def test_a_pause_without_end_leaves_the_end_open():
    window = Window(OPENS, CLOSES, (Pause(CLOSES - HOUR),))
    assert window.ends_at is None
    assert window.is_open(CLOSES - HOUR - TICK)
    assert window.phase(CLOSES + timedelta(days=30)) == "paused"


def test_extensions_and_pauses_add_up_whatever_their_order():
    overrides = (Extension(HOUR), Pause(CLOSES, CLOSES + HOUR), Pause(OPENS, OPENS + HOUR), Extension(2 * HOUR))
    assert Window(OPENS, CLOSES, overrides).ends_at == CLOSES + 5 * HOUR
    assert Window(OPENS, CLOSES, overrides[::-1]).ends_at == CLOSES + 5 * HOUR


@pytest.mark.parametrize(
    "pauses",
    [
        (Pause(OPENS - HOUR, OPENS + HOUR),),
        (Pause(CLOSES, CLOSES + HOUR),),
        (Pause(OPENS, OPENS + 2 * HOUR), Pause(OPENS + HOUR, OPENS + 3 * HOUR)),
        (Pause(OPENS), Pause(OPENS + HOUR, OPENS + 2 * HOUR)),
    ],
)
def test_a_pause_that_cannot_be_is_refused(pauses):
    with pytest.raises(Fault) as refusal:
        Window(OPENS, CLOSES, pauses)
    assert refusal.value.code == "bad_pause"


def test_ends_before_beginnings_are_refused():
    with pytest.raises(Fault, match="截止时间须晚于开始时间"):
        Window(OPENS, OPENS)
    with pytest.raises(Fault, match="恢复时间须晚于暂停时间"):
        Pause(OPENS, OPENS)
    with pytest.raises(Fault, match="截止时间不能提前"):
        Extension(-HOUR)


def test_times_without_a_zone_are_refused():
    naive = OPENS.replace(tzinfo=None)
    for attempt in (
        lambda: Window(naive, CLOSES), lambda: Window(OPENS, naive), lambda: Pause(naive), lambda: Pause(OPENS, naive),
        lambda: Window(OPENS, CLOSES).phase(naive),
    ):  # fmt: skip
        with pytest.raises(Fault, match="时间须带时区"):
            attempt()
