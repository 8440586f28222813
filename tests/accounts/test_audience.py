"""What the sweep in tests/arch leaves to us: allauth's flows, and that every page of ours is in one of the tables."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from accounts.urls import own, sign_in
from tests.accounts.audience import AUDIENCE
from tests.cast import Cast

# Where a step leads when its flow was not begun: as a visitor, as somebody signed in.
STEPS = {
    "account_login": ("", "/my/"),
    "account_confirm_login_code": ("/accounts/login/", "/my/"),
    "account_email_verification_sent": ("/accounts/login/", "/accounts/email/"),
    "account_verify_phone": ("/accounts/login/", "/accounts/phone/"),
    "account_confirm_password_reset_code": ("/accounts/login/", "/accounts/login/"),
    "account_complete_password_reset": ("/accounts/password/reset/", "/accounts/password/reset/"),
    "account_set_password": ("/accounts/login/", "/accounts/password/change/"),
    "mfa_authenticate": ("/accounts/login/", "/my/"),
    "mfa_reauthenticate": ("/accounts/login/", "/accounts/reauthenticate/"),
    "mfa_activate_totp": ("/accounts/login/", "/accounts/reauthenticate/"),
    "mfa_deactivate_totp": ("/accounts/login/", None),
    "mfa_view_recovery_codes": ("/accounts/login/", None),
    "mfa_generate_recovery_codes": ("/accounts/login/", "/accounts/reauthenticate/"),
}


def test_every_address_is_in_one_table() -> None:
    named = {f"accounts:{route.name}" for route in own} | {route.name for route in sign_in}
    rows = {name.removeprefix("POST ") for name in AUDIENCE}
    assert rows | STEPS.keys() == named
    assert rows & STEPS.keys() == set()


def leads_to(client: Client, name: str) -> str | None:
    """Where a page sends the client; empty when it opens, None when it is not found."""
    answer = client.get(reverse(name))
    return None if answer.status_code == 404 else answer.headers.get("Location", "").partition("?")[0]


def test_steps_of_a_flow_that_was_not_begun(cast: Cast) -> None:
    visitor, person = Client(), Client()
    person.force_login(cast.stranger, backend="accounts.backends.PasswordBackend")
    assert {name: (leads_to(visitor, name), leads_to(person, name)) for name in STEPS} == STEPS
