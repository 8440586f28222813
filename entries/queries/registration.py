"""What the start page of a registration and the frame of its steps say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Organisation
from competitions.models import Edition, EditionPage, Stage
from competitions.queries.schedule import StageView, find_stage, view_stage
from entries import states
from entries.models import Entry


def registration_view(edition: Edition, at: datetime) -> StageView | None:
    """The registration stage with what is true of it at `at`; None when the edition has none."""
    stage = find_stage(edition, Stage.Kind.REGISTRATION)
    return view_stage(stage, at) if stage else None


def privacy_notice(edition: Edition, at: datetime) -> EditionPage | None:
    """The version of the privacy notice that is in force."""
    notices = edition.pages.filter(kind=EditionPage.Kind.PRIVACY, published_at__lte=at)
    return notices.order_by("-version").first()


def own_organisations(user: Any) -> QuerySet[Organisation]:
    """The organisations `user` acts for."""
    return Organisation.objects.filter(memberships__user=user).order_by("name", "pk")


def entries_of(user: Any, edition: Edition | None = None) -> QuerySet[Entry]:
    """Entries `user` acts for: those of organisations that lead or have confirmed to take part; newest first."""
    mine = Entry.objects.filter(applicants__organisation__memberships__user=user, applicants__joined_at__isnull=False)
    mine = mine.filter(edition=edition) if edition else mine
    return mine.select_related("edition", "group").order_by("-created_at", "-pk").distinct()


def earlier_entries_of(user: Any, edition: Edition) -> QuerySet[Entry]:
    """Entries of other editions that can be taken as the beginning of a new one."""
    return entries_of(user).exclude(edition=edition)


def drafts_of(user: Any, edition: Edition) -> QuerySet[Entry]:
    """Drafts of this edition that `user` can go on filling in."""
    return entries_of(user, edition).filter(state=states.DRAFT, applicants__part="lead")
