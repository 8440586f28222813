"""Organisations of a person, members and invitations of an organisation."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import Invitation, Membership, Organisation, User


def memberships_of(user: User) -> QuerySet[Membership]:
    """What `user` belongs to, with the organisation and `member_count`, oldest first."""
    counted = Membership.objects.filter(user=user).select_related("organisation")
    return counted.annotate(member_count=Count("organisation__memberships")).order_by("joined_at", "pk")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Owners first, then by the date of joining."""
    return organisation.memberships.select_related("user").order_by("-role", "joined_at", "pk")


def open_invitations(organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted at `at`."""
    return organisation.invitations.filter(accepted_at__isnull=True, expires_at__gt=at).order_by("created_at", "pk")


def others_with_uscc(organisation: Organisation) -> QuerySet[Organisation]:
    """Other organisations registered under the same credit code."""
    return Organisation.objects.filter(uscc=organisation.uscc).exclude(uscc="").exclude(pk=organisation.pk)


def verified_with_uscc(uscc: str, *, besides: int | None = None) -> Organisation | None:
    """The verified organisation of a credit code, other than the one with the primary key `besides`."""
    verified = Organisation.objects.filter(uscc=uscc, verified_at__isnull=False).exclude(uscc="")
    return (verified.exclude(pk=besides) if besides else verified).first()
