"""The public halves of the keys the platform has signed with, kept for ever."""

from __future__ import annotations

from django.db import models

from core.append_only import AppendOnly


class PlatformKey(AppendOnly):
    """A key that signed certificates or draw commitments. Kept when the key is changed, so that both stay verifiable."""

    verifier_key = models.CharField(max_length=300, unique=True)
    first_used_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
