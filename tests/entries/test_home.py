from __future__ import annotations

import pytest

from competitions.home_figures import figures
from competitions.models import Group
from entries import states
from entries.figures import entry_figures
from entries.home import entry_cards, no_entries
from entries.models import Entry, EntryApplicant
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory, build_accepted_entry

AT = moments.DURING_REGISTRATION


def test_a_card_says_status_since_when_and_what_to_do(cast, draft):
    (card,) = entry_cards(cast.applicant, AT)

    assert (card.title, card.action, card.status) == (draft.title, "继续填写", ("entry", "draft"))
    assert card.url == f"/my/entries/{draft.public_id}/"
    assert card.lines == ("2026 年江高赛", "8月1日 10:00 保存")


def test_an_accepted_entry_shows_its_number_and_group(cast):
    entry = build_accepted_entry(cast.edition, 47)
    EntryApplicant.objects.filter(entry=entry).update(organisation=cast.organisation)

    (card,) = entry_cards(cast.applicant, AT)
    assert (card.action, card.lines[1]) == ("查看", "参赛编号 047，初创组")


def test_nobody_sees_entries_of_others_or_unconfirmed_ones(cast, draft):
    EntryApplicantFactory(entry=draft, organisation=cast.rival_organisation, part="joint", joined_at=None)

    assert entry_cards(cast.stranger, AT) == []
    assert entry_cards(cast.rival, AT) == []


@pytest.mark.parametrize("items", (1, 3))
def test_the_cards_take_one_query(cast, items, django_assert_num_queries):
    for _ in range(items):
        EntryApplicantFactory(entry=EntryFactory(edition=cast.edition), organisation=cast.organisation)

    with django_assert_num_queries(1):
        assert len(entry_cards(cast.applicant, AT)) == items


def test_without_entries_the_way_to_register_is_shown_while_it_is_open(cast):
    cast.other_edition.published_at = None
    cast.other_edition.save()

    assert no_entries(cast.applicant, AT).url == "/jgs2026/register/"
    assert no_entries(cast.applicant, moments.REGISTRATION_CLOSES) is None


def test_the_section_stands_on_the_page_of_a_person(as_applicant, draft):
    page = as_applicant.get("/my/").content.decode()

    assert "我的参赛项目" in page and draft.title in page


def test_figures_count_what_passed_the_examination_only(cast, draft):
    assert entry_figures(cast.edition, AT) == []
    startup = Group.objects.get(track__edition=cast.edition, code="startup")
    first, second = (build_accepted_entry(cast.edition, number, startup) for number in (1, 2))
    build_accepted_entry(cast.other_edition, 1)
    IPAssetFactory(entry=first, number="", is_core=False)
    EntryApplicant.objects.filter(entry=second).update(organisation=first.applicants.get().organisation)

    assert [(one.label, one.value) for one in entry_figures(cast.edition, AT)] == [
        ("参赛单位", "1"),
        ("参赛项目", "2"),
        ("专利", "3"),
    ]
    Entry.objects.filter(pk=second.pk).update(state=states.DISQUALIFIED)
    assert [one.value for one in entry_figures(cast.edition, AT)] == ["1", "1", "2"]


def test_the_figures_stand_on_the_home_page_of_the_edition(cast):
    build_accepted_entry(cast.edition, 1)

    assert "参赛单位" in [one.label for one in figures(cast.edition, AT)]
