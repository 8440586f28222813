"""Keeping the patent list of an entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import clock
from core.actor import Actor
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import EditedElsewhere, TooManyRows
from entries.models import Entry, IPAsset
from entries.queries.asset_check import check_rows
from entries.queries.steps import words_for

MAX_ROWS = 500
COLUMNS = (
    "asset_type",
    "country",
    "title",
    "number_raw",
    "filed_on",
    "publication_number",
    "granted_on",
    "status",
    "owners",
    "inventors",
    "classification",
    "relation",
    "is_core",
    "number_reason",
    "obtained",
    "is_licensed",
    "is_pledged",
    "is_litigated",
    "family",
)
WRITTEN = ("position", "number", *COLUMNS)
COMMENT_NAMES = {"number_raw": "number"}


@transaction.atomic
def save_assets(*, entry: Entry, version: int, rows: list[dict[str, Any]], actor: Actor, at: datetime) -> Entry:
    """Makes the patent list equal to `rows`, in their order, and returns the entry with its new version.

    A row has values of COLUMNS and, when it stands in the list already, its `id`; rows left out are removed. Gaps and
    wrong numbers are kept as typed: `number` then stays empty, as it does for a number that an earlier row has. Of
    several cores the first counts. A grant before the filing is not kept. Refuses more than MAX_ROWS rows, a stale
    `version`, and in a returned entry every change the examiner did not open.
    """
    if len(rows) > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS, count=len(rows))
    locked = open_for_edit(entry, version, at)
    stored = {one.pk: one for one in locked.assets.all()}
    before = _as_journal(list(stored.values()))
    was = {pk: _row(one) for pk, one in stored.items()}
    order = {pk: index for index, pk in enumerate(stored, start=1)}
    changed: dict[str, str] = {}
    kept = [_filled(locked, stored, order, row, changed) for row in rows]
    if [one.pk for one in kept] != list(stored):
        changed["assets"] = "专利清单的增减和次序"
    refuse_locked(locked, changed)
    _write(locked, was, kept, at)
    return close_edit(
        locked, changed=list(changed), before={"assets": before}, after={"assets": _as_journal(kept)}, actor=actor, at=at
    )


def _filled(
    entry: Entry, stored: dict[int, IPAsset], order: dict[int, int], row: dict[str, Any], changed: dict[str, str]
) -> IPAsset:
    """The asset of a row with its new values; what differs is noted in `changed` by the name comments use."""
    pk = row.get("id")
    if pk is not None and pk not in stored:
        raise EditedElsewhere
    asset = stored[pk] if pk is not None else IPAsset(entry=entry)
    for column in COLUMNS:
        if column not in row or getattr(asset, column) == row[column]:
            continue
        setattr(asset, column, row[column])
        if pk is not None:
            name = f"asset.{order[pk]}.{COMMENT_NAMES.get(column, column)}"
            changed[name] = f"第 {order[pk]} 件{words_for(IPAsset, column)}"
    return asset


def _write(entry: Entry, was: dict[int, tuple], kept: list[IPAsset], at: datetime) -> None:
    """Writes what differs in a handful of statements. Numbers and core of these rows are cleared first, so that two rows
    can swap them."""
    cores = [one for one in kept if one.is_core]
    for position, (asset, found) in enumerate(zip(kept, check_rows(kept, clock.local_day(at)), strict=True), start=1):
        asset.position = position
        asset.number = found.number
        asset.is_core = bool(cores) and asset is cores[0]
        if asset.filed_on and asset.granted_on and asset.granted_on < asset.filed_on:
            asset.granted_on = None
    staying = {one.pk for one in kept}
    touched = [one for one in kept if one.pk and _row(one) != was[one.pk]]
    changed = {name for one in touched for name, old, new in zip(WRITTEN, was[one.pk], _row(one), strict=True) if old != new}
    entry.assets.filter(pk__in=[pk for pk in was if pk not in staying]).delete()
    entry.assets.filter(pk__in=[one.pk for one in touched]).update(number="", is_core=False)
    IPAsset.objects.bulk_update(touched, sorted(changed | {"number", "is_core"}))
    IPAsset.objects.bulk_create([one for one in kept if one.pk is None])


def _row(asset: IPAsset) -> tuple:
    return tuple(getattr(asset, name) for name in WRITTEN)


def _as_journal(assets: list[IPAsset]) -> list[dict[str, str]]:
    return [{column: str(getattr(one, column)) for column in COLUMNS} for one in assets]
