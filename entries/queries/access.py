"""The only way a view gets an entry for somebody. Strangers get 404."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from entries import states
from entries.models import Entry, EntryApplicant


def get_entry_for(user: Any, public_id: str, *, to: str) -> Entry:
    """The entry with its edition, track and group when `user` has the permission `to` on it; 404 otherwise."""
    entry = Entry.objects.filter(public_id=public_id).select_related("edition", "track", "group").first()
    if entry is None or not user.has_perm(to, entry):
        raise Http404
    return entry


def get_public_entry(edition_id: int, number: int) -> Entry:
    """An accepted entry whose applicant agreed to public display, with its organisations; 404 otherwise."""
    entry = (
        Entry.objects.filter(edition_id=edition_id, number=number, state=states.ACCEPTED, is_display_consented=True)
        .select_related("edition", "track", "group")
        .prefetch_related(Prefetch("applicants", EntryApplicant.objects.select_related("organisation")))
        .first()
    )
    if entry is None:
        raise Http404
    return entry
