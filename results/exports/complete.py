"""What the complete package of an edition holds, part by part.

    名次/       every version of every round's ranking (XLSX, CSV, JSON, PDF) with its record of computation
    名单/       every list of results.exports.lists that whoever asked may take (XLSX)
    公告/       announcements, rules and privacy notice as they were published (Markdown)
    账本/       the vote ledger as published, once the final tally is approved
    manifest.json   every file with its SHA-256
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from accounts.models import User
from competitions.models import Edition
from competitions.queries.access import public_announcements
from core.table_export import write_table
from results.exports.lists import LISTS, ExportList
from results.exports.ranking import FORMATS, export_name, export_ranking
from results.models import RoundResult
from voting.exports.ledger import write_ledger
from voting.queries.campaign import is_final

Member = tuple[str, bytes]
Part = Callable[[], Iterator[Member]]


def complete_parts(edition: Edition, at: datetime, taker: User) -> list[Part]:
    """The parts of the package, each a function that gives its files: (path in the ZIP, content). Of the lists those that
    `taker` could take one by one."""
    results = RoundResult.objects.filter(round__edition=edition).select_related("round__edition", "round__stage", "publication__by")
    parts: list[Part] = [_ranking(result, at) for result in results.order_by("round__position", "version")]
    parts += [_list(one, edition, at) for one in LISTS.values() if taker.has_perm(one.permission, edition)]
    parts.append(lambda: _texts(edition))
    if is_final(edition) and edition.ledger_checkpoints.exists():
        parts.append(lambda: _ledger(edition, at))
    return parts


def _ranking(result: RoundResult, at: datetime) -> Part:
    def members() -> Iterator[Member]:
        name = export_name(result)
        for fmt in FORMATS:
            yield f"名次/{name}.{fmt}", export_ranking(result, fmt, at=at)
        yield f"名次/{name}-计算记录.json", result.record.encode()

    return members


def _list(one: ExportList, edition: Edition, at: datetime) -> Part:
    def members() -> Iterator[Member]:
        yield f"名单/{one.name}.xlsx", write_table(one.build(edition), "xlsx", at=at)

    return members


def _texts(edition: Edition) -> Iterator[Member]:
    for page in edition.pages.filter(published_at__isnull=False).order_by("kind", "version"):
        yield f"公告/{page.get_kind_display()}-第{page.version}版.md", page.body.encode()
    for position, one in enumerate(public_announcements(edition).order_by("published_at", "pk"), start=1):
        yield f"公告/{position:03d}-{_file_name(one.title)}.md", f"# {one.title}\n\n{one.body}\n".encode()


def _file_name(title: str) -> str:
    return "".join("_" if sign in '\\/:*?"<>|' or not sign.isprintable() else sign for sign in title)[:60]


def _ledger(edition: Edition, at: datetime) -> Iterator[Member]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_ledger(edition, root, at=at)
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield f"账本/{path.relative_to(root).as_posix()}", path.read_bytes()
