from __future__ import annotations

import base64
import re

import pytest

from core.audit.models import AuditEntry
from core.errors import NotAllowed
from results.actions.certificate import issue_certificates, reissue_certificate, revoke_certificate
from results.errors import CertificateRevoked, NoAwards, NotPublished, ReasonMissing
from results.models import Certificate
from results.queries.certificates import is_genuine
from tests.factories.results import AFTER_FINAL, certify, publish_final, publish_preliminary
from tests.results.actions.test_computation import tied_final


def test_every_award_gets_one_numbered_certificate(cast):
    result = publish_final(cast)
    issued = certify(result, cast)
    assert [(one.number, one.award.placing.entry.code) for one in issued] == [
        ("JG26-G-001", "002"),
        ("JG26-G-002", "001"),
        ("JG26-G-003", "011"),
        ("JG26-G-004", "012"),
    ]
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", one.verify_code) for one in issued)
    assert issue_certificates(result=result, actor=cast.organiser, at=AFTER_FINAL) == []
    assert Certificate.objects.count() == 4
    assert AuditEntry.objects.filter(verb="results.certificates.issued").count() == 1


def test_a_new_signing_key_leaves_old_certificates_verifiable(cast, settings):
    old = certify(publish_final(cast), cast)[0]
    settings.LEDGER_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()
    assert is_genuine(old)
    new = reissue_certificate(certificate=old, reason="名称更正", actor=cast.organiser, at=AFTER_FINAL)
    assert is_genuine(new) and old.signature != new.signature
    Certificate.objects.filter(pk=old.pk).update(contents=old.contents.replace("金奖", "银奖"))
    assert not is_genuine(Certificate.objects.get(pk=old.pk))


def test_a_result_that_is_not_published_has_no_certificates(cast):
    result = tied_final(cast)
    with pytest.raises(NotPublished):
        issue_certificates(result=result, actor=cast.organiser, at=AFTER_FINAL)
    assert Certificate.objects.count() == 0


def test_a_result_without_awards_has_no_certificates(cast):
    result = publish_preliminary(cast)
    with pytest.raises(NoAwards):
        issue_certificates(result=result, actor=cast.organiser, at=AFTER_FINAL)


def test_only_organisers_issue(cast):
    result = publish_final(cast)
    with pytest.raises(NotAllowed):
        issue_certificates(result=result, actor=cast.auditor, at=AFTER_FINAL)
    assert Certificate.objects.count() == 0


def test_a_revoked_certificate_stays_and_a_new_one_gets_a_new_number(cast):
    result = publish_final(cast)
    first = certify(result, cast)[0]
    revoke_certificate(certificate=first, reason="姓名有误", actor=cast.organiser2, at=AFTER_FINAL)
    first.refresh_from_db()
    assert (first.revoked_at, first.revoked_reason) == (AFTER_FINAL, "姓名有误")
    with pytest.raises(CertificateRevoked):
        revoke_certificate(certificate=first, reason="再次", actor=cast.organiser, at=AFTER_FINAL)
    assert AuditEntry.objects.filter(verb="results.certificate.revoked").count() == 1


def test_a_revocation_says_why_and_is_the_organisers(cast):
    first = certify(publish_final(cast), cast)[0]
    with pytest.raises(ReasonMissing):
        revoke_certificate(certificate=first, reason=" ", actor=cast.organiser, at=AFTER_FINAL)
    with pytest.raises(NotAllowed):
        revoke_certificate(certificate=first, reason="理由", actor=cast.auditor, at=AFTER_FINAL)
    first.refresh_from_db()
    assert first.revoked_at is None
