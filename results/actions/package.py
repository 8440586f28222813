"""Packages of an edition: asked for, built, thrown away."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from datetime import datetime, timedelta
from typing import IO

from django.core.files import File
from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.models import Edition
from core import jobs
from core.actor import SYSTEM
from core.audit import journal
from core.errors import NotAllowed, Refusal
from results.errors import PackageEmpty, PackageRunning
from results.exports.packages import KINDS
from results.models import EditionPackage

KEPT_FOR = timedelta(days=7)
LOST_AFTER = timedelta(minutes=15)  # longer than the job may run


@transaction.atomic
def request_package(*, edition: Edition, kind: str = "edition", actor: User, at: datetime) -> EditionPackage:
    """Queues the building of a package for whoever may take it; `kind` is one of results.exports.packages.KINDS.

    Refuses one that is being built already (PackageRunning), and one that would be empty (PackageEmpty).
    """
    wanted = KINDS[kind]
    if not actor.has_perm(wanted.permission, edition):
        raise NotAllowed
    if not wanted.has_parts(edition, at):
        raise PackageEmpty(name=wanted.name)
    try:
        with transaction.atomic():
            package = EditionPackage.objects.create(
                edition=edition, kind=kind, requested_at=at, touched_at=at, requested_by=actor
            )
    except IntegrityError:
        raise PackageRunning(name=wanted.name) from None
    journal.record(
        verb="results.package.requested", obj=package, actor=actor, at=at, edition=edition.slug, after={"kind": kind}
    )
    jobs.enqueue("results.build_package", package_id=package.pk)
    return package


def build_package(*, package_id: int, at: datetime) -> EditionPackage:
    """Builds what was asked for, telling after each part how far it is. Safe to run twice.

    Not one transaction: progress must be seen. The file is stored when it is whole, and only then the row says so.
    """
    package = EditionPackage.objects.select_related("edition", "requested_by").get(pk=package_id)
    if package.state != EditionPackage.State.QUEUED:
        return package
    parts = KINDS[package.kind].parts(package.edition, at, package.requested_by)
    _note(package, steps=len(parts), done=0, touched_at=at)
    with tempfile.TemporaryFile() as stream:
        try:
            _write(package, parts, stream, at)
        except Refusal as refusal:
            return _finish(package, EditionPackage.State.FAILED, at, message=refusal.text[:300])
        return _store(package, stream, at)


def _write(package: EditionPackage, parts: list, stream: IO[bytes], at: datetime) -> None:
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, part in enumerate(parts, start=1):
            for name, content in part():
                archive.writestr(name, content)
                hashes[name] = hashlib.sha256(content).hexdigest()
            _note(package, done=done)
        head = {"edition": package.edition.slug, "made_at": at.isoformat(), "files": hashes}
        archive.writestr("manifest.json", json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True))


def _store(package: EditionPackage, stream: IO[bytes], at: datetime) -> EditionPackage:
    package.size = stream.seek(0, 2)
    stream.seek(0)
    package.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    package.file.save(f"{package.public_id}.zip", File(stream), save=False)
    package.expires_at = at + KEPT_FOR
    return _finish(package, EditionPackage.State.DONE, at)


@transaction.atomic
def _finish(package: EditionPackage, state: str, at: datetime, message: str = "") -> EditionPackage:
    package.state, package.finished_at, package.message = state, at, message
    package.save(update_fields=["state", "finished_at", "message", "file", "size", "sha256", "expires_at"])
    journal.record(
        verb="results.package.built" if state == EditionPackage.State.DONE else "results.package.failed",
        obj=package,
        actor=SYSTEM,
        at=at,
        edition=package.edition.slug,
        after={"kind": package.kind, "size": package.size, "sha256": package.sha256, "message": message},
    )
    return package


def _note(package: EditionPackage, **fields: object) -> None:
    for name, value in fields.items():
        setattr(package, name, value)
    package.save(update_fields=list(fields))


@transaction.atomic
def drop_expired_packages(*, at: datetime) -> int:
    """Deletes the files whose time is over; the rows stay and say so. Returns how many."""
    over = list(EditionPackage.objects.select_for_update().filter(state=EditionPackage.State.DONE, expires_at__lte=at).order_by("pk"))
    for package in over:
        package.file.delete(save=False)
        package.state = EditionPackage.State.EXPIRED
        package.save(update_fields=["state", "file"])
    return len(over)


def waiting_packages(at: datetime) -> list[int]:
    """Requests whose message was lost, or whose worker died."""
    late = EditionPackage.objects.filter(state=EditionPackage.State.QUEUED, touched_at__lt=at - LOST_AFTER)
    return list(late.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def record_export(
    *, edition: Edition, what: str, fmt: str, is_personal: bool, is_part: bool = False, actor: User, at: datetime
) -> None:
    """Writes that somebody took a list as a file, whole or narrowed; lists that name people have a word of their own."""
    after = {"list": what, "format": fmt, **({"narrowed": True} if is_part else {})}
    verb = "results.export.personal-taken" if is_personal else "results.export.taken"
    journal.record(verb=verb, obj=edition, actor=actor, at=at, edition=edition.slug, after=after)
