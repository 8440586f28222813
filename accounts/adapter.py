"""How allauth reaches our users: canonical addresses, mail and codes through the outbox, mobiles in `User.mobile`."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import second_factor
from accounts.actions.user import sign_up
from accounts.fields import MobileField
from accounts.models import User
from accounts.wording import ERRORS, MESSAGES, TWO_STEP_ERRORS
from core import clock, request_context
from core.audit import journal
from core.outbox.send import queue_message
from core.wrapping import unwrap, wrap

FACTOR = "second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail or mobile."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **ERRORS}

    # --- people
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        data = form.cleaned_data
        return sign_up(
            name=data["name"], email=data.get("email") or "", mobile=data.get("phone") or "", at=clock.now()
        )

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """An address is replaced, never removed: it may be the only way to reach a person."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.is_demo and not settings.DEBUG:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        journal.record(verb="accounts.user.signed-in", obj=user, actor=user, at=clock.now())
        return super().post_login(request, user, **kwargs)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "accounts.stages.ReachableStage"}
        return [ours.get(path, path) for path in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("accounts:profile")

    def get_client_ip(self, request: HttpRequest) -> str:
        return request_context.client_address.get()

    # --- words
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says the sentence of our table; what the next page says itself is not said twice."""
        text = message or MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    # --- mail
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """`account/email/login_code` becomes the outbox template `account_login_code`."""
        template = "account_" + template_prefix.rpartition("/")[2]
        queue_message(channel="mail", recipient=email, template=template, context=context, at=clock.now())

    # --- mobile
    def phone_form_field(self, **kwargs: Any) -> MobileField:
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(mobile=phone).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        self._send_sms(phone, "sign_in_code", {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        self._send_sms(phone, "sms_unknown_account", {})

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._send_sms(phone, "sms_account_exists", {})

    def _send_sms(self, phone: str, template: str, context: dict[str, Any]) -> None:
        queue_message(channel="sms", recipient=phone, template=template, context=context, at=clock.now())


class TwoStepAdapter(DefaultMFAAdapter):
    """Two-step sign-in in our words."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, **TWO_STEP_ERRORS}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor.is_required_of(authenticator.user)

    def encrypt(self, text: str) -> str:
        """The key of an authenticator never lies open in the database or a dump of it."""
        return wrap(text.encode(), key=settings.KEY_WRAPPING_KEY, label=FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unwrap(encrypted_text, key=settings.KEY_WRAPPING_KEY, label=FACTOR).decode()
