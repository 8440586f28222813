"""Writes a backup."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.clock import local
from jianggaosai.backup import secrets
from jianggaosai.backup.archive import CHUNK, ERASURES, KEYS, Writer, table_member
from jianggaosai.backup.proofs import proofs
from jianggaosai.backup.snapshot import snapshot
from jianggaosai.backup.tables import columns, kept_models, lines
from voting.queries.forgetting import erasure_log

PREFIX = "jianggaosai-"
PACKED_ALREADY = {".zip", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".mp4", ".docx", ".xlsx", ".pptx"}
Tell = Callable[[str], None]


def media_folders() -> dict[str, Path]:
    """Folder in the archive → folder on disk."""
    return {"media": Path(settings.MEDIA_ROOT), "public": Path(settings.PUBLIC_MEDIA_ROOT)}


def make_backup(*, folder: Path, passphrase: str, at: datetime, tell: Tell) -> Path:
    """Writes `folder/jianggaosai-<day>-<time>.zip` and returns it. Nobody is held up meanwhile.

    The file gets its name only when it is whole and on disk. Rows are of one moment; files are copied after it, and files of
    ours never change, so that each row finds its own. Without a passphrase the keys are not in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{PREFIX}{local(at):%Y%m%d-%H%M%S}.zip"
    draft = path.with_suffix(".partial")
    writer = Writer(draft)
    try:
        with snapshot():
            tables = {model._meta.db_table: _write_table(writer, model, tell) for model in kept_models()}
            proven = proofs()
            migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        files = sum(_write_folder(writer, name, root) for name, root in media_folders().items())
        tell(f"文件 {files:,} 个")
        if erasure_log().exists():
            writer.add(ERASURES, [erasure_log().read_bytes()])
        if passphrase:
            writer.add(KEYS, [secrets.sealed_keys(passphrase)])
        writer.finish(
            {
                "made_at": at.isoformat(),
                "database": connection.vendor,
                "migrations": migrations,
                "tables": tables,
                "keys": secrets.fingerprints(),
                "proofs": proven,
            }
        )
    except BaseException:
        writer.abandon()
        draft.unlink(missing_ok=True)
        raise
    _keep(draft, path)
    return path


def _write_table(writer: Writer, model: type, tell: Tell) -> dict[str, object]:
    table = model._meta.db_table  # type: ignore[attr-defined]
    count = writer.add(table_member(table), lines(model))
    if count:
        tell(f"{table} {count:,} 行")
    return {"columns": columns(model), "rows": count}


def _write_folder(writer: Writer, name: str, root: Path) -> int:
    count = 0
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            try:
                writer.add(f"{name}/{path.relative_to(root).as_posix()}", _read(path), packed=path.suffix not in PACKED_ALREADY)
                count += 1
            except FileNotFoundError:  # deleted by its owner since the listing: no row of the next backup names it
                continue
    return count


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _keep(draft: Path, path: Path) -> None:
    """On disk first, then under its name."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def drop_older(folder: Path, *, keep: int) -> list[Path]:
    """Deletes all but the `keep` newest backups of a folder; returns what is gone."""
    found = sorted(folder.glob(f"{PREFIX}*.zip"), reverse=True)
    for path in found[keep:]:
        path.unlink()
    return found[keep:]
