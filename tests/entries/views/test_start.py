from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Consent
from core import clock
from entries.models import Entry
from tests.factories import moments
from tests.factories.competitions import EditionPageFactory

URL = "/jgs2026/register/"


def test_a_visitor_reads_what_is_needed_and_is_asked_to_sign_in(client, cast, during_registration):
    page = client.get(URL).content.decode()

    assert "报名截止 8月31日 18:00" in page
    assert "至少 1 件，除核心专利外最多 20 件" in page
    assert "登录后报名" in page and "开始填写" not in page
    assert client.post(URL, {}).status_code == 302
    assert not Entry.objects.exists()


def test_without_an_organisation_the_way_leads_there(client, cast, during_registration):
    client.force_login(cast.stranger)

    page = client.get(URL).content.decode()

    assert "先登记参赛单位" in page and "/my/organisations/new/" in page
    assert "开始填写" not in page


def test_choosing_and_consenting_starts_a_draft(as_applicant, cast):
    EditionPageFactory(edition=cast.edition, kind="privacy", version=2, written_by=cast.organiser)

    answer = as_applicant.post(URL, {"organisation": cast.organisation.pk, "consent": "on"})

    entry = Entry.objects.get()
    assert answer["Location"] == f"/my/entries/{entry.public_id}/edit/applicant/"
    consent = Consent.objects.get(user=cast.applicant)
    assert (consent.document, consent.version) == ("privacy:jgs2026", 2)


def test_without_consent_nothing_starts(as_applicant, cast):
    answer = as_applicant.post(URL, {"organisation": cast.organisation.pk})

    assert answer.status_code == 200
    assert "请先阅读个人信息保护告知" in answer.content.decode()
    assert not Entry.objects.exists() and not Consent.objects.exists()


def test_nobody_starts_for_another_organisation(as_applicant, cast):
    as_applicant.post(URL, {"organisation": cast.rival_organisation.pk, "consent": "on"})

    assert not Entry.objects.exists()


def test_a_draft_of_the_privacy_notice_is_not_in_force(as_applicant, cast):
    EditionPageFactory(
        edition=cast.edition, kind="privacy", version=2, published_at=None, written_by=cast.organiser
    )

    assert "个人信息保护告知第 1 版" in as_applicant.get(URL).content.decode()


@pytest.mark.parametrize(
    ("at", "words", "is_open"),
    [
        (moments.REGISTRATION_OPENS - timedelta(seconds=1), "报名 7月1日 09:00 开始", False),
        (moments.REGISTRATION_CLOSES - timedelta(seconds=1), "报名截止 8月31日 18:00，不到 1 分钟", True),
        (moments.REGISTRATION_CLOSES, "报名已于 8月31日 18:00 截止", False),
    ],
)
def test_the_page_follows_the_window_to_the_second(client, cast, at, words, is_open):
    client.force_login(cast.applicant)
    with clock.rehearse(at):
        page = client.get(URL).content.decode()
        answer = client.post(URL, {"organisation": cast.organisation.pk, "consent": "on"})

    assert words in page
    assert ("开始填写" in page) is is_open
    assert answer.status_code == (302 if is_open else 409)
    assert Entry.objects.count() == int(is_open)


def test_drafts_are_listed_to_go_on(as_applicant, draft):
    page = as_applicant.get(URL).content.decode()

    assert draft.title in page and f"/my/entries/{draft.public_id}/" in page


def test_an_edition_that_is_not_public_has_no_registration(client, cast):
    cast.edition.published_at = None
    cast.edition.save()

    assert client.get(URL).status_code == 404
