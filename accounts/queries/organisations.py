"""Organisations of a person, members and invitations of an organisation."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import Invitation, JoinRequest, Membership, Organisation, OwnershipClaim, User
from core.text import fold, fold_code


def memberships_of(user: User) -> QuerySet[Membership]:
    """What `user` belongs to, with the organisation, `member_count` and `waiting_count` (requests to join), oldest first."""
    waits = Q(organisation__join_requests__answer="")
    counted = Membership.objects.filter(user=user).select_related("organisation")
    counted = counted.annotate(
        member_count=Count("organisation__memberships", distinct=True),
        waiting_count=Count("organisation__join_requests", filter=waits, distinct=True),
    )
    return counted.order_by("joined_at", "pk")


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


def owners_of(organisation: Organisation) -> QuerySet[User]:
    """The people who manage the organisation, by the date of joining."""
    owners = User.objects.filter(memberships__organisation=organisation, memberships__role=Membership.Role.OWNER)
    return owners.filter(is_active=True).order_by("memberships__joined_at", "pk")


def known_with_uscc(uscc: str) -> list[Organisation]:
    """Organisations that somebody acts for under a credit code, the verified one first. Records that a leading
    organisation typed and nobody has taken up are not among them."""
    known = Organisation.objects.filter(uscc=uscc, memberships__isnull=False).exclude(uscc="").distinct()
    return sorted(known, key=lambda one: (one.verified_at is None, one.pk))


def named_organisations(words: str) -> list[Organisation]:
    """Organisations somebody acts for whose credit code, register number or whole name is `words`, verified ones first."""
    text, code = fold(words), fold_code(words)
    same = Q(name=text) | (Q(uscc=code) & ~Q(uscc="")) | (Q(registration_number=code) & ~Q(registration_number=""))
    found = Organisation.objects.filter(same, memberships__isnull=False).distinct()
    return sorted(found, key=lambda one: (one.verified_at is None, one.pk))


def waiting_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Requests to join that wait for an owner's answer, the oldest first."""
    return organisation.join_requests.filter(answer="").select_related("user").order_by("created_at", "pk")


def requests_of(user: User) -> QuerySet[JoinRequest]:
    """What `user` asked to join and is not a member of (yet), the newest first."""
    open_or_declined = user.join_requests.exclude(answer=JoinRequest.Answer.ACCEPTED)
    return open_or_declined.exclude(organisation__memberships__user=user).select_related("organisation").order_by("-created_at", "-pk")


def latest_claim(organisation: Organisation) -> OwnershipClaim | None:
    """The newest claim of the organisation, decided or not."""
    return organisation.claims.order_by("-created_at", "-pk").first()
