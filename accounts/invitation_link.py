"""The signed link of an invitation. Its term and its single use stand in the row, not in the link."""

from __future__ import annotations

from django.core.signing import Signer

_signer = Signer(salt="accounts.invitation", sep="~")


def make_token(public_id: str) -> str:
    """The part of the address that stands for an invitation."""
    return _signer.sign(public_id)


def read_token(token: str) -> str:
    """The invitation's `public_id`; raises BadSignature on a link we did not make."""
    return _signer.unsign(token)
