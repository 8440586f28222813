from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actions import (
    accept_invitation,
    change_member_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from accounts.errors import AlreadyMember, IdentityRefused, InvitationGone, LastOwner, NotMember
from accounts.models import Invitation, Membership
from core.models import AuditEntry, Message
from tests.accounts.mailbox import last_message
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
EDITOR, OWNER = Membership.Role.EDITOR, Membership.Role.OWNER


@pytest.fixture
def owner() -> Membership:
    return MembershipFactory(organisation__name="示例企业丁", user__name="丁工")


def invite(owner: Membership, email: str, role: str = EDITOR):
    return invite_member(organisation=owner.organisation, identity=email, role=role, actor=owner.user, at=AT)


def test_an_account_with_the_confirmed_address_joins_at_once(owner: Membership) -> None:
    colleague = UserFactory(email="colleague@example.com")
    made = invite(owner, "Colleague@Example.com")
    assert (made.user, made.role, made.joined_at) == (colleague, EDITOR, AT)
    assert "您已加入“示例企业丁”" in last_message("colleague@example.com").subject
    assert not Invitation.objects.exists()


def test_an_unconfirmed_address_is_only_invited(owner: Membership) -> None:
    UserFactory(email="colleague@example.com", email_verified=False)
    assert isinstance(invite(owner, "colleague@example.com"), Invitation)
    assert Membership.objects.count() == 1


def test_an_invitation_works_once(owner: Membership) -> None:
    invitation = invite(owner, "new@example.com", OWNER)
    assert "/invitations/" in last_message("new@example.com").body
    newcomer = UserFactory()
    made = accept_invitation(invitation=invitation, user=newcomer, actor=newcomer, at=AT)
    assert (made.user, made.role) == (newcomer, OWNER)
    second = UserFactory()
    with pytest.raises(InvitationGone):
        accept_invitation(invitation=invitation, user=second, actor=second, at=AT)
    assert Membership.objects.count() == 2


def test_an_invitation_ends_after_seven_days(owner: Membership) -> None:
    invitation = invite(owner, "new@example.com")
    with pytest.raises(InvitationGone):
        accept_invitation(invitation=invitation, user=UserFactory(), actor=owner.user, at=AT + timedelta(days=7))
    assert Membership.objects.count() == 1


def test_inviting_again_renews(owner: Membership) -> None:
    first = invite(owner, "new@example.com")
    again = invite_member(
        organisation=owner.organisation, identity="new@example.com", role=OWNER, actor=owner.user, at=AT + timedelta(days=9)
    )
    assert first.pk == again.pk
    assert (again.role, again.expires_at) == (OWNER, AT + timedelta(days=16))


def test_withdrawn_is_gone(owner: Membership) -> None:
    invitation = invite(owner, "new@example.com")
    kept = Invitation.objects.get()
    withdraw_invitation(invitation=invitation, actor=owner.user, at=AT)
    with pytest.raises(InvitationGone):
        accept_invitation(invitation=kept, user=UserFactory(), actor=owner.user, at=AT)
    assert Membership.objects.count() == 1


def test_refuses_a_member_and_the_unreadable(owner: Membership) -> None:
    member = MembershipFactory(organisation=owner.organisation)
    with pytest.raises(AlreadyMember):
        invite(owner, member.user.email)
    with pytest.raises(IdentityRefused):
        invite(owner, "somebody")
    assert Membership.objects.count() == 2
    assert not Message.objects.exists()
    assert not AuditEntry.objects.exists()


def test_roles_change_both_ways_but_never_the_last_owner(owner: Membership) -> None:
    with pytest.raises(LastOwner):
        change_member_role(membership=owner, role=EDITOR, actor=owner.user, at=AT)
    with pytest.raises(LastOwner):
        remove_member(membership=owner, actor=owner.user, at=AT)
    assert Membership.objects.get().role == OWNER
    other = MembershipFactory(organisation=owner.organisation, role=EDITOR)
    assert change_member_role(membership=other, role=OWNER, actor=owner.user, at=AT).role == OWNER
    assert change_member_role(membership=owner, role=EDITOR, actor=owner.user, at=AT).role == EDITOR
    remove_member(membership=owner, actor=owner.user, at=AT)
    assert list(Membership.objects.all()) == [other]


def test_a_stale_membership_is_refused(owner: Membership) -> None:
    other = MembershipFactory(organisation=owner.organisation)
    Membership.objects.filter(pk=other.pk).delete()
    with pytest.raises(NotMember):
        remove_member(membership=other, actor=owner.user, at=AT)
    assert not AuditEntry.objects.exists()


def test_inviting_by_mobile_sends_a_text_and_finds_a_confirmed_account(owner: Membership) -> None:
    invitation = invite(owner, "138 0013 8000")
    assert (invitation.email, invitation.mobile) == ("", "+8613800138000")
    message = last_message("+8613800138000")
    assert message.channel == "sms" and "/invitations/" in message.body
    UserFactory(mobile="+85261234567", mobile_verified=False)
    assert isinstance(invite(owner, "+852 6123 4567"), Invitation)
    colleague = UserFactory(mobile="+8613900139000", mobile_verified=True)
    assert invite(owner, "13900139000").user == colleague
