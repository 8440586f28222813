"""Entries that go on unranked."""

from __future__ import annotations

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed
from entries.models import Entry
from judging.models import Assignment
from results.actions.bye import end_bye, grant_bye
from results.actions.computation import compute_round
from results.errors import ByeGiven, ByeNotAllowed, ByeTooLate, ReasonMissing
from results.models import Bye
from results.queries.record import record_of
from tests.factories.results import AFTER_PRELIMINARY, approve_and_publish, build_preliminary

WHY = "上届金奖项目，按规则直接晋级"


@pytest.fixture
def preliminary(cast):
    round_ = build_preliminary(cast.edition)
    rule = {"method": "top_n", "top_n": 1, "percent": "0", "min": 0, "max": None, "byes": 1, "backfill": False}
    round_.rules = {**round_.rules, "advance": {"*": rule}}
    round_.save(update_fields=["rules"])
    return round_


def give(cast, round_, number, **changes):
    entry = Entry.objects.get(edition=cast.edition, number=number)
    return grant_bye(**{"round": round_, "entry": entry, "reason": WHY, "actor": cast.organiser, "at": AFTER_PRELIMINARY} | changes)


def test_a_bye_goes_on_beside_the_quota_and_needs_no_sheets(cast, preliminary):
    """002 goes on unranked and its 1,000 votes measure nobody: 001 has the most of those left, 88 × 0.95 + 100 × 0.05 = 88.60;
    003 has none, 72 × 0.95 = 68.40. The other group as ever: 89 × 0.95 + 50 × 0.05, 83 × 0.95 + 100 × 0.05."""
    give(cast, preliminary, 2)
    Assignment.objects.filter(entry__number=2).update(state="withdrawn")
    result = compute_round(round=preliminary, actor=cast.organiser, at=AFTER_PRELIMINARY)
    rows = {row.entry.code: (row.place, row.outcome) for row in result.placings.select_related("entry")}
    assert rows == {
        "001": (1, "advanced"), "002": (None, "bye"), "003": (2, "eliminated"), "011": (1, "advanced"), "012": (2, "eliminated"),
    }  # fmt: skip
    totals = {row.entry.code: str(row.total) for row in result.placings.select_related("entry")}
    assert totals == {"001": "88.60", "002": "None", "003": "68.40", "011": "87.05", "012": "83.85"}
    assert record_of(result)["output"]["advance"]["startup"]["byes"] == ["002"]
    line = AuditEntry.objects.get(verb="results.bye.granted")
    assert line.edition == "jgs2026"


def test_a_bye_taken_back_is_ranked_again(cast, preliminary):
    end_bye(bye=give(cast, preliminary, 2), actor=cast.organiser, at=AFTER_PRELIMINARY)
    result = compute_round(round=preliminary, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert result.placings.get(entry__number=2).place == 2
    with pytest.raises(ByeNotAllowed):
        end_bye(bye=Bye.objects.get(), actor=cast.organiser, at=AFTER_PRELIMINARY)


def test_what_the_rules_do_not_allow_is_refused(cast, preliminary):
    give(cast, preliminary, 2)
    with pytest.raises(ByeGiven):
        give(cast, preliminary, 2)
    with pytest.raises(ByeNotAllowed, match="最多直接晋级 1 个，已登记 1 个"):
        give(cast, preliminary, 1)
    with pytest.raises(ReasonMissing):
        give(cast, preliminary, 11, reason=" ")
    with pytest.raises(NotAllowed):
        give(cast, preliminary, 11, actor=cast.auditor)
    Entry.objects.filter(number=11).update(state="withdrawn")
    with pytest.raises(ByeNotAllowed, match="不在本轮"):
        give(cast, preliminary, 11)
    assert Bye.objects.count() == 1


def test_a_published_list_keeps_its_byes(cast, preliminary):
    approve_and_publish(compute_round(round=preliminary, actor=cast.organiser, at=AFTER_PRELIMINARY), cast, AFTER_PRELIMINARY)
    with pytest.raises(ByeTooLate):
        give(cast, preliminary, 2)
    assert Bye.objects.count() == 0
