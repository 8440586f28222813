from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import create_organisation, edit_organisation, verify_organisation
from accounts.errors import UsccVerifiedElsewhere
from accounts.models import Membership, Organisation
from core.errors import Blocked
from core.models import AuditDetail, AuditEntry
from tests.factories import moments
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
CODE = "91440606722473344C"
FIRM = {"name": "示例企业丁", "kind": "enterprise", "uscc": CODE, "district": "440703"}


def create(**changed: str) -> Organisation:
    user = UserFactory()
    return create_organisation(user=user, **{**FIRM, **changed}, actor=user, at=AT)


def test_create_makes_its_maker_the_owner() -> None:
    made = create(uscc=" ９１440606 722473344c", contact_mobile="138 0013 8000", contact_email="A@B.com")
    assert (made.uscc, made.contact_mobile, made.contact_email) == (CODE, "+8613800138000", "a@b.com")
    assert made.verified_at is None
    assert Membership.objects.get().role == Membership.Role.OWNER
    assert AuditEntry.objects.get().object_id == made.public_id


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"uscc": "91440606722473344A"}, "uscc", "最后一位应为 C"),
        ({"uscc": ""}, "uscc", "还没有填写"),
        ({"kind": "team"}, "uscc", "这类主体没有统一社会信用代码"),
        ({"name": " "}, "name", "单位名称还没有填写"),
        ({"contact_mobile": "123"}, "contact_mobile", "您输入了 3 位"),
        ({"contact_email": "a@b"}, "contact_email", "完整的邮箱域名"),
    ],
)
def test_create_refuses_with_a_reason_a_field(changed: dict[str, str], field: str, sentence: str) -> None:
    with pytest.raises(Blocked) as caught:
        create(**changed)
    assert [reason.field for reason in caught.value.reasons] == [field]
    assert sentence in caught.value.reasons[0].message
    assert not Organisation.objects.exists()
    assert not Membership.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", ["team", "individual", "overseas"])
def test_kinds_without_a_code(kind: str) -> None:
    assert create(kind=kind, uscc="", registered_in="hk", registration_number="12345678").uscc == ""


def test_a_second_claim_is_let_in_until_one_is_verified() -> None:
    first, second = create(), create(name="示例企业丁（真）")
    verify_organisation(organisation=second, actor=UserFactory(), at=AT)
    with pytest.raises(UsccVerifiedElsewhere):
        verify_organisation(organisation=first, actor=UserFactory(), at=AT)
    with pytest.raises(UsccVerifiedElsewhere):
        create()
    first.refresh_from_db()
    assert first.verified_at is None
    assert Organisation.objects.count() == 2


def test_the_database_holds_one_verified_organisation_a_code() -> None:
    OrganisationFactory(uscc=CODE, verified_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(uscc=CODE, verified_at=AT)
    OrganisationFactory(uscc=CODE)


def test_verifying_twice_is_one_act() -> None:
    made = create()
    verify_organisation(organisation=made, actor=UserFactory(), at=AT)
    verify_organisation(organisation=made, actor=UserFactory(), at=AT)
    assert AuditEntry.objects.filter(verb="accounts.organisation.verified").count() == 1


def test_edit_writes_only_what_changed_and_keeps_the_verification() -> None:
    made = create()
    verify_organisation(organisation=made, actor=UserFactory(), at=AT)
    edited = edit_organisation(organisation=made, values={"address": "港口路 1 号"}, actor=UserFactory(), at=AT)
    assert (edited.address, edited.verified_at) == ("港口路 1 号", AT)
    content = AuditDetail.objects.latest("pk").content
    assert (content["before"], content["after"]) == ({"address": ""}, {"address": "港口路 1 号"})


@pytest.mark.parametrize("values", [{"name": "另一家"}, {"uscc": "91440400192548256N"}, {"kind": "team", "uscc": ""}])
def test_a_new_identity_ends_the_verification(values: dict[str, str]) -> None:
    made = create()
    verify_organisation(organisation=made, actor=UserFactory(), at=AT)
    assert edit_organisation(organisation=made, values=values, actor=UserFactory(), at=AT).verified_at is None


def test_edit_refuses_and_changes_nothing() -> None:
    OrganisationFactory(uscc="91440400192548256N", verified_at=AT)
    made = create()
    lines = AuditEntry.objects.count()
    with pytest.raises(UsccVerifiedElsewhere):
        edit_organisation(organisation=made, values={"uscc": "91440400192548256N"}, actor=UserFactory(), at=AT)
    with pytest.raises(Blocked):
        edit_organisation(organisation=made, values={"uscc": "1"}, actor=UserFactory(), at=AT)
    made.refresh_from_db()
    assert made.uscc == CODE
    assert AuditEntry.objects.count() == lines
