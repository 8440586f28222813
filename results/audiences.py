"""The finalists an organiser can write to, once they are determined."""

from __future__ import annotations

from collections.abc import Iterator

from competitions.models import Edition
from core.outbox.audiences import Audience, Recipient
from entries.audiences import contacts_of
from results.queries.state import finalists


def _finalists(edition: Edition) -> Iterator[Recipient]:
    return contacts_of(finalists(edition))


AUDIENCES = (Audience("results.finalists", "入围决赛的单位", _finalists, 20),)
