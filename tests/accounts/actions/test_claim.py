from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import claim_ownership, decide_claim, dispute_organisation
from accounts.errors import AlreadyAnswered, ClaimNeedsCode, ClaimReasonNeeded, ClaimWaits
from accounts.models import Membership, Organisation, OwnershipClaim
from core.errors import Blocked
from core.files import FileKindRefused
from core.models import AuditEntry, Message
from tests.accounts.licences import licence
from tests.accounts.mailbox import last_message
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
CODE = "91440606722473344C"
FIRM = {"name": "示例企业丁（真）", "kind": "enterprise", "uscc": CODE, "district": "440703"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def squatter() -> Membership:
    """Somebody got the real firm's code verified by mistake."""
    return MembershipFactory(organisation__uscc=CODE, organisation__verified_at=AT, user__email="squatter@example.com")


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def dispute(**changed: str) -> OwnershipClaim:
    real = UserFactory(email="real@example.com")
    return dispute_organisation(values={**FIRM, **changed}, statement="被冒用", licence=licence(), actor=real, at=AT)


def test_a_verified_squatter_does_not_lock_the_real_firm_out(squatter: Membership) -> None:
    claim = dispute()
    real = claim.organisation
    assert (real.uscc, real.verified_at, real.memberships.get().role) == (CODE, None, "owner")
    assert "归属异议" in last_message("squatter@example.com").subject
    squatter.organisation.refresh_from_db()
    assert squatter.organisation.verified_at == AT  # nothing is taken before somebody decides


def test_upholding_moves_the_verification_and_tells_both(squatter: Membership) -> None:
    claim, judge = dispute(), UserFactory()
    decide_claim(claim=claim, decision="upheld", reason="执照与公示系统一致", actor=judge, at=AT)
    verified = Organisation.objects.filter(uscc=CODE, verified_at__isnull=False)
    assert list(verified) == [claim.organisation]
    assert "核验通过" in last_message("real@example.com").subject
    assert "已核验归另一家单位" in last_message("squatter@example.com").subject
    with pytest.raises(AlreadyAnswered):
        decide_claim(claim=claim, decision="dismissed", reason="x", actor=judge, at=AT)
    assert list(verified) == [claim.organisation]


def test_dismissing_changes_nothing_but_the_claim(squatter: Membership) -> None:
    claim = dispute()
    with pytest.raises(ClaimReasonNeeded):
        decide_claim(claim=claim, decision="dismissed", reason=" ", actor=UserFactory(), at=AT)
    claim.refresh_from_db()
    assert claim.decision == ""
    decide_claim(claim=claim, decision="dismissed", reason="执照名称不符", actor=UserFactory(), at=AT)
    assert list(Organisation.objects.filter(verified_at__isnull=False)) == [squatter.organisation]
    assert "执照名称不符" in last_message("real@example.com").body
    assert Message.objects.filter(recipient="squatter@example.com").count() == 1


def test_one_claim_waits_and_a_new_one_may_follow(media: Path) -> None:
    owner = MembershipFactory(organisation__uscc=CODE)
    known = {"organisation": owner.organisation, "statement": "", "actor": owner.user, "at": AT}
    first = claim_ownership(licence=licence(), **known)
    with pytest.raises(ClaimWaits):
        claim_ownership(licence=licence(), **known)
    assert len(files(media)) == 1
    decide_claim(claim=first, decision="dismissed", reason="看不清", actor=UserFactory(), at=AT)
    claim_ownership(licence=licence(), **known)
    assert OwnershipClaim.objects.count() == 2


def test_what_is_refused_leaves_nothing(media: Path) -> None:
    with pytest.raises(Blocked):
        dispute(uscc="91440606722473344A")
    bad = SimpleUploadedFile("执照.pdf", b"not a pdf")
    with pytest.raises(FileKindRefused):
        dispute_organisation(values=FIRM, statement="", licence=bad, actor=UserFactory(), at=AT)
    team = OrganisationFactory(kind="team", uscc="")
    with pytest.raises(ClaimNeedsCode):
        claim_ownership(organisation=team, statement="", licence=licence(), actor=UserFactory(), at=AT)
    assert not OwnershipClaim.objects.exists()
    assert not Organisation.objects.exclude(pk=team.pk).exists()
    assert not AuditEntry.objects.exists()
    assert files(media) == []
