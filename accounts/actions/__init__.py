from accounts.actions.consent import give_consent, withdraw_consent
from accounts.actions.member import (
    accept_invitation,
    change_member_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from accounts.actions.organisation import create_organisation, edit_organisation, verify_organisation
from accounts.actions.user import register_user, rename_user, sign_up

__all__ = [
    "accept_invitation",
    "change_member_role",
    "create_organisation",
    "edit_organisation",
    "give_consent",
    "invite_member",
    "register_user",
    "remove_member",
    "rename_user",
    "sign_up",
    "verify_organisation",
    "withdraw_consent",
    "withdraw_invitation",
]
