"""allauth's pages of the second factor with what it leaves out: the journal, and that a factor just set up counts as given."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse

from accounts.actions.second_factor import note_second_factor
from core import clock


class Activate(ActivateTOTPView):
    """Whoever has typed the code of a new authenticator has used it: nobody is asked for it again in the same breath."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        user = self.request.user
        record_authentication(self.request, user, "mfa", type=Authenticator.Type.TOTP, reauthenticated=True)
        note_second_factor(user=user, is_on=True, actor=user, at=clock.now())
        return answer


class Deactivate(DeactivateTOTPView):
    """Not for people who must use one (accounts.adapter); no session counts as signed in with it any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        user = self.request.user
        clear_authentication_records(self.request)
        note_second_factor(user=user, is_on=False, actor=user, at=clock.now())
        update_session_auth_hash(self.request, user)
        return answer


activate = Activate.as_view()
deactivate = Deactivate.as_view()
