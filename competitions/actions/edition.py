"""Making an edition from a preset, opening it to the public, keeping its particulars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.actions.page import write_page
from competitions.actions.preset import write_preset
from competitions.converters import RESERVED
from competitions.errors import (
    AlreadyPublished,
    NotArchivable,
    OrdinalTaken,
    SlugReserved,
    SlugTaken,
    UnknownPreset,
)
from competitions.models import Edition, EditionPage, Role
from competitions.pure.edition_preset import PRESETS, EditionPreset, first_day_for
from competitions.queries.locks import lock_edition
from competitions.queries.page_text import page_template
from competitions.queries.publish_guard import publish_reasons
from competitions.queries.schedule import schedule
from competitions.rules import forget_roles
from core.audit import journal
from core.clock import local_day
from core.errors import Blocked

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
BASICS = (
    "name",
    "short_name",
    "slogan",
    "summary",
    "host_text",
    "contact_phone",
    "contact_hours",
    "contact_email",
    "filing_number",
)

@transaction.atomic
def create_edition(
    *, preset: str, slug: str, name: str, short_name: str, ordinal: int, year: int, actor: User, at: datetime
) -> Edition:
    """An unpublished edition with everything the preset holds; `actor` becomes its first organiser.

    Stages begin on 1 July of `year` (or 30 days from now if that is later); drafts of rules page and privacy notice are
    written from the settings. Refuses an unknown preset, a slug that is reserved or taken, an ordinal used in the year.
    """
    chosen = PRESETS.get(preset)
    if chosen is None:
        raise UnknownPreset(preset=preset)
    _check_names(slug, ordinal, year)
    edition = _insert(chosen, slug=slug, name=name, short_name=short_name, ordinal=ordinal, year=year, actor=actor, at=at)
    write_preset(edition, chosen, first_day_for(year, local_day(at)))
    Role.objects.create(
        edition=edition, user=actor, kind=Role.Kind.ORGANISER, granted_at=at, granted_by=actor, reason="创建本届"
    )
    forget_roles(actor)
    journal.record(
        verb="competitions.edition.created", obj=edition, actor=actor, at=at, edition=slug,
        after={"preset": preset, "name": name, "short_name": short_name, "ordinal": ordinal, "year": year},
    )  # fmt: skip
    for kind in EditionPage.Kind.values:
        write_page(edition=edition, kind=kind, body=page_template(edition, kind), actor=actor, at=at)
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, actor: User, at: datetime) -> Edition:
    """Opens the edition to the public. Refuses (Blocked) with every reason of `publish_guard`; preset values nobody has
    confirmed do not block."""
    locked = lock_edition(edition)
    if locked.is_published:
        raise AlreadyPublished
    reasons = publish_reasons(locked)
    if reasons:
        raise Blocked(reasons)
    edition.published_at = locked.published_at = at
    locked.save(update_fields=["published_at"])
    journal.record(verb="competitions.edition.published", obj=locked, actor=actor, at=at, edition=locked.slug)
    return edition


@transaction.atomic
def archive_edition(*, edition: Edition, actor: User, at: datetime) -> Edition:
    """Moves the edition to 往届; its pages stay. Refuses before its last stage has ended."""
    locked = lock_edition(edition)
    if not locked.is_published or any(view.phase != "closed" for view in schedule(locked, at)):
        raise NotArchivable
    if locked.archived_at is None:
        locked.archived_at = at
        locked.save(update_fields=["archived_at"])
        journal.record(verb="competitions.edition.archived", obj=locked, actor=actor, at=at, edition=locked.slug)
    return locked


@transaction.atomic
def save_basics(*, edition: Edition, values: Mapping[str, Any], actor: User, at: datetime) -> Edition:
    """Name, slogan, hosts and contact as shown on every page. `values` may name any of `BASICS`."""
    locked = lock_edition(edition)
    changed = {name: values[name] for name in BASICS if name in values and values[name] != getattr(locked, name)}
    if changed:
        before = {name: getattr(locked, name) for name in changed}
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(changed))
        journal.record(
            verb="competitions.edition.described", obj=locked, actor=actor, at=at, edition=locked.slug,
            before=before, after=changed,
        )  # fmt: skip
    return locked


def _check_names(slug: str, ordinal: int, year: int) -> None:
    if slug in RESERVED or not SLUG.fullmatch(slug):
        raise SlugReserved(slug=slug)
    if Edition.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    if Edition.objects.filter(ordinal=ordinal, year=year).exists():
        raise OrdinalTaken(ordinal=ordinal, year=year)


def _insert(preset: EditionPreset, *, actor: User, at: datetime, **fields: Any) -> Edition:
    """Two organisers may choose the same slug at the same moment; the constraint decides."""
    try:
        with transaction.atomic():
            return Edition.objects.create(
                **fields, slogan=preset.slogan, summary=preset.edition_summary, created_at=at, created_by=actor
            )
    except IntegrityError as error:
        raise SlugTaken(slug=fields["slug"]) from error
