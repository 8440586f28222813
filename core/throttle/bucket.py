"""Limits against load (never against people: an address is not a person)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from core.errors import TooManyRequests
from core.throttle.models import Bucket


def take(*, key: str, capacity: int, seconds: int, at: datetime) -> None:
    """Takes one token of `capacity` that refill over `seconds`; `TooManyRequests` when there is none.

    `key` names the limit and whom it counts ("token:203.0.113.7"); it is stored as a hash.
    """
    name = _name(key)
    rate = capacity / seconds
    with transaction.atomic():
        bucket, _ = Bucket.objects.select_for_update().get_or_create(
            key=name, defaults={"tokens": capacity, "updated_at": at}
        )
        passed = max((at - bucket.updated_at).total_seconds(), 0)
        tokens = min(capacity, bucket.tokens + passed * rate)
        if tokens >= 1:
            Bucket.objects.filter(pk=name).update(tokens=tokens - 1, updated_at=at)
    if tokens < 1:
        raise TooManyRequests(seconds=max(1, round((1 - tokens) / rate)))


def was_taken(*, key: str) -> bool:
    """Whether anybody ever took from this limit."""
    return Bucket.objects.filter(key=_name(key)).exists()


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
