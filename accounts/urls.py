"""Addresses of accounts. Of allauth's only those we style are here; their names are allauth's own, without a namespace."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import applicant, inbox, joining, member, power, public, second_factor, token

own: list[URLPattern | URLResolver] = [
    path("pages/privacy/", public.privacy, name="privacy"),
    path("invitations/<str:token>/", public.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", applicant.invitation_accept, name="invitation-accept"),
    path("my/", applicant.home, name="home"),
    path("my/profile/", applicant.profile, name="profile"),
    path("my/tokens/", token.tokens, name="tokens"),
    path("my/tokens/<str:public_id>/revoke/", token.token_revoke, name="token-revoke"),
    path("my/power/", power.power, name="power"),
    path("my/power/end/", power.power_end, name="power-end"),
    path("my/messages/", inbox.message_list, name="messages"),
    path("my/messages/read/", inbox.messages_read, name="messages-read"),
    path("my/messages/unread/", inbox.messages_unread, name="messages-unread"),
    path("my/messages/<slug:public_id>/", inbox.message_detail, name="message"),
    path("my/organisations/new/", member.organisation_create, name="organisation-create"),
    path("my/organisations/dispute/", joining.organisation_dispute, name="organisation-dispute"),
    path("my/requests/<str:join_request>/withdraw/", joining.join_withdraw, name="join-withdraw"),
    path("my/organisations/<str:public_id>/join/", joining.join_ask, name="join-ask"),
    path("my/organisations/<str:public_id>/requests/<str:join_request>/", joining.join_answer, name="join-answer"),
    path("my/organisations/<str:public_id>/claim/", joining.organisation_claim, name="organisation-claim"),
    path("my/organisations/<str:public_id>/", member.organisation_detail, name="organisation-detail"),
    path("my/organisations/<str:public_id>/edit/", member.organisation_edit, name="organisation-edit"),
    path("my/organisations/<str:public_id>/leave/", member.organisation_leave, name="organisation-leave"),
    path("my/organisations/<str:public_id>/members/", member.member_invite, name="member-invite"),
    path("my/organisations/<str:public_id>/members/<str:person>/role/", member.member_role, name="member-role"),
    path("my/organisations/<str:public_id>/members/<str:person>/remove/", member.member_remove, name="member-remove"),
    path(
        "my/organisations/<str:public_id>/invitations/<str:invitation>/withdraw/",
        member.invitation_withdraw,
        name="invitation-withdraw",
    ),
]

sign_in: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path("email/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("phone/", account.change_phone, name="account_change_phone"),
    path("phone/code/", account.verify_phone, name="account_verify_phone"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/code/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/reset/new/", account.complete_password_reset, name="account_complete_password_reset"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_factor.activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("accounts/", include(sign_in)),
]
