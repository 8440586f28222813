from accounts.actions.claim import claim_ownership, decide_claim, dispute_organisation
from accounts.actions.consent import give_consent, withdraw_consent
from accounts.actions.join_request import answer_join_request, request_to_join, withdraw_join_request
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
    "answer_join_request",
    "change_member_role",
    "claim_ownership",
    "create_organisation",
    "decide_claim",
    "dispute_organisation",
    "edit_organisation",
    "give_consent",
    "invite_member",
    "register_user",
    "remove_member",
    "rename_user",
    "request_to_join",
    "sign_up",
    "verify_organisation",
    "withdraw_consent",
    "withdraw_invitation",
    "withdraw_join_request",
]
