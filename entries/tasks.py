"""Periodic jobs of the registration: reminders, portfolios frozen before the final, spreadsheets left behind. No deadline
waits for them."""

from __future__ import annotations

from competitions.models import Edition
from core import clock
from core.actor import SYSTEM
from core.jobs import job
from entries.actions.asset_sheet import sweep_sheets
from entries.actions.portfolio import freeze_final_portfolios
from entries.actions.reminder import send_reminders


@job(name="entries.send_reminders")
def send_due_reminders() -> None:
    """Every hour: what has not gone out yet."""
    for edition in _running():
        send_reminders(edition=edition, at=clock.now())


@job(name="entries.freeze_final_portfolios")
def freeze_due_portfolios() -> None:
    """Every ten minutes: editions whose moment has come."""
    for edition in _running():
        freeze_final_portfolios(edition=edition, actor=SYSTEM, at=clock.now())


@job(name="entries.sweep_sheets")
def sweep_waiting_sheets() -> None:
    """Once a day: spreadsheets that were read and never imported."""
    sweep_sheets(at=clock.now())


def _running() -> list[Edition]:
    return list(Edition.objects.filter(published_at__isnull=False, archived_at__isnull=True))
