from __future__ import annotations

import pytest

from accounts.actions import register_user, rename_user, sign_up
from accounts.errors import IdentityRefused, IdentityTaken
from accounts.models import User
from core.actor import SYSTEM
from core.models import AuditDetail, AuditEntry
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP


def test_register_keeps_the_canonical_form_and_vouches() -> None:
    user = register_user(name=" 丁工 ", email="Ding@Example.com", mobile="138 0013 8000", actor=SYSTEM, at=AT)
    assert (user.name, user.email, user.mobile) == ("丁工", "ding@example.com", "+8613800138000")
    assert (user.email_verified, user.mobile_verified, user.joined_at) == (True, True, AT)
    assert user.emailaddress_set.get().verified is True
    assert user.has_usable_password() is False
    detail = AuditDetail.objects.get().content
    assert detail["after"] == {"name": "丁工", "email": "d***@example.com", "mobile": "138****8000"}


def test_register_a_demo_account_with_a_password() -> None:
    user = register_user(name="演示", email="demo@example.com", actor=SYSTEM, at=AT, is_demo=True, password="pw")
    assert user.is_demo is True
    assert user.check_password("pw")


@pytest.mark.parametrize(
    ("email", "mobile"), [("", ""), ("not an address", ""), ("", "12345"), ("ding@example.com", "12345")]
)
def test_register_refuses_the_unreadable(email: str, mobile: str) -> None:
    with pytest.raises(IdentityRefused):
        register_user(name="丁工", email=email, mobile=mobile, actor=SYSTEM, at=AT)
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("email", "mobile"), [("taken@example.com", ""), ("", "13800138000")])
def test_register_refuses_the_taken(email: str, mobile: str) -> None:
    UserFactory(email="taken@example.com", mobile="+8613800138000")
    with pytest.raises(IdentityTaken) as caught:
        register_user(name="丁工", email=email, mobile=mobile, actor=SYSTEM, at=AT)
    assert "***" in caught.value.text or "****" in caught.value.text
    assert User.objects.count() == 1


def test_sign_up_confirms_nothing_yet() -> None:
    user = sign_up(name="丁工", email="ding@example.com", mobile="", at=AT)
    assert user.email_verified is False
    assert user.consents.get().document == "privacy:platform"
    assert list(AuditEntry.objects.values_list("actor", flat=True).distinct()) == [user.public_id]


def test_an_unfinished_registration_makes_way_but_a_member_does_not() -> None:
    first = sign_up(name="抢注", email="ding@example.com", mobile="", at=AT)
    second = sign_up(name="丁工", email="ding@example.com", mobile="", at=AT)
    assert list(User.objects.all()) == [second]
    assert first.pk != second.pk
    MembershipFactory(user=second)
    with pytest.raises(IdentityTaken):
        sign_up(name="再来", email="ding@example.com", mobile="", at=AT)
    assert User.objects.get().name == "丁工"


def test_rename_writes_before_and_after() -> None:
    user = UserFactory(name="丁工")
    assert rename_user(user=user, name="丁一", actor=user, at=AT).name == "丁一"
    content = AuditDetail.objects.get().content
    assert (content["before"], content["after"]) == ({"name": "丁工"}, {"name": "丁一"})
