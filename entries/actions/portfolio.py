"""Freezing portfolios, and the filings an accepted entry adds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from competitions.models import Edition
from core import clock, dates
from core.actor import Actor
from core.audit import journal
from core.canonical import canonical_json, sha256_hex
from core.errors import WrongState
from entries import states
from entries.actions.transition import lock_entry
from entries.errors import FilingUnusable, SupplementClosed
from entries.models import Entry, IPAsset, PortfolioSnapshot
from entries.queries.asset_check import check_row
from entries.queries.content import portfolio_content
from entries.queries.extension import supplement_ends
from entries.queries.portfolio import final_moment, unfrozen_entries

MAX_FILINGS = 50
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
)


def freeze_portfolio(entry: Entry, moment: str, at: datetime) -> PortfolioSnapshot:
    """The patents of the entry as they are, inside the caller's transaction; one snapshot a moment."""
    content = portfolio_content(entry)
    return PortfolioSnapshot.objects.create(
        entry=entry, moment=moment, at=at, content=content, sha256=sha256_hex(canonical_json(content))
    )


def freeze_final_portfolios(*, edition: Edition, actor: Actor, at: datetime) -> int:
    """Freezes the portfolio of every accepted entry once the edition's moment has come; safe to run again. Returns how
    many were frozen. Each entry is a transaction of its own."""
    moment = final_moment(edition)
    if moment is None or at < moment:
        return 0
    count = 0
    for entry in unfrozen_entries(edition):
        with transaction.atomic():
            locked = lock_entry(entry)
            known = locked.snapshots.filter(moment=PortfolioSnapshot.Moment.FINAL)
            if locked.state != states.ACCEPTED or known.exists():
                continue
            snapshot = freeze_portfolio(locked, PortfolioSnapshot.Moment.FINAL, at)
            after = {"moment": snapshot.moment, "sha256": snapshot.sha256}
            journal.record(verb="entries.portfolio.frozen", obj=locked, actor=actor, at=at, edition=edition.slug, after=after)
        count += 1
    return count


@transaction.atomic
def add_filing(*, entry: Entry, values: dict[str, Any], actor: Actor, at: datetime) -> IPAsset:
    """Adds a patent filed since registration to an accepted entry; `values` has COLUMNS.

    The frozen portfolio stays as it is. Refuses before acceptance and after the term (SupplementClosed), and
    (FilingUnusable) a row with faults, without number, title, filing date or owner, filed before the entry was first
    submitted, a number the entry has already, and more than 50. Source: domain rules §0.6, §9.2.
    """
    locked = _open(entry, at)
    asset = IPAsset(entry=locked, added_after_registration=True, is_core=False)
    for column in COLUMNS:
        if column in values:
            setattr(asset, column, values[column])
    _refuse_unusable(locked, asset, at)
    last = locked.assets.order_by("-position").first()
    asset.position = (last.position if last else 0) + 1
    asset.save()
    _close(locked, "entries.filing.added", {}, {"number": asset.number, "title": asset.title}, actor, at)
    return asset


@transaction.atomic
def remove_filing(*, asset: IPAsset, actor: Actor, at: datetime) -> Entry:
    """Takes a filing added after registration out again, within the term; what was frozen at registration stays."""
    locked = _open(asset.entry, at)
    gone = locked.assets.filter(pk=asset.pk, added_after_registration=True).first()
    if gone is None:
        raise FilingUnusable(fault="报名时已填报的专利不能移除。")
    gone.delete()
    _close(locked, "entries.filing.removed", {"number": gone.number, "title": gone.title}, {}, actor, at)
    return locked


def _open(entry: Entry, at: datetime) -> Entry:
    locked = lock_entry(entry)
    if locked.state != states.ACCEPTED:
        raise WrongState(state=states.LABELS[locked.state], verb="填报新增专利")
    _, until = supplement_ends(locked)
    if until is None or at >= until:
        raise SupplementClosed(what="新增专利")
    return locked


def _refuse_unusable(entry: Entry, asset: IPAsset, at: datetime) -> None:
    found = check_row(asset, clock.local_day(at))
    if found.faults:
        raise FilingUnusable(fault=found.faults[0].message)
    asset.number = found.number
    needed = {"number": "申请号", "title": "专利名称", "filed_on": "申请日", "owners": "专利权人（申请人）"}
    missing = [words for name, words in needed.items() if not getattr(asset, name)]
    if missing:
        raise FilingUnusable(fault=f"请填写{'、'.join(missing)}。")
    first = entry.submissions.order_by("sequence").first()
    begun = clock.local_day(first.at if first else entry.created_at)
    if asset.filed_on is not None and asset.filed_on < begun:
        raise FilingUnusable(fault=f"申请日 {asset.filed_on} 早于首次提交报名的 {begun}，不算参赛后新增；报名时漏填的请联系组委会。")
    if entry.assets.filter(number=asset.number).exists():
        raise FilingUnusable(fault=f"{asset.number} 已在专利清单中，不用重复填报。")
    if entry.assets.filter(added_after_registration=True).count() >= MAX_FILINGS:
        raise FilingUnusable(fault=f"新增专利最多填报 {MAX_FILINGS} 件。")


def _close(entry: Entry, verb: str, before: dict, after: dict, actor: Actor, at: datetime) -> None:
    Entry.objects.filter(pk=entry.pk).update(saved_at=at)
    journal.record(
        verb=verb, obj=entry, actor=actor, at=at, edition=entry.edition.slug, before=before, after=after
    )


def filings_end_words(entry: Entry) -> str:
    """The end of the term for new filings as people read it; empty without one."""
    _, until = supplement_ends(entry)
    return dates.moment(until, entry.edition.year) if until else ""
