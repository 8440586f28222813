"""Tracks and groups of an edition, before the registration opens."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from accounts.models import User
from competitions.errors import CodeTaken, StillInUse
from competitions.models import Edition, Group, Stage, Track
from competitions.queries.freeze import require_unopened
from competitions.queries.locks import lock_edition
from core.audit import journal


@transaction.atomic
def save_track(
    *, edition: Edition, code: str, name: str, track: Track | None = None, actor: User, at: datetime
) -> Track:
    """Adds a track or renames one. Refuses a code in use and any change after the registration has opened."""
    locked = _open_books(edition, at)
    saved = track or Track(edition=locked, position=_next(locked.tracks))
    saved.code, saved.name = code, name.strip()
    return _save(saved, "competitions.track.saved", locked, actor, at)


@transaction.atomic
def save_group(*, track: Track, code: str, name: str, group: Group | None = None, actor: User, at: datetime) -> Group:
    """Adds a group to a track or renames one; refusals as for tracks."""
    locked = _open_books(track.edition, at)
    saved = group or Group(track=track, position=_next(track.groups))
    saved.code, saved.name = code, name.strip()
    return _save(saved, "competitions.group.saved", locked, actor, at)


@transaction.atomic
def remove_group(*, group: Group, actor: User, at: datetime) -> Group:
    """Takes out a group with its quotas. Refuses when entries are in it and after the registration has opened."""
    return _remove(group, "competitions.group.removed", _open_books(group.track.edition, at), actor, at)


@transaction.atomic
def remove_track(*, track: Track, actor: User, at: datetime) -> Track:
    """Takes out a track with its groups and its own rubrics; refusals as for groups."""
    return _remove(track, "competitions.track.removed", _open_books(track.edition, at), actor, at)


def _open_books(edition: Edition, at: datetime) -> Edition:
    locked = lock_edition(edition)
    require_unopened(locked, Stage.Kind.REGISTRATION, what="赛道和组别", at=at)
    return locked


def _next(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _save(row, verb: str, edition: Edition, actor: User, at: datetime):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CodeTaken(value=row.code) from error
    journal.record(
        verb=verb, obj=row, actor=actor, at=at, edition=edition.slug, after={"code": row.code, "name": row.name}
    )
    return row


def _remove(row, verb: str, edition: Edition, actor: User, at: datetime):
    journal.record(
        verb=verb, obj=row, actor=actor, at=at, edition=edition.slug, before={"code": row.code, "name": row.name}
    )
    try:
        with transaction.atomic():
            type(row).objects.get(pk=row.pk).delete()
    except ProtectedError as error:
        raise StillInUse(name=row.name) from error
    return row
