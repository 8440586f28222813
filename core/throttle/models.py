"""Token buckets in the database: they hold across processes, in the embedded mode too."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """Tokens left under a key, as of `updated_at`."""

    key = models.CharField(max_length=120, primary_key=True)
    tokens = models.FloatField()
    updated_at = models.DateTimeField(db_index=True)
