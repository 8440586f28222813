"""Registering and renaming people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.actions.consent import give_consent
from accounts.errors import IdentityRefused, IdentityTaken
from accounts.models import User
from accounts.privacy import PLATFORM_PRIVACY
from accounts.pure.email import mask_email, normalize_email
from accounts.pure.identity import mask_identity
from accounts.pure.mobile import mask_mobile, normalize_mobile
from accounts.queries.people import unfinished, user_with
from core.actor import Actor
from core.audit import journal
from core.parsed import Parsed
from core.text import fold


@transaction.atomic
def register_user(
    *,
    name: str,
    email: str = "",
    mobile: str = "",
    actor: Actor | None,
    at: datetime,
    is_verified: bool = True,
    **fields: Any,
) -> User:
    """Make an account reachable by `email` or `mobile` (as typed; stored canonical). `actor` None: by the person.

    `is_verified` says that somebody vouches for the addresses; sign-up passes False and confirms them by code. `fields`
    are further fields of the user (`is_demo`) and `password`. A registration of the same address that was never
    finished makes way. Refuses an unreadable address (IdentityRefused) and one that has an account (IdentityTaken).
    """
    email, mobile = _canonical(normalize_email, email), _canonical(normalize_mobile, mobile)
    _make_room(email, mobile)
    user = User.objects.create_user(
        name=fold(name),
        email=email or None,
        mobile=mobile or None,
        email_verified=is_verified and bool(email),
        mobile_verified=is_verified and bool(mobile),
        joined_at=at,
        **fields,
    )
    if is_verified and email:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    after = {"name": user.name, "email": mask_email(email) if email else "", "mobile": mask_mobile(mobile) if mobile else ""}
    journal.record(verb="accounts.user.registered", obj=user, actor=actor or user, at=at, after=after)
    return user


@transaction.atomic
def sign_up(*, name: str, email: str, mobile: str, at: datetime) -> User:
    """A visitor registers with one address, still to be confirmed, and agrees to the platform's privacy text."""
    user = register_user(name=name, email=email, mobile=mobile, actor=None, at=at, is_verified=False)
    text = PLATFORM_PRIVACY
    give_consent(user=user, document=text.document, version=text.version, actor=user, at=at)
    return user


@transaction.atomic
def rename_user(*, user: User, name: str, actor: Actor, at: datetime) -> User:
    """Change the name a person is shown by."""
    before = user.name
    user.name = fold(name)
    user.save(update_fields=["name"])
    journal.record(
        verb="accounts.user.renamed", obj=user, actor=actor, at=at, before={"name": before}, after={"name": user.name}
    )
    return user


def _canonical(read: Any, typed: str) -> str:
    if not typed:
        return ""
    parsed: Parsed = read(typed)
    if parsed.faults:
        raise IdentityRefused(reason=parsed.faults[0].message)
    return parsed.canonical


def _make_room(email: str, mobile: str) -> None:
    """Remove registrations of these addresses that nobody finished; refuse when an account stands in the way."""
    if not (email or mobile):
        raise IdentityRefused(reason="请填写邮箱或手机号。")
    for identity in filter(None, (email, mobile)):
        standing = user_with(identity)
        if standing is None:
            continue
        if not unfinished(standing):
            raise IdentityTaken(identity=mask_identity(identity))
        standing.delete()
