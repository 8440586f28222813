"""The file of a backup: a ZIP whose manifest names every member with its SHA-256.

    manifest.json                 written last: an archive without it is not whole
    tables/<table>.jsonl          one line a row
    media/…  public/…             uploads, and what was published
    erasures.jsonl                which voters were forgotten; a restore forgets them again
    keys.json                     only with a passphrase
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.json"
ERASURES = "erasures.jsonl"
CHUNK = 1024 * 1024


class BadArchive(Exception):
    """The file is not a whole and unaltered backup of ours; the message says in Chinese what is wrong."""


def table_member(table: str) -> str:
    return f"tables/{table}.jsonl"


class Writer:
    """Writes members and keeps their hashes for the manifest."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> int:
        """Writes a member; returns the number of chunks. Pictures and PDF files are not packed a second time."""
        digest, size, count = hashlib.sha256(), 0, 0
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size, count = size + len(chunk), count + 1
        self.members[name] = {"sha256": digest.hexdigest(), "size": size}
        return count

    def finish(self, manifest: dict[str, Any]) -> None:
        """Writes the manifest and closes the file."""
        text = json.dumps({"format": FORMAT, **manifest, "members": self.members}, ensure_ascii=False, indent=1)
        self._zip.writestr(MANIFEST, text)
        self._zip.close()

    def abandon(self) -> None:
        self._zip.close()


class Reader:
    """An archive whose every member was checked against the manifest before anything is read from it."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            raise BadArchive(f"{path.name} 不是完整的备份文件：没有清单，或文件不完整。") from None
        if self.manifest.get("format") != FORMAT:
            raise BadArchive(f"{path.name} 的格式是 {self.manifest.get('format')}，本版本只认 {FORMAT}。")

    def check(self) -> None:
        """Reads every member once. Refuses (BadArchive) a missing, added or altered one, and a name that leaves its folder."""
        named = set(self.manifest["members"])
        there = set(self._zip.namelist()) - {MANIFEST}
        if odd := sorted(named ^ there):
            raise BadArchive(f"备份内容与清单不符：{odd[0]}。")
        for name in sorted(named):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise BadArchive(f"备份中的文件名不安全：{name}。")
            digest = hashlib.sha256()
            try:
                for chunk in self.chunks(name):
                    digest.update(chunk)
            except (zipfile.BadZipFile, OSError, EOFError):
                raise BadArchive(f"备份中的 {name} 已损坏。") from None
            if digest.hexdigest() != self.manifest["members"][name]["sha256"]:
                raise BadArchive(f"备份中的 {name} 被改动过，与清单的校验值不符。")

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as source:
            while chunk := source.read(CHUNK):
                yield chunk

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as source:
            yield from source

    def names(self, folder: str) -> list[str]:
        return sorted(name for name in self.manifest["members"] if name.startswith(f"{folder}/"))

    def read(self, name: str) -> bytes:
        return self._zip.read(name)

    def has(self, name: str) -> bool:
        return name in self.manifest["members"]
