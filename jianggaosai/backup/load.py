"""Restores a backup into an empty database."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from core.actor import SYSTEM
from core.planner import learn_sizes
from core.wrapping import BadWrapping
from jianggaosai.backup import secrets
from jianggaosai.backup.archive import ERASURES, KEYS, BadArchive, Reader, table_member
from jianggaosai.backup.make import media_folders
from jianggaosai.backup.proofs import differences, proofs
from jianggaosai.backup.tables import (
    clear_made_by_migrate,
    columns,
    continue_counting,
    insert,
    kept_models,
    tables_in_use,
)
from voting.actions.forget import replay_erasures
from voting.queries.forgetting import erasure_log

Tell = Callable[[str], None]


class NotRestorable(Exception):
    """The archive is whole, but does not fit here; the message says in Chinese why and what to do."""


def restore_backup(*, path: Path, passphrase: str, accept_other_keys: bool, at: datetime, tell: Tell) -> None:
    """Puts the archive's rows and files into this installation. All or nothing for the database.

    Voters who were forgotten, here or where the archive was made, are forgotten again, however old the archive is.

    Refuses (BadArchive) a damaged or altered archive; (NotRestorable) a database that holds somebody's rows, other
    migrations than the archive's, other keys unless accepted, a wrong passphrase, and an archive whose ledgers, journal or
    results do not come out as they were.
    """
    reader = Reader(path)
    reader.check()
    _check_place(reader)
    keys = _keys(reader, passphrase, accept_other_keys)
    for folder, root in media_folders().items():
        _write_folder(reader, folder, root)
    _join_erasures(reader)
    with transaction.atomic():
        clear_made_by_migrate()
        for model in kept_models():
            count = insert(model, reader.lines(table_member(model._meta.db_table)))
            if count:
                tell(f"{model._meta.db_table} {count:,} 行")
        continue_counting()
        learn_sizes()
        if odd := differences(reader.manifest["proofs"], proofs()):
            raise NotRestorable(f"恢复后的数据与备份时不一致（{'、'.join(odd)}），没有写入任何内容。")
        for edition in replay_erasures(actor=SYSTEM, at=at):
            tell(f"{edition} 的投票人已再次遗忘")
    if keys:
        secrets.write_keys(keys, Path(settings.DATA_DIR) / "keys")


def _check_place(reader: Reader) -> None:
    here = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    there = reader.manifest["migrations"]
    if odd := sorted(set(here) ^ set(there)):
        raise NotRestorable(f"数据库结构与备份不同（{odd[0]}）。请用做备份时的版本恢复，再升级。")
    for model in kept_models():
        if columns(model) != reader.manifest["tables"].get(model._meta.db_table, {}).get("columns"):
            raise NotRestorable(f"表 {model._meta.db_table} 的列与备份不同。请用做备份时的版本恢复，再升级。")
    if used := tables_in_use():
        raise NotRestorable(f"数据库不是空的（{used[0]} 有数据）。请在新建并执行过 migrate 的数据库中恢复。")


def _keys(reader: Reader, passphrase: str, accept_other: bool) -> dict[str, str] | None:
    """The keys to write (embedded mode), or None when this installation has the archive's keys already."""
    if reader.manifest["keys"] == secrets.fingerprints():
        return None
    if passphrase and reader.has(KEYS):
        try:
            keys = secrets.open_keys(reader.read(KEYS), passphrase)
        except BadWrapping:
            raise NotRestorable("BACKUP_PASSPHRASE 打不开备份中的密钥，请核对做备份时的口令。") from None
        if settings.KEYS_FROM_ENVIRONMENT:
            raise NotRestorable("环境变量中的 LEDGER_SIGNING_KEY 或 KEY_WRAPPING_KEY 与备份不同，请先改为备份时的密钥。")
        return keys
    if accept_other:
        return None
    raise NotRestorable(
        "这里的密钥与备份时不同：账本不能以原来的名义续写，也认不出原来的投票人。请设置备份时的密钥，或提供 BACKUP_PASSPHRASE；"
        "确认不再需要时可加 --accept-other-keys。"
    )


def _join_erasures(reader: Reader) -> None:
    """Adds the archive's erasures to those known here; lines that stand here already are not written twice."""
    if not reader.has(ERASURES):
        return
    path = erasure_log()
    known = path.read_bytes().splitlines() if path.exists() else []
    with path.open("ab") as log:
        log.writelines(line + b"\n" for line in reader.read(ERASURES).splitlines() if line not in known)
        log.flush()
        os.fsync(log.fileno())


def _write_folder(reader: Reader, folder: str, root: Path) -> None:
    for name in reader.names(folder):
        target = (root / name.removeprefix(f"{folder}/")).resolve()
        if not target.is_relative_to(root.resolve()):
            raise BadArchive(f"备份中的文件名不安全：{name}。")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for chunk in reader.chunks(name):
                out.write(chunk)
