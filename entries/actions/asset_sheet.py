"""Taking patents out of a spreadsheet: read, mapped, mended, and written into the list only when asked to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.table_import import Line
from entries.actions.assets import MAX_ROWS
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import NoNumberColumn, TooManyRows
from entries.models import AssetSheet, Entry, IPAsset
from entries.pure.sheet_columns import HEADINGS, find_headings, guess_columns, map_headings
from entries.queries.asset_sheet import judge_sheet
from entries.queries.dossier import open_dossier

KEPT_FOR = timedelta(days=14)


@transaction.atomic
def keep_sheet(*, entry: Entry, name: str, sheets: list[list[Line]], actor: User, at: datetime) -> AssetSheet:
    """Keeps the likeliest of `sheets` (core.table_import) for this person to look at; one waiting before is replaced.

    Nothing is written into the list. Refuses an entry whose list is not open to change and more than MAX_ROWS rows.
    """
    locked = open_for_edit(entry, None, at)
    refuse_locked(locked, {"assets": "专利清单的增减和次序"})
    header, mapping, lines = max((_arranged(one) for one in sheets), key=_likeness)
    if len(lines) > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS, count=len(lines))
    AssetSheet.objects.filter(entry=locked, user=actor).delete()
    rows = [{"n": line.number, "c": line.cells} for line in lines]
    return AssetSheet.objects.create(
        entry=locked, user=actor, name=name, header=header, rows=rows, mapping=mapping, created_at=at
    )


@transaction.atomic
def map_sheet(*, sheet: AssetSheet, mapping: list[str], actor: User, at: datetime) -> AssetSheet:
    """Says which column is which; a column named twice counts where it is named first. Refuses one without numbers."""
    given: list[str] = []
    for column in mapping[: len(sheet.mapping)]:
        given.append(column if column in HEADINGS and column not in given else "")
    given += [""] * (len(sheet.mapping) - len(given))
    if "number_raw" not in given:
        raise NoNumberColumn
    sheet.mapping = given
    sheet.save(update_fields=["mapping"])
    return sheet


@transaction.atomic
def mend_sheet(*, sheet: AssetSheet, cells: dict[tuple[int, str], str], actor: User, at: datetime) -> AssetSheet:
    """Puts `cells` ((number of the row, column) → text) in place of what was read; a column the sheet does not have is
    added to it. Rows that are not there are passed over."""
    locked = AssetSheet.objects.select_for_update().get(pk=sheet.pk)
    rows = {raw["n"]: raw["c"] for raw in locked.rows}
    for (number, column), text in cells.items():
        if number not in rows or column not in HEADINGS:
            continue
        if column not in locked.mapping:
            locked.mapping.append(column)
            locked.header = [*locked.header, *[""] * (len(locked.mapping) - 1 - len(locked.header)), HEADINGS[column]]
        place = locked.mapping.index(column)
        rows[number].extend([""] * (place + 1 - len(rows[number])))
        rows[number][place] = text
    locked.save(update_fields=["header", "rows", "mapping"])
    return locked


@transaction.atomic
def import_sheet(*, sheet: AssetSheet, actor: User, at: datetime) -> list[IPAsset]:
    """Writes the good rows at the end of the list; those with faults stay in the sheet, repetitions are dropped.

    Everything is judged anew on the list as it is now. Refuses a list that would hold more than MAX_ROWS, and an entry
    whose list is not open to change.
    """
    locked = open_for_edit(sheet.entry, None, at)
    refuse_locked(locked, {"assets": "专利清单的增减和次序"})
    current = AssetSheet.objects.select_for_update().get(pk=sheet.pk)
    dossier = open_dossier(locked)
    judged = judge_sheet(current, dossier, clock.local_day(at))
    count = len(dossier.assets) + len(judged.good)
    if count > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS, count=count)
    last = locked.assets.aggregate(last=Max("position"))["last"] or 0
    added = IPAsset.objects.bulk_create(
        IPAsset(entry=locked, position=last + place, number=row.canonical, **row.values)
        for place, row in enumerate(judged.good, start=1)
    )
    _put_away(current, {row.number for row in judged.faulty})
    if added:
        after = {"name": current.name, "rows": len(added)}
        close_edit(locked, changed=["assets"], before={}, after=after, actor=actor, at=at)
    return added


def drop_sheet(*, sheet: AssetSheet, actor: User, at: datetime) -> None:
    """Throws the sheet away; the list stays as it is."""
    AssetSheet.objects.filter(pk=sheet.pk).delete()


def _put_away(sheet: AssetSheet, left: set[int]) -> None:
    sheet.rows = [raw for raw in sheet.rows if raw["n"] in left]
    if sheet.rows:
        sheet.save(update_fields=["rows"])
    else:
        sheet.delete()


def _arranged(lines: list[Line]) -> tuple[list[str], list[str], list[Line]]:
    """(headings, columns, rows) of one sheet."""
    head = find_headings([line.cells for line in lines])
    header = lines[head].cells if head is not None else []
    rows = lines[head + 1 :] if head is not None else lines
    mapping = map_headings(header) if header else guess_columns([line.cells for line in rows])
    width = max([len(mapping), *(len(line.cells) for line in rows)])
    return header, [*mapping, *[""] * (width - len(mapping))], rows


def _likeness(arranged: tuple[list[str], list[str], list[Line]]) -> tuple[bool, int, int]:
    _, mapping, rows = arranged
    return "number_raw" in mapping, sum(map(bool, mapping)), len(rows)


def sweep_sheets(*, at: datetime) -> int:
    """Forgets spreadsheets nobody has imported for KEPT_FOR: they hold what somebody typed, and the list holds nothing of
    them. Returns how many went. Housekeeping, so no journal line."""
    return AssetSheet.objects.filter(created_at__lte=at - KEPT_FOR).delete()[0]
