"""That an edition's voters were forgotten: when and by whom."""

from __future__ import annotations

from django.db import models

from competitions.models import Edition
from core.append_only import AppendOnly


class VoterErasure(AppendOnly):
    """Key, salts, evidence and identities of this edition's voters were destroyed; `by` is an actor's code.

    The same is written into a file beside the database, because a restored backup knows nothing of it.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="voter_erasure", primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
