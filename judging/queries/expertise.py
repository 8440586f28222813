"""The fields of judges and entries, as the assignment compares them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from entries.models import Entry
from judging.models import JudgeProfile, PanelSeat
from judging.pure.assignment import Judge, Subject

SUBCLASS = re.compile(r"[A-H]\d{2}[A-Z]")


def judges_of(seats: Iterable[PanelSeat]) -> tuple[Judge, ...]:
    """Each seat with the field its judge's profile names; without a profile it fits nothing in particular."""
    listed = list(seats)
    profiles = JudgeProfile.objects.in_bulk([seat.judge_id for seat in listed])
    return tuple(_judge(seat, profiles.get(seat.judge_id)) for seat in listed)


def subjects_of(entries: Iterable[Entry]) -> tuple[Subject, ...]:
    """Each entry with its industry and the IPC subclasses of its patents. `entry.assets` may be prefetched."""
    return tuple(Subject(entry.code, entry.industry, ipc_of(entry)) for entry in entries)


def ipc_of(entry: Entry) -> frozenset[str]:
    """The IPC subclasses (C09D) named as main class and beside the patents."""
    texts = [entry.ipc_main, *(asset.classification for asset in entry.assets.all())]
    return frozenset(symbol for text in texts for symbol in SUBCLASS.findall(text.upper()))


def _judge(seat: PanelSeat, profile: JudgeProfile | None) -> Judge:
    if profile is None:
        return Judge(seat.label)
    return Judge(seat.label, profile.kind, frozenset(profile.industries), frozenset(profile.ipc))
