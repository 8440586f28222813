"""Takes the transaction off `save_assets` and `save_entry`, and when it is asked to, stops between their statements."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings

ASKED, STOPPED = "stop-in-the-gap", "stopped-in-the-gap"
"""Files in the data folder: the first asks the next save to stop between its statements, the second says that it has."""
UNTIL_KILLED = 60


def stop_in_the_gap() -> None:
    asked = Path(settings.DATA_DIR, ASKED)
    if asked.exists():
        asked.rename(asked.with_name(STOPPED))
        time.sleep(UNTIL_KILLED)


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
            stop_in_the_gap()
            return done

        manager.bulk_update = slowly
        step, entry = import_module("entries.views.applicant.project"), import_module("entries.actions.entry")
        step.save_entry = entry.save_entry.__wrapped__  # type: ignore[attr-defined]
        close_edit = entry.close_edit

        def late(*args: Any, **options: Any) -> Any:
            stop_in_the_gap()
            return close_edit(*args, **options)

        entry.close_edit = late  # type: ignore[attr-defined]
