"""Stored files that no row knows: a process was killed between the disk and the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models

KEPT_FOR = timedelta(hours=48)


def sweep_orphans(*, at: datetime) -> int:
    """Deletes files older than two days that no FileField names, in folders that belong to FileFields alone.

    Only what lies under the fixed first part of an `upload_to` is looked at; everything else under the store is left.
    """
    fields = _file_fields()
    old = (at - KEPT_FOR).timestamp()
    gone = 0
    for folder in sorted(filter(None, {_folder(field) for field in fields})):
        for storage, path, name in _stored(fields, folder):
            if path.stat().st_mtime < old and not _is_known(fields, name):
                storage.delete(name)
                gone += 1
    return gone


def _file_fields() -> list[models.FileField]:
    found = [field for model in apps.get_models() for field in model._meta.get_fields()]
    return [field for field in found if isinstance(field, models.FileField) and isinstance(field.storage, FileSystemStorage)]


def _folder(field: models.FileField) -> str:
    """`attachments` of `attachments/%Y/%m/`; empty where the folder is computed."""
    return field.upload_to.split("/")[0].split("%")[0] if isinstance(field.upload_to, str) else ""


def _stored(fields: list[models.FileField], folder: str) -> Iterator[tuple[Storage, Path, str]]:
    storage = next(field.storage for field in fields if _folder(field) == folder)
    root = Path(storage.path(""))
    for path in (root / folder).rglob("*"):
        if path.is_file():
            yield storage, path, path.relative_to(root).as_posix()


def _is_known(fields: list[models.FileField], name: str) -> bool:
    return any(field.model._default_manager.filter(**{field.name: name}).exists() for field in fields)
