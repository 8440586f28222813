"""Jobs of the installation itself."""

from __future__ import annotations

from core import clock
from core.jobs import job
from jianggaosai import heartbeat


@job(name="jianggaosai.note_worker", time_limit=30)
def note_worker() -> None:
    heartbeat.note_worker(clock.now())
