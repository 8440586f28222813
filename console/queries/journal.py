"""The audit journal of an edition, as its organisers and auditors read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from competitions.models import Edition
from console.journal_words import field_word, naming, object_word, phrase
from core import clock
from core.actor import SYSTEM
from core.audit.models import AuditEntry, AuditSeal
from entries.models import Entry

EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after an act, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """An act: what was done, to what, by whom; `changes` are its details, empty when they were erased."""

    entry: AuditEntry
    what: str
    naming: str
    who: str
    changes: list[Change]

    @property
    def object_word(self) -> str:
        return object_word(self.entry.object_type)


@dataclass(frozen=True, slots=True)
class Sealing:
    """The last seal, and how many of the edition's entries lie behind it."""

    seal: AuditSeal | None
    waiting: int


def journal(edition: Edition) -> QuerySet[AuditEntry]:
    """Every act of the edition, newest first, with details."""
    return AuditEntry.objects.filter(edition=edition.slug).select_related("detail").order_by("-at", "-pk")


def narrowed(
    rows: QuerySet[AuditEntry], edition: Edition, *, group: str = "", actor: str = "", thing: str = "", day: date | None = None
) -> QuerySet[AuditEntry]:
    """The acts of an app, of a person (code), on a thing (its identifier or an entry's number), of a day in Jiangmen."""
    if group:
        rows = rows.filter(verb__startswith=f"{group}.")
    if actor:
        rows = rows.filter(actor=actor)
    if thing:
        rows = rows.filter(_is_about(edition, thing))
    if day:
        start = clock.at_local(day.year, day.month, day.day)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return rows


def read(entry: AuditEntry) -> Line:
    """An act in words."""
    content: dict[str, Any] = detail.content if (detail := getattr(entry, "detail", None)) else {}
    return Line(entry, phrase(entry.verb), naming(content), content.get("actor") or entry.actor, _changes(content))


def actors(edition: Edition) -> list[tuple[str, str]]:
    """Who acted in the edition: (code, name), by name."""
    codes = set(AuditEntry.objects.filter(edition=edition.slug).order_by().values_list("actor", flat=True).distinct())
    found = [(user.public_id, user.actor_label) for user in User.objects.filter(public_id__in=codes)]
    named = sorted(found, key=lambda pair: pair[1])
    return [*named, (SYSTEM.actor_code, SYSTEM.actor_label)] if SYSTEM.actor_code in codes else named


def sealing(edition: Edition) -> Sealing:
    """Up to where the journal is chained by hash."""
    seal = AuditSeal.objects.order_by("-last").first()
    behind = AuditEntry.objects.filter(edition=edition.slug, pk__gt=seal.last if seal else 0)
    return Sealing(seal, behind.count())


def _is_about(edition: Edition, thing: str) -> Q:
    if thing.isascii() and thing.isdigit() and len(thing) <= 4:
        found = Entry.objects.filter(edition=edition, number=int(thing)).values("public_id")
        return Q(object_type="entries.entry", object_id__in=found)
    return Q(object_id=thing)


def _changes(content: dict[str, Any]) -> list[Change]:
    before, after = content.get("before", {}), content.get("after", {})
    names = [*before, *(name for name in after if name not in before)]
    return [Change(field_word(name), _shown(before.get(name)), _shown(after.get(name))) for name in names]


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return "；".join(f"{field_word(str(name))} {_shown(one)}" for name, one in value.items())
    return str(value)
