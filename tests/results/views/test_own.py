"""An entrant's own result: the own place also when eliminated, the judges' advice, single totals only when confirmed."""

from __future__ import annotations

import pytest

from core import clock
from judging.models import ScoreSheetVersion
from results.models import PublicitySettings
from tests.factories.entries import EntryApplicantFactory
from tests.factories.results import AFTER_FINAL, publish_final
from tests.results.views.test_organizer import signed_in, text_of


@pytest.fixture
def entry(cast):
    found = None
    with clock.rehearse(AFTER_FINAL):
        result = publish_final(cast)
        found = cast.edition.entries.get(number=3)
        EntryApplicantFactory(entry=found, organisation=cast.organisation, part="joint", joined_at=AFTER_FINAL)
        yield found
    assert result


def test_the_own_place_and_how_it_came_about(cast, entry):
    text = text_of(signed_in(cast.applicant).get(f"/my/entries/{entry.public_id}/result/"))
    assert "决赛" in text and "初赛" in text and "第 3 名，共 3 个项目" in text and "72.00" in text
    assert signed_in(cast.rival).get(f"/my/entries/{entry.public_id}/result/").status_code == 404


def test_advice_is_told_without_saying_whose(cast, entry):
    version = ScoreSheetVersion.objects.filter(sheet__assignment__entry=entry, sheet__assignment__seat__panel__round__kind="final").first()
    version.sheet.versions.create(number=2, total=version.total, feedback="建议补充海外布局。", submitted_at=AFTER_FINAL, digest="0" * 64)
    text = text_of(signed_in(cast.applicant).get(f"/my/entries/{entry.public_id}/result/"))
    assert "建议补充海外布局。" in text and version.sheet.assignment.seat.judge.name not in text


def test_single_totals_and_the_record_are_public_only_once_confirmed(cast, entry, client):
    path = "/jgs2026/results/final/1/"
    result = entry.placings.get(result__round__kind="final").result
    record = f"/jgs2026/results/{result.public_id}/record.json"
    assert "评委 01" in text_of(client.get(path)) and client.get(record).status_code == 200
    PublicitySettings.objects.update(judge_totals_confirmed_at=None, judge_totals_confirmed_by=None)
    hidden = text_of(client.get(path))
    assert "评委 01" not in hidden and "没有公开各评委的总分" in hidden and "89.83" in hidden
    assert client.get(record).status_code == 404
    assert record not in client.get("/jgs2026/results/").content.decode()
