from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actions import answer_join_request, request_to_join, withdraw_join_request
from accounts.errors import AlreadyAnswered, AlreadyMember, AskedAlready
from accounts.models import JoinRequest, Membership
from core.errors import TooManyRequests
from core.models import AuditEntry, Message
from tests.accounts.mailbox import last_message
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP


@pytest.fixture
def owner() -> Membership:
    return MembershipFactory(organisation__name="示例企业丁", user__email="owner@example.com")


def ask(owner: Membership, person=None) -> JoinRequest:
    person = person or UserFactory(name="王工", email="wang@example.com")
    return request_to_join(organisation=owner.organisation, message=" 研发部 ", actor=person, at=AT)


def test_the_owners_are_told_and_the_editors_are_not(owner: Membership) -> None:
    MembershipFactory(organisation=owner.organisation, role="editor", user__email="editor@example.com")
    asked = ask(owner)
    assert (asked.message, asked.answer) == ("研发部", "")
    assert "王工申请加入“示例企业丁”" in last_message("owner@example.com").subject
    assert not Message.objects.filter(recipient="editor@example.com").exists()
    assert not Membership.objects.filter(user=asked.user).exists()


@pytest.mark.parametrize(("answer", "members"), [("accepted", 2), ("declined", 1)])
def test_an_owner_answers_once(owner: Membership, answer: str, members: int) -> None:
    asked = ask(owner)
    answer_join_request(request=asked, answer=answer, role="editor", actor=owner.user, at=AT)
    assert owner.organisation.memberships.count() == members
    assert "加入“示例企业丁”的申请" in last_message("wang@example.com").subject
    with pytest.raises(AlreadyAnswered):
        answer_join_request(request=asked, answer="accepted", role="owner", actor=owner.user, at=AT)
    with pytest.raises(AlreadyAnswered):
        withdraw_join_request(request=asked, actor=asked.user, at=AT)
    assert owner.organisation.memberships.count() == members
    assert AuditEntry.objects.filter(verb="accounts.joinrequest.answered").count() == 1


def test_only_one_waits_and_no_member_asks(owner: Membership) -> None:
    asked = ask(owner)
    with pytest.raises(AskedAlready):
        ask(owner, asked.user)
    with pytest.raises(AlreadyMember):
        ask(owner, owner.user)
    assert JoinRequest.objects.count() == 1
    withdraw_join_request(request=asked, actor=asked.user, at=AT)
    assert ask(owner, asked.user).pk != asked.pk


def test_nobody_goes_through_the_list_of_firms() -> None:
    person = UserFactory()
    for _ in range(10):
        request_to_join(organisation=OrganisationFactory(), message="x", actor=person, at=AT)
    another = OrganisationFactory()
    with pytest.raises(TooManyRequests):
        request_to_join(organisation=another, message="x", actor=person, at=AT)
    assert JoinRequest.objects.count() == 10
    request_to_join(organisation=another, message="x", actor=person, at=AT + timedelta(days=1))
