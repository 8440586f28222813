"""The only way a view gets an edition. Strangers get 404, never a hint."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from competitions.models import Edition


def get_public_edition(slug: str) -> Edition:
    """A published edition; 404 otherwise."""
    edition = Edition.objects.filter(slug=slug, published_at__isnull=False).first()
    if edition is None:
        raise Http404
    return edition


def get_edition_for(user: Any, slug: str, *, to: str) -> Edition:
    """The edition when `user` has the permission `to` on it; 404 otherwise."""
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None or not user.has_perm(to, edition):
        raise Http404
    return edition


def latest_public_edition() -> Edition | None:
    """The edition the front page shows."""
    return Edition.objects.filter(published_at__isnull=False, archived_at__isnull=True).first()
