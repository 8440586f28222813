"""Comparing organisations with their licences."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import claim_ownership, dispute_organisation
from accounts.models import Organisation
from core import clock
from tests.accounts.licences import licence
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories import moments
from tests.factories.accounts import OrganisationFactory
from tests.factories.entries import EntryApplicantFactory, EntryFactory


@pytest.fixture
def examiner(cast: Cast):
    client = Client()
    client.force_login(cast.examiner)
    with clock.rehearse(AT):
        yield client


def url(cast: Cast, name: str, *args: str) -> str:
    return reverse(f"entries:{name}", args=[cast.edition.slug, *args])


def test_an_organisation_is_verified_after_comparing(cast: Cast, examiner: Client) -> None:
    build_submitted_entry(cast)
    assert "示例企业丁" in examiner.get(url(cast, "organisation-list")).content.decode()
    check = url(cast, "organisation-check", cast.organisation.public_id)
    assert "没有收到营业执照" in examiner.get(check).content.decode()
    done = examiner.post(url(cast, "organisation-verify", cast.organisation.public_id), follow=True)
    assert "已标为已核验" in done.content.decode()
    cast.organisation.refresh_from_db()
    assert cast.organisation.verified_at == AT
    assert "示例企业丁" not in examiner.get(url(cast, "organisation-list")).content.decode()


def test_a_dispute_is_decided_with_both_in_sight(cast: Cast, examiner: Client) -> None:
    entry = build_submitted_entry(cast)
    values = {"name": "真的示例企业丁", "kind": "enterprise", "uscc": cast.organisation.uscc, "district": "440703"}
    claim = dispute_organisation(values=values, statement="", licence=licence(), actor=cast.rival, at=moments.SET_UP)
    check = url(cast, "organisation-check", claim.organisation.public_id)
    page = examiner.get(check).content.decode()
    assert "同一代码：示例企业丁" in page and entry.title in page
    scan = examiner.get(url(cast, "organisation-licence", claim.organisation.public_id, claim.public_id))
    assert scan["Content-Disposition"].startswith("attachment")
    assert examiner.post(check, {"decision": "upheld", "reason": " "}).status_code == 422
    assert not Organisation.objects.filter(verified_at__isnull=False).exists()
    examiner.post(check, {"decision": "upheld", "reason": "与公示系统一致"})
    assert list(Organisation.objects.filter(verified_at__isnull=False)) == [claim.organisation]


def test_an_organisation_of_another_edition_is_not_found(cast: Cast, examiner: Client) -> None:
    elsewhere = OrganisationFactory()
    EntryApplicantFactory(entry=EntryFactory(edition=cast.other_edition), organisation=elsewhere)
    assert examiner.get(url(cast, "organisation-check", elsewhere.public_id)).status_code == 404


def test_a_claim_is_for_the_editions_it_belongs_to(cast: Cast, examiner: Client) -> None:
    """Nowhere yet: every edition that runs. Once the firm takes part somewhere: there, and nowhere else."""
    values = {"name": "示例企业庚", "kind": "enterprise", "uscc": "91440300192317458F", "district": "440703"}
    claim = dispute_organisation(values=values, statement="", licence=licence(), actor=cast.stranger, at=AT)
    organisation = claim.organisation.public_id
    check, scan = url(cast, "organisation-check", organisation), url(cast, "organisation-licence", organisation, claim.public_id)
    assert examiner.get(check).status_code == examiner.get(scan).status_code == 200
    entry = EntryApplicantFactory(entry__edition=cast.other_edition, organisation=claim.organisation).entry
    assert examiner.get(check).status_code == examiner.get(scan).status_code == 404
    assert "没有待处理的核验申请" in examiner.get(url(cast, "organisation-list")).content.decode()
    entry.edition = cast.edition
    entry.save()
    assert examiner.get(check).status_code == 200
    theirs = url(cast, "organisation-licence", cast.organisation.public_id, claim.public_id)
    assert examiner.get(theirs).status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(cast: Cast, examiner: Client) -> None:
    counts = []
    for _ in range(3):
        entry = build_submitted_entry(cast, number=None) if not counts else EntryFactory(edition=cast.edition, state="submitted")
        if counts:
            EntryApplicantFactory(entry=entry)
        with CaptureQueriesContext(connection) as queries:
            examiner.get(url(cast, "organisation-list"), {"view": "all"})
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_claims_come_first_and_can_be_searched(cast: Cast, examiner: Client) -> None:
    build_submitted_entry(cast)
    claim_ownership(
        organisation=cast.rival_organisation, statement="", licence=licence(), actor=cast.rival, at=moments.SET_UP
    )
    page = examiner.get(url(cast, "organisation-list")).content.decode()
    assert page.index("示例企业壬") < page.index("示例企业丁") and "1 份核验申请待处理" in page
    assert "示例企业丁" not in examiner.get(url(cast, "organisation-list"), {"view": "claims"}).content.decode()
    assert "没有找到单位" in examiner.get(url(cast, "organisation-list"), {"q": "没有"}).content.decode()
