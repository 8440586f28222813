"""Files on their way into the store. They lie beside the store, not in it, and go when nobody holds them any more."""

from __future__ import annotations

import os
import secrets
import shutil
import weakref
from pathlib import Path

from django.conf import settings
from django.core.files import File


class WorkingFile:
    """A file of our own under UPLOAD_ROOT; deleted with this object unless it was moved away."""

    def __init__(self, suffix: str = "work") -> None:
        root = Path(settings.UPLOAD_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        self.path = root / f"{secrets.token_hex(16)}.{suffix}"
        self._cleaner = weakref.finalize(self, self.path.unlink, missing_ok=True)

    def discard(self) -> None:
        self._cleaner()

    @classmethod
    def linked(cls, source: Path) -> WorkingFile:
        """The same bytes under a name of their own: `source` may stay where it is or go. Costs no copy on one disk."""
        work = cls()
        try:
            os.link(source, work.path)
        except OSError:
            shutil.copyfile(source, work.path)
        return work


class StoredFile(File):
    """What a FileField moves into its storage. Keeps the working file until then."""

    def __init__(self, work: WorkingFile, name: str) -> None:
        super().__init__(work.path.open("rb"), name=name)
        self._work = work

    def temporary_file_path(self) -> str:
        """FileSystemStorage moves the file instead of copying it."""
        return str(self._work.path)
