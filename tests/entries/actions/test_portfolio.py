"""What an accepted entry may still add, and the portfolios frozen before the final."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.actor import SYSTEM
from core.errors import WrongState
from entries.actions import attach_file, save_entry
from entries.actions.extension import extend_entry
from entries.actions.portfolio import add_filing, freeze_final_portfolios, remove_filing
from entries.errors import FieldLocked, FilingUnusable, SupplementClosed
from entries.models import PortfolioSnapshot
from entries.queries.editing import edit_refusal
from entries.queries.portfolio import portfolio_change
from tests.entries.conftest import upload
from tests.entries.terms import build_own_accepted, until
from tests.factories import moments

SECOND = timedelta(seconds=1)
END = moments.COACHING_CLOSES
FILING = {
    "asset_type": "invention",
    "country": "CN",
    "title": "一种新的调节方法",
    "number_raw": "202610000001.9",
    "filed_on": date(2026, 9, 20),
    "status": "filed",
    "owners": "示例企业丁",
}


@pytest.fixture
def entry(cast):
    until(cast, END)
    return build_own_accepted(cast)


def add(entry, cast, at=END - SECOND, **changed):
    return add_filing(entry=entry, values={**FILING, **changed}, actor=cast.applicant, at=at)


def test_only_files_are_open_and_only_until_the_day(cast, entry):
    attach_file(entry=entry, kind="other", upload=upload(), actor=cast.applicant, at=END - SECOND)
    with pytest.raises(SupplementClosed):
        attach_file(entry=entry, kind="other", upload=upload(), actor=cast.applicant, at=END)
    assert entry.attachments.count() == 1
    with pytest.raises(FieldLocked):
        save_entry(entry=entry, version=entry.version, values={"title": "另一个名字"}, actor=cast.applicant, at=END - SECOND)
    until(cast, None)
    entry.edition.entry_rules.refresh_from_db()
    assert isinstance(edit_refusal(entry, END - SECOND), SupplementClosed)


def test_a_filing_is_added_beside_the_frozen_portfolio(cast, entry):
    added = add(entry, cast)
    assert (added.number, added.added_after_registration, added.is_core) == ("202610000001.9", True, False)
    change = portfolio_change(entry)
    assert (change.before, change.after, change.growth.sentence) == (1, 2, "新增 1 件")
    with pytest.raises(SupplementClosed):
        add(entry, cast, at=END, number_raw="202610000002.3")
    remove_filing(asset=added, actor=cast.applicant, at=END - SECOND)
    with pytest.raises(FilingUnusable):
        remove_filing(asset=entry.assets.get(), actor=cast.applicant, at=END - SECOND)
    assert portfolio_change(entry).growth.sentence == "没有变化"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number_raw": "202610000001.4"}, "最后一位应为"),
        ({"title": "", "filed_on": None}, "请填写专利名称、申请日"),
        ({"filed_on": date(2026, 7, 31)}, "不算参赛后新增"),
        ({"number_raw": "202210000101.3", "filed_on": date(2026, 9, 1)}, "已在专利清单中"),
    ],
)
def test_what_is_no_new_filing_is_refused_and_leaves_nothing(cast, entry, changed, sentence):
    with pytest.raises(FilingUnusable) as caught:
        add(entry, cast, **changed)
    assert sentence in caught.value.text
    assert entry.assets.count() == 1


def test_nothing_is_added_before_acceptance(cast, draft):
    with pytest.raises(WrongState):
        add(draft, cast)
    assert draft.assets.count() == 1


def test_an_extension_of_the_supplements_holds_for_one_entry(cast, entry):
    other = build_own_accepted(cast, 48)
    longer = END + timedelta(days=1)
    extend_entry(entry=entry, kind="supplement", until=longer, reason="病假", actor=cast.organiser, at=END)
    assert add(entry, cast, at=longer - SECOND)
    for late in ((entry, longer), (other, END)):
        with pytest.raises(SupplementClosed):
            add(late[0], cast, at=late[1], number_raw="202610000002.3")


def test_the_final_portfolios_are_frozen_once_at_their_moment(cast, entry):
    add(entry, cast)
    cast.edition.entry_rules.refresh_from_db()
    assert freeze_final_portfolios(edition=cast.edition, actor=SYSTEM, at=END - SECOND) == 0
    assert freeze_final_portfolios(edition=cast.edition, actor=SYSTEM, at=END) == 1
    assert freeze_final_portfolios(edition=cast.edition, actor=SYSTEM, at=END + SECOND) == 0
    assert PortfolioSnapshot.objects.filter(moment="final").count() == 1
    assert portfolio_change(entry).until == END


def test_without_a_day_for_filings_the_final_itself_freezes(cast, entry):
    until(cast, None)
    cast.edition.entry_rules.refresh_from_db()
    assert freeze_final_portfolios(edition=cast.edition, actor=SYSTEM, at=moments.FINAL_OPENS - SECOND) == 0
    assert freeze_final_portfolios(edition=cast.edition, actor=SYSTEM, at=moments.FINAL_OPENS) == 1
