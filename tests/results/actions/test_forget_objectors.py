"""Who objected is forgotten with the archiving; what was objected and ruled stays."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from competitions.models import Edition
from core.models import AuditEntry
from results.actions.forget_objectors import forget_objectors
from results.models import Notice, Objection, ObjectionFile, ObjectionParty
from tests.cast import Cast
from tests.factories import moments
from tests.factories.objections import build_objection, sealed_scan
from tests.factories.results import AFTER_PRELIMINARY, publish_preliminary

pytestmark = pytest.mark.django_db
AT = moments.NOTICE_CLOSES


@pytest.fixture
def objection(cast: Cast) -> Objection:
    notice = Notice.objects.get(result=publish_preliminary(cast))
    return build_objection(notice, cast.stranger, AFTER_PRELIMINARY, files=[sealed_scan()])


def test_nothing_goes_before_the_edition_is_archived(objection: Objection) -> None:
    assert forget_objectors(at=AT) == []
    assert ObjectionParty.objects.count() == 1 and ObjectionFile.objects.count() == 1


def test_archiving_takes_names_contacts_and_scans_and_leaves_the_objection(
    cast: Cast, objection: Objection, django_capture_on_commit_callbacks: object
) -> None:
    name = ObjectionFile.objects.get().file.name
    Edition.objects.filter(pk=cast.edition.pk).update(archived_at=AT)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert forget_objectors(at=AT) == [cast.edition]
    assert not ObjectionParty.objects.exists() and not ObjectionFile.objects.exists() and not default_storage.exists(name)
    assert Objection.objects.get().grounds == objection.grounds
    assert AuditEntry.objects.filter(verb="results.objectors.forgotten").count() == 1
    assert forget_objectors(at=AT) == []
    assert AuditEntry.objects.filter(verb="results.objectors.forgotten").count() == 1
