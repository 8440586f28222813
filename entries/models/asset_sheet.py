"""A table of patents somebody uploaded or pasted, waiting to be imported."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.public_id import new_public_id
from entries.models.entry import Entry


class AssetSheet(models.Model):
    """The cells as they were read, one sheet a person and entry; nothing of it is in the patent list until it is
    imported, and then the sheet is gone. `mapping` has the column of IPAsset for each column of the sheet, "" for one that
    is left out; a row is {"n": its number in the spreadsheet, "c": its cells}."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sheets")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="entries_assetsheet_once", fields=["entry", "user"])]
