"""The step of a sign-in that makes sure a person can be reached."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage

from accounts.verification import remember_address


class ReachableStage(EmailVerificationStage):
    """allauth wants a confirmed e-mail address of everybody; whoever comes with a confirmed mobile is let through too.

    It stands where allauth's stage stood and keeps its key, so that the page for the code finds it.
    """

    def handle(self) -> Any:
        user = self.login.user
        if user is not None:
            remember_address(user)
            if user.mobile_verified and not self.login.email:
                return None, True
        return super().handle()
