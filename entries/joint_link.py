"""The signed link of an invitation to take part in an entry. What it still opens stands in the row, not in the link."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse

_signer = Signer(salt="entries.joint", sep="~")


def make_token(public_id: str) -> str:
    """The part of the address that stands for an invitation."""
    return _signer.sign(public_id)


def read_token(token: str) -> str:
    """The invitation's `public_id`; raises BadSignature on a link we did not make."""
    return _signer.unsign(token)


def joint_path(public_id: str) -> str:
    return reverse("entries:joint", args=[make_token(public_id)])


def joint_url(public_id: str) -> str:
    """The whole address, for mails."""
    return settings.SITE_URL + joint_path(public_id)
