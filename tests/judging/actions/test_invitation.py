from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.errors import IdentityRefused
from accounts.models import User
from competitions.models import Role
from core.errors import NotAllowed
from core.models import AuditEntry, Message
from core.secret_token import token_digest
from judging.actions.invitation import (
    TERM,
    accept_invitation,
    invite_judge,
    invite_judges,
    join_by_invitation,
    resend_invitation,
    withdraw_invitation,
)
from judging.errors import invitation as errors
from judging.models import JudgeInvitation
from judging.queries.invitation import get_invitation_by_token
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.judging import invited

AT = moments.DURING_REGISTRATION
EMAIL = "new@example.com"


def invite(cast, identity=EMAIL, **more):
    values = {"edition": cast.edition, "name": "新评", "identity": identity, "actor": cast.organiser, "at": AT, **more}
    return invite_judge(**values)


def token_sent(to=EMAIL) -> str:
    body = Message.objects.filter(recipient=to).latest("pk").body
    return re.search(r"/judge/invitation/([^/]+)/", body).group(1)


def test_the_link_goes_out_by_mail_or_sms_and_only_its_hash_is_kept(cast):
    made = invite(cast, "New@Example.com")
    token = token_sent()
    assert (made.email, made.mobile, made.expires_at) == (EMAIL, "", AT + TERM)
    assert made.token_hash == token_digest(token) and token not in str(JudgeInvitation.objects.values().get())
    invite(cast, "138 0013 8000")
    assert Message.objects.get(channel="sms").kind == "sms_judge_invited"
    assert AuditEntry.objects.filter(verb="judging.invitation.sent").count() == 2


@pytest.mark.parametrize(
    ("identity", "who", "refusal"),
    [
        (EMAIL, "organiser", errors.InvitationOpen),
        ("judge@example.invalid", "organiser", errors.JudgeAlready),
        ("nobody", "organiser", IdentityRefused),
        ("other@example.com", "chief", NotAllowed),
        ("other@example.com", "foreigner", NotAllowed),
    ],
)
def test_refused_invitations_change_nothing(cast, identity, who, refusal):
    invite(cast)
    lines, sent = AuditEntry.objects.count(), Message.objects.count()
    with pytest.raises(refusal):
        invite(cast, identity, actor=getattr(cast, who))
    assert (JudgeInvitation.objects.count(), AuditEntry.objects.count(), Message.objects.count()) == (1, lines, sent)


def test_a_list_is_sent_whole_or_not_at_all(cast):
    with pytest.raises(errors.JudgeAlready):
        invite_judges(
            edition=cast.edition, people=[("甲", EMAIL), ("乙", "judge@example.invalid")], actor=cast.organiser, at=AT
        )
    assert not JudgeInvitation.objects.exists()


def test_accepting_makes_a_judge_from_now_on_and_works_once(cast):
    made, person = invite(cast), UserFactory()
    later = AT + timedelta(days=2)
    accept_invitation(invitation=made, user=person, at=later)
    role = Role.objects.get(user=person)
    assert (role.kind, role.granted_at, role.granted_by, role.ended_at) == ("judge", later, cast.organiser, None)
    with pytest.raises(errors.InvitationUsed):
        accept_invitation(invitation=made, user=UserFactory(), at=later)
    assert Role.objects.filter(edition=cast.edition, kind="judge").count() == 4  # three of the cast, and this one


def test_somebody_without_an_account_gets_one_with_a_password(cast):
    made = invite(cast)
    user = join_by_invitation(invitation=made, name="新 评", password="long-enough-9", at=AT)
    assert (user.email, user.email_verified, user.check_password("long-enough-9")) == (EMAIL, True, True)
    assert user.consents.count() == 1
    assert Role.objects.filter(user=user, kind="judge").exists()


def test_the_owner_of_an_account_must_sign_in(cast):
    made = invite(cast)
    UserFactory(email=EMAIL)
    people = User.objects.count()
    with pytest.raises(errors.AccountStands):
        join_by_invitation(invitation=made, name="冒名", password="long-enough-9", at=AT)
    assert User.objects.count() == people
    assert JudgeInvitation.objects.get().accepted_at is None


def test_sending_again_kills_the_link_before_and_withdrawing_the_last(cast):
    made = invite(cast)
    first = token_sent()
    resend_invitation(invitation=made, actor=cast.organiser2, at=AT + TERM)
    second = token_sent()
    assert first != second
    with pytest.raises(errors.InvitationReplaced):
        get_invitation_by_token(first, AT)
    assert get_invitation_by_token(second, AT + TERM).pk == made.pk
    withdraw_invitation(invitation=made, actor=cast.organiser, at=AT + TERM)
    with pytest.raises(errors.InvitationWithdrawn):
        get_invitation_by_token(second, AT + TERM)
    with pytest.raises(errors.InvitationSettled):
        resend_invitation(invitation=made, actor=cast.organiser, at=AT)


def test_an_expired_link_says_so_and_the_address_can_be_invited_anew(cast):
    made = invited(cast, "old-link", email=EMAIL, expires_at=AT)
    with pytest.raises(errors.InvitationExpired):
        get_invitation_by_token("old-link", AT)
    again = invite(cast)
    assert again.pk == made.pk and again.expires_at == AT + TERM
