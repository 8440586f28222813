"""Who acts for an organisation: adding, inviting, changing roles, removing and leaving."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.errors import AlreadyMember, IdentityRefused, InvitationGone, LastOwner, NotMember
from accounts.invitation_link import make_token
from accounts.models import Invitation, Membership, Organisation, User
from accounts.pure.identity import mask_identity, read_identity
from accounts.queries.people import verified_user_with
from core.actor import Actor
from core.audit import journal
from core.outbox.send import queue_message

INVITATION_TERM = timedelta(days=7)


@transaction.atomic
def invite_member(
    *, organisation: Organisation, identity: str, role: str, actor: User, at: datetime
) -> Membership | Invitation:
    """Add the account with this confirmed address or mobile at once; without one, send a link that works once within
    seven days, by mail or SMS.

    Inviting an address again renews its open invitation. Refuses an unreadable address (IdentityRefused) and a member
    (AlreadyMember).
    """
    parsed = read_identity(identity)
    if parsed.faults:
        raise IdentityRefused(reason=parsed.faults[0].message)
    _lock(organisation)
    user = verified_user_with(parsed.canonical)
    if user is not None:
        membership = join_organisation(organisation, user, role, actor, at)
        context = {"organisation": organisation, "actor": actor, "role": membership.get_role_display()}
        _send(parsed.canonical, "member_added", context, at)
        return membership
    return _invite(organisation, parsed.canonical, role, actor, at)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, actor: Actor, at: datetime) -> Membership:
    """Make `user`, who holds the link, a member. Refuses a used or expired link (InvitationGone) and a member."""
    _lock(invitation.organisation)
    locked = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if locked is None or locked.accepted_at is not None or locked.expires_at <= at:
        raise InvitationGone
    membership = join_organisation(locked.organisation, user, locked.role, actor, at)
    locked.accepted_at = at
    locked.save(update_fields=["accepted_at"])
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> Invitation:
    """Make an open invitation worthless."""
    before = {"to": mask_identity(invitation.identity)}
    journal.record(
        verb="accounts.invitation.withdrawn", obj=invitation.organisation, actor=actor, at=at, before=before
    )
    invitation.delete()
    return invitation


@transaction.atomic
def change_member_role(*, membership: Membership, role: str, actor: Actor, at: datetime) -> Membership:
    """Make a member owner or editor. Refuses to leave the organisation without an owner (LastOwner)."""
    membership = _locked(membership)
    before = membership.role
    if before == Membership.Role.OWNER and role != before:
        _refuse_last_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    journal.record(
        verb="accounts.membership.role-changed",
        obj=membership.organisation,
        actor=actor,
        at=at,
        before={"user": membership.user.public_id, "role": before},
        after={"user": membership.user.public_id, "role": role},
    )
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, actor: Actor, at: datetime) -> Membership:
    """End a membership: an owner removes a member, or a member leaves. Refuses the last owner (LastOwner)."""
    membership = _locked(membership)
    if membership.role == Membership.Role.OWNER:
        _refuse_last_owner(membership)
    journal.record(
        verb="accounts.membership.ended",
        obj=membership.organisation,
        actor=actor,
        at=at,
        before={"user": membership.user.public_id, "role": membership.role},
    )
    membership.delete()
    return membership


def _lock(organisation: Organisation) -> None:
    """Every change of the list of members holds the organisation's row: two owners cannot leave at the same time."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _locked(membership: Membership) -> Membership:
    _lock(membership.organisation)
    found = Membership.objects.select_related("organisation", "user").filter(pk=membership.pk).first()
    if found is None:
        raise NotMember(organisation=membership.organisation.name)
    return found


def _refuse_last_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(organisation=membership.organisation, role=Membership.Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner(organisation=membership.organisation.name)


def join_organisation(organisation: Organisation, user: User, role: str, actor: Actor, at: datetime) -> Membership:
    """A new membership with its line in the journal, for the actions that lead to one. Refuses a member (AlreadyMember)."""
    membership, is_new = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role, "joined_at": at}
    )
    if not is_new:
        raise AlreadyMember(name=user.actor_label, organisation=organisation.name)
    after = {"user": user.public_id, "role": role}
    journal.record(verb="accounts.membership.added", obj=organisation, actor=actor, at=at, after=after)
    return membership


def _invite(organisation: Organisation, identity: str, role: str, actor: User, at: datetime) -> Invitation:
    invitation, _ = Invitation.objects.update_or_create(
        organisation=organisation,
        email=identity if "@" in identity else "",
        mobile="" if "@" in identity else identity,
        accepted_at=None,
        defaults={"role": role, "invited_by": actor, "created_at": at, "expires_at": at + INVITATION_TERM},
    )
    journal.record(
        verb="accounts.invitation.sent",
        obj=organisation,
        actor=actor,
        at=at,
        after={"to": mask_identity(identity), "role": role},
    )
    link = settings.SITE_URL + reverse("accounts:invitation", args=[make_token(invitation.public_id)])
    context = {"organisation": organisation, "actor": actor, "invitation": invitation, "link": link}
    _send(identity, "member_invited", context, at)
    return invitation


def _send(identity: str, template: str, context: dict, at: datetime) -> None:
    """By mail, or in a short text by SMS (`sms_<template>`) to whoever was named by a mobile."""
    is_mail = "@" in identity
    name = template if is_mail else f"sms_{template}"
    queue_message(channel="mail" if is_mail else "sms", recipient=identity, template=name, context=context, at=at)
