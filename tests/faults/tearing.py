"""Takes the transaction off `save_assets` and `save_entry`, and leaves a moment between their statements."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from django.apps import AppConfig


class Tearing(AppConfig):
    name = "tests.faults"
    label = "tearing"

    def ready(self) -> None:
        """Only now are there models."""
        views, actions = import_module("entries.views.applicant.patents"), import_module("entries.actions.assets")
        views.save_assets = actions.save_assets.__wrapped__  # type: ignore[attr-defined]
        manager = import_module("entries.models").IPAsset.objects
        at_once = manager.bulk_update

        def slowly(*args: Any, **options: Any) -> int:
            done: int = at_once(*args, **options)
            time.sleep(0.3)
            return done

        manager.bulk_update = slowly
        step, entry = import_module("entries.views.applicant.project"), import_module("entries.actions.entry")
        step.save_entry = entry.save_entry.__wrapped__  # type: ignore[attr-defined]
        close_edit = entry.close_edit

        def late(*args: Any, **options: Any) -> Any:
            time.sleep(0.3)
            return close_edit(*args, **options)

        entry.close_edit = late  # type: ignore[attr-defined]
