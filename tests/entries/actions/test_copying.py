from __future__ import annotations

import pytest
from django.urls import reverse

from core.errors import NotAllowed
from entries.actions.copying import copy_entry
from entries.actions.details import save_details
from entries.models import Entry
from entries.queries.difference import changes_since_copy
from tests.cast import Cast
from tests.factories import moments
from tests.factories.competitions import build_edition
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

AT = moments.DURING_REGISTRATION


@pytest.fixture
def last_year(cast: Cast) -> Entry:
    edition = build_edition(slug="jgs2025")
    entry = EntryFactory(edition=edition, track=edition.tracks.get(), created_by=cast.applicant, title="去年的项目")
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    IPAssetFactory(entry=entry, is_licensed=True)
    save_details(entry=entry, version=entry.version, blocks={"members": [{"name": "丁一"}]}, actor=cast.applicant, at=AT)
    return entry


def test_texts_patents_and_team_come_along_but_not_what_belongs_to_the_year(cast, last_year):
    entry = copy_entry(source=last_year, edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=AT)

    assert (entry.title, entry.state, entry.copied_from) == ("去年的项目", "draft", last_year)
    asset = entry.assets.get()
    assert (asset.number, asset.is_core, asset.is_licensed) == ("202210000101.3", True, True)
    assert entry.members.get().name == "丁一"
    assert entry.applicants.get().revenue is None
    assert not (entry.is_truth_declared or entry.is_display_consented or entry.attachments.exists())


def test_what_has_changed_since_is_told(cast, last_year):
    entry = copy_entry(source=last_year, edition=cast.edition, organisation=cast.organisation, actor=cast.applicant, at=AT)
    Entry.objects.filter(pk=entry.pk).update(title="今年的项目")
    IPAssetFactory(entry=entry, position=3000, is_core=False, number="202310000712.2", number_raw="202310000712.2")

    told = {one.label: one.kind for one in changes_since_copy(Entry.objects.get(pk=entry.pk))}

    assert told["项目信息 · 项目名称"] == "改动"
    assert told["专利清单 · 第 2 件"] == "新增"
    assert changes_since_copy(last_year) == []


def test_somebody_elses_entry_is_not_copied(cast, last_year):
    with pytest.raises(NotAllowed):
        copy_entry(source=last_year, edition=cast.edition, organisation=cast.rival_organisation, actor=cast.rival, at=AT)

    assert Entry.objects.count() == 1


def test_it_is_chosen_where_a_registration_begins(as_applicant, cast, last_year):
    address = reverse("entries:register", args=[cast.edition.slug])
    page = as_applicant.get(address).content.decode()
    assert "从空白开始" in page and "去年的项目" in page

    as_applicant.post(address, {"organisation": cast.organisation.pk, "consent": "on", "source": last_year.public_id})
    entry = Entry.objects.get(edition=cast.edition)
    assert entry.copied_from == last_year
    review = as_applicant.get(reverse("entries:register-step", args=[entry.public_id, "review"])).content.decode()
    assert "与底稿相比改了" in review
