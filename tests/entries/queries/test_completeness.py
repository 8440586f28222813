from __future__ import annotations

from datetime import date

import pytest

from entries.models import Attachment, Entry, IPAsset
from entries.queries.completeness import missing_for_submission, unmended_reasons
from entries.queries.dossier import open_dossier
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, IPAssetFactory

AT = moments.DURING_REGISTRATION


def fields(entry: Entry) -> list[str]:
    return [one.field for one in missing_for_submission(open_dossier(Entry.objects.get(pk=entry.pk)), AT)]


def messages(entry: Entry) -> list[str]:
    return [one.message for one in missing_for_submission(open_dossier(Entry.objects.get(pk=entry.pk)), AT)]


def test_a_complete_draft_lacks_nothing(draft):
    assert fields(draft) == []


def test_an_empty_draft_lacks_everything_in_the_order_of_the_form(empty_draft):
    texts = ["title", "short_name", "industry", "maturity", "pitch", "summary"]
    expected = ["applicant.1.revenue", *texts, "assets", "assets", "file.proposal"]
    assert fields(empty_draft) == [*expected, "is_truth_declared", "is_display_consented"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number_raw": "202210000101.4"}, "asset.1.number"),
        ({"number_raw": ""}, "asset.1.number"),
        ({"title": " "}, "asset.1.title"),
        ({"filed_on": None}, "asset.1.filed_on"),
        ({"owners": ""}, "asset.1.owners"),
        ({"granted_on": None, "status": "filed"}, "asset.1.granted_on"),
        ({"status": "ended"}, "asset.1.status"),
        ({"asset_type": "utility_model", "number_raw": "202220000404.0"}, "asset.1.asset_type"),
        ({"publication_number": "202210000101.3"}, "asset.1.publication_number"),
        ({"is_core": False}, "assets"),
    ],
)
def test_each_fault_of_the_core_patent_is_named_with_its_place(draft, changes, field):
    IPAsset.objects.update(**changes)

    assert fields(draft) == [field]


def test_the_grant_of_the_core_must_not_be_older_than_the_rule(cast, draft):
    rules = cast.edition.entry_rules
    rules.core_granted_from = date(2024, 1, 5)
    rules.save()
    assert fields(draft) == []

    rules.core_granted_from = date(2024, 1, 6)
    rules.save()
    assert messages(draft) == ["核心专利的授权公告日应不早于 2024-01-06，所选的是 2024-01-05。"]


def test_the_core_need_not_be_granted_where_the_edition_says_so(cast, draft):
    rules = cast.edition.entry_rules
    rules.core_must_be_granted = False
    rules.save()
    IPAsset.objects.update(granted_on=None, status="filed")

    assert fields(draft) == []


def test_the_numbers_of_patents_are_settings(cast, draft):
    rules = cast.edition.entry_rules
    rules.min_assets, rules.max_companions = 2, 2
    rules.save()
    assert messages(draft) == ["专利清单至少要有 2 件，现有 1 件。"]

    rules.min_assets, rules.max_companions = 1, 0
    rules.save()
    number = "202310000712.2"
    IPAssetFactory(entry=draft, number=number, number_raw=number, is_core=False, filed_on=date(2023, 2, 21))
    assert messages(draft) == ["专利清单最多 1 件（核心 1 件，其余 0 件），现有 2 件。"]


def test_one_number_twice_is_named_at_the_second_row(draft):
    IPAssetFactory(entry=draft, position=2, number="", number_raw="ZL202210000101.3", is_core=False)

    assert messages(draft) == ["第 2 件：申请号与第 1 件重复，同一件专利只填一次。"]


def test_from_outside_the_city_a_recommendation_is_needed(cast, draft):
    cast.organisation.district = "outside"
    cast.organisation.save()

    assert fields(draft) == ["file.recommendation_letter"]
    Attachment.objects.update(kind="recommendation_letter")
    assert fields(draft) == ["file.proposal"]


def test_every_joint_enterprise_states_its_revenue_and_a_university_need_not(cast, draft):
    joint = EntryApplicantFactory(entry=draft, organisation=cast.rival_organisation, part="joint", revenue=None)
    assert fields(draft) == ["applicant.2.revenue"]

    joint.organisation.kind = "university"
    joint.organisation.save()
    assert fields(draft) == []


def test_a_track_without_the_group_is_said(cast, draft):
    cast.edition.tracks.get().groups.get(code="startup").delete()

    assert fields(draft) == ["track"]


def test_a_main_class_that_cannot_be_one_is_said(draft):
    Entry.objects.filter(pk=draft.pk).update(ipc_main="X1")

    assert fields(draft) == ["ipc_main"]


def test_reasons_lead_to_the_control(draft):
    IPAsset.objects.update(owners="")
    reason = missing_for_submission(open_dossier(draft), AT)[0]

    assert reason.url == f"/my/entries/{draft.public_id}/edit/patents/#id_p-0-owners"


def test_comments_count_until_their_field_was_changed(cast, draft):
    review = return_entry_with(draft, cast, "summary", "file.proposal")
    assert [one.field for one in unmended_reasons(open_dossier(draft))] == ["summary", "file.proposal"]

    review.comments.filter(field="summary").update(is_mended=True)
    assert [one.field for one in unmended_reasons(open_dossier(draft))] == ["file.proposal"]


@pytest.mark.parametrize("items", (1, 3))
def test_the_queries_do_not_grow_with_the_patents(draft, items, django_assert_num_queries):
    for number in range(1, items):
        IPAssetFactory(entry=draft, number="", number_raw=f"x{number}", is_core=False)
    entry = Entry.objects.select_related("edition", "track").get(pk=draft.pk)

    with django_assert_num_queries(8):
        missing_for_submission(open_dossier(entry), AT)
