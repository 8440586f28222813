from __future__ import annotations

import pytest

from entries.models import Entry
from entries.queries.dossier import open_dossier
from entries.queries.duplicates import own_repeats, repeated_patents, similar_entries
from entries.queries.examination import questions
from tests.entries.dossiers import AT
from tests.factories.accounts import OrganisationFactory
from tests.factories.competitions import build_edition
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory


def other_entry(cast, organisation, *, edition=None, state="submitted", title="水性木器漆乳液") -> Entry:
    """Somebody's entry with the core patent of every test entry."""
    edition = edition or cast.edition
    entry = EntryFactory(edition=edition, track=edition.tracks.get(), state=state, title=title)
    EntryApplicantFactory(entry=entry, organisation=organisation)
    IPAssetFactory(entry=entry)
    return entry


def told(entry) -> dict[str, str]:
    """The findings of the examiner's question on numbers, by sentence."""
    return {one.message: one.tone for one in questions(open_dossier(entry), AT)[2].findings}


def test_a_patent_of_another_applicant_is_a_case_for_the_examiner_alone(cast, draft):
    other_entry(cast, cast.rival_organisation)

    [found] = repeated_patents(open_dossier(draft))

    assert (found.place, found.is_own, found.is_this_edition) == (1, False, True)
    assert own_repeats(open_dossier(draft)) == []
    sentence = "第 1 件 202210000101.3 也在本届项目“水性木器漆乳液”中，申报主体不同，请核对权属后作出结论"
    assert told(draft)[sentence] == "no"


def test_a_patent_one_has_entered_before_is_a_warning_on_both_sides(cast, draft, as_applicant):
    earlier = build_edition(slug="jgs2025")
    other_entry(cast, cast.organisation, edition=earlier, state="submitted")

    [found] = repeated_patents(open_dossier(draft))

    assert (found.is_own, found.is_this_edition) == (True, False)
    assert [tone for message, tone in told(draft).items() if "同一单位" in message] == ["hand"]
    page = as_applicant.get(f"/my/entries/{draft.public_id}/edit/review/").content.decode()
    assert "请确认不是同一项目重复申报" in page and "材料齐全" in page


def test_the_same_code_under_another_record_is_the_same_owner(cast, draft):
    again = OrganisationFactory(name="示例企业丁（重新登记）", uscc=cast.organisation.uscc)
    other_entry(cast, again)

    assert [one.is_own for one in repeated_patents(open_dossier(draft))] == [True]


@pytest.mark.parametrize("state", ["draft", "withdrawn", "rejected"])
def test_what_is_not_in_the_competition_repeats_nothing(cast, draft, state):
    other_entry(cast, cast.rival_organisation, state=state)

    assert repeated_patents(open_dossier(draft)) == []


def test_titles_much_alike_are_a_hint(cast, draft):
    other = other_entry(cast, cast.rival_organisation, title=f"一种{draft.title}")
    other_entry(cast, cast.rival_organisation, title="完全不同的陈皮仓储")

    assert [one.pk for _, one in similar_entries(open_dossier(draft))] == [other.pk]
    assert any("相近" in message and tone == "hand" for message, tone in told(draft).items())


@pytest.mark.parametrize("others", (1, 3))
def test_more_repetitions_ask_no_more(cast, draft, others, django_assert_num_queries):
    for _ in range(others):
        other_entry(cast, cast.rival_organisation)
    dossier = open_dossier(draft)

    with django_assert_num_queries(2):
        repeated_patents(dossier)
        similar_entries(dossier)
