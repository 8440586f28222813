"""Who may open which page of accounts (law 8)."""

from __future__ import annotations

from django.urls import reverse

from accounts.actions import invite_member
from accounts.invitation_link import make_token
from tests.cast import Cast
from tests.factories import moments

SIGNED_IN = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner"]
)
PUBLIC = SIGNED_IN | {"anonymous"}
MEMBER = frozenset({"applicant"})
NOBODY: frozenset[str] = frozenset()
VISITOR = frozenset({"anonymous"})  # whoever is signed in is sent on to /my/

AUDIENCE: dict[str, frozenset[str]] = {
    "accounts:privacy": PUBLIC,
    "accounts:invitation": PUBLIC,
    "POST accounts:invitation-accept": SIGNED_IN,
    "accounts:home": SIGNED_IN,
    "accounts:profile": SIGNED_IN,
    "accounts:organisation-create": SIGNED_IN,
    "accounts:organisation-detail": MEMBER,
    "accounts:organisation-edit": MEMBER,
    "accounts:organisation-leave": MEMBER,
    "POST accounts:member-invite": MEMBER,
    "POST accounts:member-role": MEMBER,
    "POST accounts:member-remove": MEMBER,
    "POST accounts:invitation-withdraw": MEMBER,
    "account_login": VISITOR,
    "account_signup": VISITOR,
    "account_logout": SIGNED_IN,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_password_reset_completed": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_phone": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    # Steps of a flow that nobody has begun: all are sent back to its start.
    "account_confirm_login_code": NOBODY,
    "account_email_verification_sent": NOBODY,
    "account_verify_phone": NOBODY,
    "account_confirm_password_reset_code": NOBODY,
    "account_complete_password_reset": NOBODY,
    "account_set_password": NOBODY,  # all of the cast have a password
    "mfa_authenticate": NOBODY,
    "mfa_reauthenticate": NOBODY,
    "mfa_activate_totp": NOBODY,  # asks for the password first
    "mfa_deactivate_totp": NOBODY,  # 404 until two-step sign-in is on
    "mfa_view_recovery_codes": NOBODY,
    "mfa_generate_recovery_codes": NOBODY,
    "mfa_download_recovery_codes": NOBODY,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A real address for each name: the applicant's organisation, which has invited an address without an account."""
    organisation, applicant = cast.organisation, cast.applicant
    invitation = invite_member(
        organisation=organisation, email="new@example.com", role="editor", actor=applicant, at=moments.SET_UP
    )
    invitation.expires_at = invitation.expires_at.replace(year=2100)  # the sweep runs on the real clock
    invitation.save()
    token = make_token(invitation.public_id)
    args = {
        "accounts:invitation": [token],
        "POST accounts:invitation-accept": [token],
        "accounts:organisation-detail": [organisation.public_id],
        "accounts:organisation-edit": [organisation.public_id],
        "accounts:organisation-leave": [organisation.public_id],
        "POST accounts:member-invite": [organisation.public_id],
        "POST accounts:member-role": [organisation.public_id, applicant.public_id],
        "POST accounts:member-remove": [organisation.public_id, applicant.public_id],
        "POST accounts:invitation-withdraw": [organisation.public_id, invitation.public_id],
    }
    return {name: reverse(name.removeprefix("POST "), args=args.get(name)) for name in AUDIENCE}
