"""MP4: boxes that fit into each other and into the file, at least one track, nothing locked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.files.errors import FileBroken, FileEncrypted

BRANDS = (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash", b"3gp", b"f4v")
HEADER = 8
LONG_HEADER = 16
MAX_BOXES = 10_000
INTO = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
LOCKED = {b"encv", b"enca"}
Box = tuple[bytes, int, int]


class _Faulty(Exception):
    pass


def check_movie(path: Path, kind: str, name: str) -> None:
    """Refuses a film that is cut off, of another family, without a track or with copy protection. Reads headers only."""
    with path.open("rb") as stream:
        try:
            top = list(_boxes(stream, 0, path.stat().st_size))
            if not _has_brand(stream, top) or b"mdat" not in [box for box, *_ in top]:
                raise _Faulty
            found = [one for box in top if box[0] == b"moov" for one in _inside(stream, box, 0)]
        except _Faulty:
            raise FileBroken(name=name) from None
    kinds = {box for box, *_ in found}
    if kinds & LOCKED:
        raise FileEncrypted(name=name)
    if not {b"mvhd", b"trak", b"stsd"} <= kinds:
        raise FileBroken(name=name)


def _boxes(stream: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """(type, start of the content, end) of each box between `start` and `end`, which they must fill exactly."""
    for _ in range(MAX_BOXES):
        if start == end:
            return
        stream.seek(start)
        head = stream.read(LONG_HEADER)
        if len(head) < HEADER:
            raise _Faulty
        length, kind, header = int.from_bytes(head[:4]), head[4:8], HEADER
        if length == 1:
            length, header = int.from_bytes(head[8:16]), LONG_HEADER
        elif length == 0:
            length = end - start
        if length < header or start + length > end:
            raise _Faulty
        yield kind, start + header, start + length
        start += length
    raise _Faulty


def _inside(stream: BinaryIO, box: Box, depth: int) -> Iterator[Box]:
    """The boxes within `box`, those of the containers on the way to the sample descriptions included."""
    kind, start, end = box
    if depth > len(INTO) + 1:
        raise _Faulty
    for one in _boxes(stream, start + (HEADER if kind == b"stsd" else 0), end):
        yield one
        if one[0] in INTO or one[0] == b"stsd":
            yield from _inside(stream, one, depth + 1)


def _has_brand(stream: BinaryIO, top: list[Box]) -> bool:
    if not top or top[0][0] != b"ftyp" or top[0][2] - top[0][1] < 4:
        return False
    stream.seek(top[0][1])
    return stream.read(4).startswith(BRANDS)
