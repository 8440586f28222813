"""The only way a view gets an edition or what belongs to it. Strangers get 404, never a hint."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from accounts.models import User
from competitions.models import (
    Announcement,
    AwardType,
    Edition,
    EditionPage,
    FileTemplate,
    Role,
    Round,
    Stage,
)
from competitions.queries.schedule import find_round, find_stage
from competitions.rules import held_roles
from core.once import once
from core.webhooks.models import Webhook


def get_public_edition(slug: str) -> Edition:
    """A published edition; 404 otherwise."""
    edition = find_edition(slug)
    if edition is None or not edition.is_published:
        raise Http404
    return edition


def find_edition(slug: str, user: Any = None) -> Edition | None:
    """The edition of an address, public or not: whoever shows it asks who may see it. `user`: it came with a role, perhaps."""

    def ask() -> Edition | None:
        held = held_roles(user) if user is not None and user.is_authenticated else []
        mine = (role.edition for role in held if role.edition.slug == slug)
        return next(mine, None) or Edition.objects.filter(slug=slug).first()

    return once(("edition", slug), ask)


def get_edition_for(user: Any, slug: str, *, to: str) -> Edition:
    """The edition when `user` has the permission `to` on it; 404 otherwise."""
    edition = find_edition(slug, user)
    if edition is None or not user.has_perm(to, edition):
        raise Http404
    return edition


def latest_public_edition() -> Edition | None:
    """The edition the front page shows: the newest that is public, rather one that is not archived."""
    public = Edition.objects.filter(published_at__isnull=False)
    return once("latest edition", public.order_by(F("archived_at").desc(nulls_first=True), "-year", "-ordinal").first)


def older_editions(edition: Edition) -> QuerySet[Edition]:
    """Public editions before this one, the newest first."""
    before = Q(year__lt=edition.year) | Q(year=edition.year, ordinal__lt=edition.ordinal)
    return Edition.objects.filter(before, published_at__isnull=False)


def get_public_announcement(edition: Edition, public_id: str) -> Announcement:
    """A published announcement of the edition; 404 otherwise."""
    rows = public_announcements(edition).select_related("corrects").prefetch_related("corrections")
    return _or_404(rows.filter(public_id=public_id).first())


def public_announcements(edition: Edition, search: str = "") -> QuerySet[Announcement]:
    """Published announcements, the newest first; `search` in title, summary and text."""
    rows = Announcement.objects.filter(edition=edition, published_at__isnull=False)
    for word in search.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(lead__icontains=word) | Q(body__icontains=word))
    return rows


def get_page(edition: Edition, kind: str, version: int | None = None) -> EditionPage:
    """The published version in force, or an earlier published one; 404 when there is none."""
    pages = EditionPage.objects.filter(edition=edition, kind=kind, published_at__isnull=False)
    return _or_404((pages.filter(version=version) if version else pages).order_by("-version").first())


def get_file_template(edition: Edition, kind: str) -> FileTemplate:
    """The form the edition hands out for a kind of material; 404 when there is none."""
    return _or_404(FileTemplate.objects.filter(edition=edition, kind=kind).first())


def get_announcement_of(edition: Edition, public_id: str) -> Announcement:
    """Any announcement of the edition, drafts too, for its organisers; 404 otherwise."""
    rows = Announcement.objects.filter(edition=edition, public_id=public_id).select_related(
        "corrects", "written_by", "edition"
    )
    return _or_404(rows.first())


def get_stage_of(edition: Edition, kind: str) -> Stage:
    return _or_404(find_stage(edition, kind))


def get_round_of(edition: Edition, kind: str) -> Round:
    return _or_404(find_round(edition, kind))


def get_award_of(edition: Edition, code: str) -> AwardType:
    rows = edition.award_types.filter(code=code).select_related("edition").prefetch_related("quotas")
    return _or_404(rows.first())


def get_held_role(edition: Edition, user_id: str, kind: str) -> Role:
    """The role a person (public id) holds now; 404 otherwise."""
    held = Role.objects.filter(edition=edition, ended_at__isnull=True).select_related("edition", "user")
    return _or_404(held.filter(user__public_id=user_id, kind=kind).first())


def get_person_of(edition: Edition, user_id: str) -> User:
    """Somebody (public id) who holds a role in the edition now; 404 otherwise."""
    held = {"roles__edition": edition, "roles__ended_at__isnull": True}
    return _or_404(User.objects.filter(public_id=user_id, **held).first())


def get_webhook_of(edition: Edition, public_id: str) -> Webhook:
    """An address in force that is told of the edition's events; 404 otherwise."""
    return _or_404(Webhook.objects.filter(edition=edition.slug, public_id=public_id, ended_at__isnull=True).first())


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
