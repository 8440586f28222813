"""Who may open which page of accounts (law 8).

The sign-in page itself and the steps in the middle of allauth's flows are not in the table: they send everybody to where
the flow begins (tests/accounts/test_audience.py).
"""

from __future__ import annotations

from django.urls import reverse

from accounts.actions import invite_member, request_to_join
from accounts.actions.api_token import create_api_token
from accounts.invitation_link import make_token
from accounts.models import User
from core.outbox.models import Message
from tests.cast import Cast
from tests.factories import moments

SIGNED_IN = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner"]
)
AT = moments.SET_UP
PUBLIC = SIGNED_IN | {"anonymous"}
MEMBER = frozenset({"applicant"})

AUDIENCE: dict[str, frozenset[str]] = {
    "accounts:privacy": PUBLIC,
    "accounts:invitation": PUBLIC,
    "POST accounts:invitation-accept": SIGNED_IN,
    "accounts:home": SIGNED_IN,
    "accounts:profile": SIGNED_IN,
    "accounts:tokens": SIGNED_IN,
    "accounts:power": frozenset(),  # system administrators; none is in the cast
    "POST accounts:power-end": frozenset(),
    "POST accounts:token-revoke": frozenset({"applicant"}),
    "accounts:messages": SIGNED_IN,
    "accounts:messages-unread": SIGNED_IN,
    "POST accounts:messages-read": SIGNED_IN,
    "accounts:message": MEMBER,
    "accounts:organisation-create": SIGNED_IN,
    "accounts:organisation-detail": MEMBER,
    "accounts:organisation-edit": MEMBER,
    "accounts:organisation-leave": MEMBER,
    "POST accounts:member-invite": MEMBER,
    "POST accounts:member-role": MEMBER,
    "POST accounts:member-remove": MEMBER,
    "POST accounts:invitation-withdraw": MEMBER,
    "accounts:join-ask": SIGNED_IN,
    "POST accounts:join-withdraw": frozenset({"stranger"}),
    "POST accounts:join-answer": MEMBER,
    "accounts:organisation-claim": MEMBER,
    "POST accounts:organisation-dispute": SIGNED_IN,
    "account_signup": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_password_reset_completed": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_phone": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A real address for each name: the applicant's organisation, which has invited an address without an account."""
    organisation, applicant = cast.organisation, cast.applicant
    invitation = invite_member(
        organisation=organisation, identity="new@example.com", role="editor", actor=applicant, at=AT
    )
    token = make_token(invitation.public_id)
    asked = request_to_join(organisation=organisation, message="研发部王工", actor=cast.stranger, at=AT)
    program, _ = create_api_token(user=applicant, name="园区平台", scope="entrant", days=30, actor=applicant, at=AT)
    User.objects.filter(pk=applicant.pk).update(email_verified=True)
    letter = Message.objects.create(
        channel="mail", recipient=applicant.email, subject="通知", body="正文", kind="entry_accepted", queued_at=AT, due_at=AT
    )
    args = {
        "accounts:message": [letter.public_id],
        "POST accounts:token-revoke": [program.public_id],
        "accounts:invitation": [token],
        "POST accounts:invitation-accept": [token],
        "accounts:organisation-detail": [organisation.public_id],
        "accounts:organisation-edit": [organisation.public_id],
        "accounts:organisation-leave": [organisation.public_id],
        "accounts:join-ask": [organisation.public_id],
        "POST accounts:join-withdraw": [asked.public_id],
        "POST accounts:join-answer": [organisation.public_id, asked.public_id],
        "accounts:organisation-claim": [organisation.public_id],
        "POST accounts:member-invite": [organisation.public_id],
        "POST accounts:member-role": [organisation.public_id, applicant.public_id],
        "POST accounts:member-remove": [organisation.public_id, applicant.public_id],
        "POST accounts:invitation-withdraw": [organisation.public_id, invitation.public_id],
    }
    return {name: reverse(name.removeprefix("POST "), args=args.get(name)) for name in AUDIENCE}
