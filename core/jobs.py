"""How work leaves a request: `job` makes a task, `enqueue` queues one by name after the transaction has committed.

Every job is safe to run twice and safe to miss: what is queued has a row with a state, and a periodic sweep finds what
was lost. Actions therefore never import tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import current_app, shared_task
from django.db import transaction


def job(*, name: str, time_limit: int = 300, retry_on: tuple[type[Exception], ...] = ()) -> Callable:
    """The only task decorator. `time_limit` in seconds; `retry_on` names errors worth three more tries."""
    retries: dict[str, Any] = {"autoretry_for": retry_on, "retry_backoff": 2, "max_retries": 3} if retry_on else {}
    return shared_task(
        name=name,
        acks_late=True,
        reject_on_worker_lost=True,
        soft_time_limit=time_limit,
        time_limit=time_limit + 30,
        ignore_result=True,
        **retries,
    )


def enqueue(name: str, **ids: Any) -> None:
    """Queues the job `name` with keyword arguments (identifiers only) once the current transaction is committed."""

    def send() -> None:
        task = current_app.tasks.get(name)
        if task is None:
            raise LookupError(f"no such job: {name}")
        task.apply_async(kwargs=ids)

    transaction.on_commit(send)
