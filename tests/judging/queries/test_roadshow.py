"""The hall's state: nothing before its step, gone again when a step is taken back, and a number that only rises."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from judging.actions.assignment import assign_entry, withdraw_assignment
from judging.actions.roadshow import mark_presence
from judging.actions.sheet import unlock_sheet
from judging.models import ScoreSheet
from judging.queries.screen import screen_state, state_number
from tests.cast import Cast
from tests.factories.judging import lock_sheet_at
from tests.judging.hall import AT, MARKS, TO_REVEAL, TO_SCORING, Hall, build_hall


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return build_hall(cast)


def state(hall: Hall) -> dict:
    return screen_state(hall.room, AT)


def told(hall: Hall) -> str:
    """Everything the state says, as it goes over the wire."""
    return json.dumps(state(hall), ensure_ascii=False)


def test_before_the_first_entrant_there_is_a_title_card(hall: Hall) -> None:
    found = state(hall)
    assert (found["phase"], found["entrant"], found["judges"], found["ranking"]) == ("idle", None, [], [])
    assert found["title"] == "2026 年江高赛决赛路演"
    assert found["groups"] == [{"name": "初创组", "count": 3}]
    assert found["next"]["code"] == "001"


def test_the_talk_shows_the_entrant_and_its_clock(hall: Hall) -> None:
    hall.step(0, "start_talk", at=AT - timedelta(seconds=30))
    found = state(hall)
    assert (found["phase"], found["judges"], found["step"]) == ("talk", [], 0)
    assert found["now"] - found["phase_at"] == 30_000
    assert found["lengths"] == {"talk": 480, "answers": 300, "warn": 60}
    assert {**found["entrant"], "title": "", "organisations": ""} == {
        "code": "001",
        "short_name": "项目1",
        "title": "",
        "organisations": "",
        "industry": "先进材料",
        "patents": "专利 1 件，发明 1 件",
        "pitch": "不含外加交联剂的水性木器漆乳液",
        "position": 1,
        "count": 3,
    }
    assert [row["position"] for row in found["waiting"]] == [2, 3]


def test_while_scoring_only_who_is_done(hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS[:2])
    assert state(hall)["judges"] == [{"seat": number, "done": number < 3} for number in range(1, 6)]


def test_no_mark_before_its_step(hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    assert [mark for mark in [*MARKS, "52.50"] if f'"{mark}"' in told(hall)] == []
    hall.step(0, *TO_REVEAL)
    first = state(hall)
    assert [row["mark"] for row in first["judges"]] == MARKS
    assert [row for row in first["judges"] if "dropped" in row] == []
    assert (first["score"], first["method"], first["place"], first["ranking"]) == (None, "", None, [])
    hall.step(0, "reveal_next")
    second = state(hall)
    assert [row["dropped"] for row in second["judges"]] == ["low", "", "", "", "high"]
    assert (second["score"], second["place"], second["ranking"]) == (None, None, [])
    hall.step(0, "reveal_next")
    third = state(hall)
    assert (third["score"], third["place"], third["ranking"]) == ("52.50", None, [])
    assert third["method"] == "去掉一个最高分和一个最低分，取其余 3 位评委平均分"
    hall.step(0, "reveal_next")
    fourth = state(hall)
    assert (fourth["score"], fourth["place"]) == ("52.50", "1")
    assert fourth["ranking"] == [{"code": "001", "name": "项目1", "score": "52.50", "place": "1"}]


def test_undo_hides_every_mark_again(hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    hall.mark(0, MARKS)
    hall.step(0, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next", "reveal_back")
    assert (state(hall)["score"], state(hall)["place"], state(hall)["ranking"]) == ("52.50", None, [])
    hall.step(0, "undo_reveal")
    assert (state(hall)["phase"], [row["done"] for row in state(hall)["judges"]]) == ("closed", [True] * 5)
    assert [mark for mark in [*MARKS, "52.50"] if f'"{mark}"' in told(hall)] == []


def test_the_ranking_has_only_who_was_shown(hall: Hall) -> None:
    hall.play(0, MARKS)
    hall.step(1, *TO_SCORING)
    hall.mark(1, ["57.5"] * 5)
    assert [row["code"] for row in state(hall)["ranking"]] == ["001"]
    hall.step(1, *TO_REVEAL, "reveal_next", "reveal_next", "reveal_next")
    assert [(row["code"], row["place"]) for row in state(hall)["ranking"]] == [("002", "1"), ("001", "2")]


def test_between_two_entrants_the_ranking_stays(hall: Hall) -> None:
    hall.play(0, MARKS)
    found = state(hall)
    assert (found["phase"], found["entrant"], found["judges"], found["group"]) == ("finished", None, [], "初创组")
    assert (found["ranking"][0]["code"], found["next"]["code"]) == ("001", "002")


def test_an_absent_judge_is_not_on_the_screen(cast: Cast, hall: Hall) -> None:
    hall.step(0, *TO_SCORING)
    mark_presence(seat=hall.final.seats[4], is_present=False, actor=cast.operator, at=AT)
    assert [row["seat"] for row in state(hall)["judges"]] == [1, 2, 3, 4]
    hall.mark(0, MARKS[:4])
    hall.step(0, "close_scoring", actor=cast.chief, reason="缺席一位")
    hall.step(0, "reveal", "reveal_next", "reveal_next")
    assert (state(hall)["score"], state(hall)["method"]) == ("52.00", "4 位评委的平均分")


def test_a_blind_final_names_nobody(hall: Hall) -> None:
    hall.final.round.is_blind = True
    hall.final.round.save()
    hall.step(0, "start_talk")
    names = [one.name for entry in hall.final.entries for one in entry.organisations.all()]
    assert len(names) == 3
    assert [name for name in names if name in told(hall)] == []


def test_the_number_rises_with_every_change(cast: Cast, hall: Hall) -> None:
    """Also when a sheet is taken away: a screen that ignores lower numbers must not stay behind."""
    seen = [state_number(hall.room)]

    def changed() -> None:
        seen.append(state_number(hall.room))

    for verb in TO_SCORING:
        hall.step(0, verb)
        changed()
    hall.mark(0, MARKS[:2])
    changed()
    first = hall.final.assignment(0, 0)
    sheet = ScoreSheet.objects.select_related("assignment__seat__panel__round").get(assignment=first)
    unlock_sheet(sheet=sheet, reason="分数填错行", actor=cast.chief, at=AT)
    changed()
    withdrawn = withdraw_assignment(assignment=hall.final.assignment(1, 0), reason="评委离场", actor=cast.organiser, at=AT)
    changed()
    assign_entry(seat=hall.final.seats[1], entry=withdrawn.entry, actor=cast.organiser, at=AT)
    changed()
    mark_presence(seat=hall.final.seats[2], is_present=False, actor=cast.operator, at=AT)
    changed()
    lock_sheet_at(hall.final.assignment(3, 0), {"A": "50", "B": "0"})
    changed()
    assert seen == sorted(set(seen))
    assert len(seen) == 10


def test_a_sheet_of_somebody_else_does_not_move_the_number(hall: Hall) -> None:
    hall.step(0, "start_talk")
    before = state_number(hall.room)
    lock_sheet_at(hall.final.assignment(0, 1), {"A": "50", "B": "0"})
    assert state_number(hall.room) == before
