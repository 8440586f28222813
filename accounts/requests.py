"""The request as the views behind a sign-in see it."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations only: what `login_required` lets through has a person as its `user`."""

    user: User
