"""Periodic jobs of accounts."""

from __future__ import annotations

from accounts.actions import power
from core import clock
from core.jobs import job


@job(name="accounts.end_expired_power")
def end_expired_power() -> None:
    """Writes the end of administrators' sessions whose time is over into the journal."""
    power.end_expired_power(at=clock.now())
