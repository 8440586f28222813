"""Who has which role in an edition: granted with a reason, ended by date, never deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actions.user import register_user
from accounts.models import User
from accounts.pure.email import normalize_email
from accounts.queries.people import user_with
from competitions.errors import LastOrganiser, NoSuchAccount, ReasonMissing, RoleEnded, RoleHeld
from competitions.models import Edition, Role
from competitions.queries.locks import lock_edition
from competitions.rules import forget_roles
from core.audit import journal
from core.outbox.send import queue_message


@transaction.atomic
def grant_role(*, edition: Edition, user: User, kind: str, reason: str, actor: User, at: datetime) -> Role:
    """Gives `user` a role from now on and tells them by mail. Refuses a role they hold already and a missing reason."""
    label = Role.Kind(kind).label
    if not reason.strip():
        raise ReasonMissing
    try:
        with transaction.atomic():
            role = Role.objects.create(
                edition=edition, user=user, kind=kind, granted_at=at, granted_by=actor, reason=reason.strip()
            )
    except IntegrityError as error:
        raise RoleHeld(name=user.actor_label, role=label) from error
    forget_roles(user)
    journal.record(
        verb="competitions.role.granted", obj=role, actor=actor, at=at, edition=edition.slug,
        after={"user": user.public_id, "kind": kind, "reason": role.reason},
    )  # fmt: skip
    if user.email:
        context = {"name": user.actor_label, "edition": edition.name, "role": label, "email": user.email}
        queue_message(
            channel="mail", recipient=user.email, template="role-granted", context=context, at=at, edition=edition.slug
        )
    return role


@transaction.atomic
def invite_person(*, edition: Edition, email: str, name: str, kind: str, reason: str, actor: User, at: datetime) -> Role:
    """Gives a role to whoever uses the address, making the account when there is none (they sign in by mail code).

    Refuses an address that cannot be read, a new person without a name, and what `grant_role` refuses.
    """
    read = normalize_email(email)
    user = user_with(read.canonical) if read.canonical else None
    if user is None:
        if read.canonical and not name.strip():
            raise NoSuchAccount(email=read.canonical)
        user = register_user(name=name, email=email, actor=actor, at=at)
    return grant_role(edition=edition, user=user, kind=kind, reason=reason, actor=actor, at=at)


@transaction.atomic
def end_role(*, role: Role, reason: str, actor: User, at: datetime) -> Role:
    """Ends a role now. Refuses a missing reason, a role that has ended, and the edition's last organiser."""
    if not reason.strip():
        raise ReasonMissing
    lock_edition(role.edition)
    locked = Role.objects.select_for_update(of=("self",)).select_related("edition", "user").get(pk=role.pk)
    if locked.ended_at is not None:
        raise RoleEnded
    others = Role.objects.filter(edition=locked.edition, kind=Role.Kind.ORGANISER, ended_at__isnull=True)
    if locked.kind == Role.Kind.ORGANISER and not others.exclude(pk=locked.pk).exists():
        raise LastOrganiser(name=locked.user.actor_label)
    locked.ended_at, locked.ended_by = at, actor
    locked.save(update_fields=["ended_at", "ended_by"])
    forget_roles(locked.user)
    journal.record(
        verb="competitions.role.ended", obj=locked, actor=actor, at=at, edition=locked.edition.slug,
        after={"user": locked.user.public_id, "kind": locked.kind, "reason": reason.strip()},
    )  # fmt: skip
    return locked
