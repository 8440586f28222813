"""A purpose of its own: uploads are tested without any app that wants them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.actor import System
from core.errors import NotAllowed
from core.files import PDF, PPTX, CheckedFile
from core.uploads import purposes
from core.uploads.purposes import Allowance, Purpose
from tests.factories import moments

AT = moments.DURING_REGISTRATION


@dataclass
class Shelf:
    """What the purpose allows and what it was given."""

    kinds: tuple[str, ...] = (PDF, PPTX)
    room: int | None = 10_000_000
    max_size: int = 5_000_000
    is_open: bool = True
    fault: Exception | None = None
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def allow(self, user: Any, target: str, slot: str, at: Any) -> Allowance:
        if not self.is_open:
            raise NotAllowed
        return Allowance(self.kinds, self.max_size, self.room)

    def take(self, user: Any, target: str, slot: str, checked: CheckedFile, at: Any) -> str:
        if self.fault:
            raise self.fault
        self.taken.append((target, checked.original_name, checked.sha256))
        return f"/shelf/{target}/"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Shelf:
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    settings.UPLOAD_ROOT.mkdir()
    found = Shelf()
    monkeypatch.setitem(purposes._PURPOSES, "test.shelf", Purpose(code="test.shelf", allow=found.allow, take=found.take))
    return found


@pytest.fixture
def sender() -> System:
    return System(actor_code="sender", actor_label="送件人")


def left_on_disk(root: Path) -> list[str]:
    return sorted(path.name for path in Path(root).glob("*"))
