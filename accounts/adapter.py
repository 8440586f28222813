"""How allauth reaches our users: mail through the outbox, phone numbers in `User.mobile`, codes by SMS."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from accounts.models import User
from core import clock
from core.outbox.send import queue_message


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail or mobile."""

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        User.objects.filter(pk=user.pk, mobile=phone).update(mobile_verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(mobile=phone).order_by("-mobile_verified").first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        queue_message(channel="sms", recipient=phone, template="sign_in_code", context={"code": code}, at=clock.now())
