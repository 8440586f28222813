"""Inviting judges by a link that works once: sent by mail or SMS, sent again, taken back, accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.actions.consent import give_consent
from accounts.actions.user import register_user
from accounts.errors import IdentityRefused
from accounts.models import User
from accounts.privacy import PLATFORM_PRIVACY
from accounts.pure.identity import mask_identity, read_identity
from accounts.queries.people import verified_user_with
from competitions.actions.role import grant_role
from competitions.models import Edition, Role
from competitions.rules import role_kinds
from core.actor import Actor
from core.audit import journal
from core.outbox.send import queue_message
from core.secret_token import new_token, token_digest
from judging.actions.guard import require
from judging.errors.invitation import AccountStands, InvitationOpen, InvitationSettled, JudgeAlready
from judging.models import JudgeInvitation
from judging.queries.invitation import account_behind, require_usable

TERM = timedelta(days=14)
REASON = "接受评委邀请"


@transaction.atomic
def invite_judge(
    *, edition: Edition, name: str, identity: str, kind: str = Role.Kind.JUDGE, actor: User, at: datetime
) -> JudgeInvitation:
    """Sends `name` a link by mail or SMS, whichever `identity` is; it works once within 14 days. For the organiser.

    Refuses an unreadable address (IdentityRefused), whoever has the role already (JudgeAlready) and an address with an
    open invitation (InvitationOpen); one that has expired is sent anew.
    """
    require(actor, "judging.manage_panel", edition)
    parsed = read_identity(identity)
    if parsed.faults:
        raise IdentityRefused(reason=parsed.faults[0].message)
    reached = parsed.canonical
    _refuse_judge(edition, reached, kind)
    email, mobile = (reached, "") if "@" in reached else ("", reached)
    Edition.objects.select_for_update().get(pk=edition.pk)
    standing = _open(edition, email, mobile)
    if standing is not None and standing.expires_at > at:
        raise InvitationOpen(identity=reached)
    if standing is None:
        standing = JudgeInvitation(edition=edition, email=email, mobile=mobile)
    standing.kind, standing.name, standing.invited_by = kind, name.strip(), actor
    return _send(standing, "judging.invitation.sent", actor, at)


@transaction.atomic
def invite_judges(
    *, edition: Edition, people: Sequence[tuple[str, str]], kind: str = Role.Kind.JUDGE, actor: User, at: datetime
) -> list[JudgeInvitation]:
    """Invites a list of (name, address), all or nobody: the first that `invite_judge` refuses stops the whole list."""
    return [
        invite_judge(edition=edition, name=name, identity=identity, kind=kind, actor=actor, at=at)
        for name, identity in people
    ]


@transaction.atomic
def resend_invitation(*, invitation: JudgeInvitation, actor: User, at: datetime) -> JudgeInvitation:
    """Sends an open or expired invitation once more with a new link and a new term; the link before it is dead."""
    locked = _unsettled(invitation, actor)
    locked.invited_by = actor
    return _send(locked, "judging.invitation.sent-again", actor, at)


@transaction.atomic
def withdraw_invitation(*, invitation: JudgeInvitation, actor: User, at: datetime) -> JudgeInvitation:
    """Takes an invitation back; its link says so from then on."""
    locked = _unsettled(invitation, actor)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _journal("judging.invitation.withdrawn", locked, actor, at)
    return locked


@transaction.atomic
def accept_invitation(*, invitation: JudgeInvitation, user: User, at: datetime) -> JudgeInvitation:
    """`user`, who holds the link and is signed in, becomes a judge of the edition from now on.

    Refuses a link used, expired or taken back meanwhile. Whoever has the role already keeps it.
    """
    locked = JudgeInvitation.objects.select_for_update(of=("self",)).select_related("edition", "invited_by").get(pk=invitation.pk)
    require_usable(locked, at)
    locked.accepted_at, locked.accepted_by = at, user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    _journal("judging.invitation.accepted", locked, user, at)
    if locked.kind not in role_kinds(user, locked.edition_id):
        grant_role(edition=locked.edition, user=user, kind=locked.kind, reason=REASON, actor=locked.invited_by, at=at)
    return locked


@transaction.atomic
def join_by_invitation(*, invitation: JudgeInvitation, name: str, password: str, at: datetime) -> User:
    """Makes the account of somebody invited who has none, with the password they chose, and accepts for them.

    The link proves that the address is theirs; they agree to the platform's privacy text. Refuses when the address has an
    account (AccountStands: its owner signs in) and what `accept_invitation` refuses.
    """
    identity = invitation.email or invitation.mobile
    if account_behind(invitation) is not None:
        raise AccountStands(identity=mask_identity(identity))
    user = register_user(name=name, email=invitation.email, mobile=invitation.mobile, actor=None, at=at, password=password)
    give_consent(user=user, document=PLATFORM_PRIVACY.document, version=PLATFORM_PRIVACY.version, actor=user, at=at)
    accept_invitation(invitation=invitation, user=user, at=at)
    return user


def _refuse_judge(edition: Edition, identity: str, kind: str) -> None:
    user = verified_user_with(identity)
    if user is not None and kind in role_kinds(user, edition.pk):
        raise JudgeAlready(name=user.actor_label, identity=identity, role=Role.Kind(kind).label)


def _open(edition: Edition, email: str, mobile: str) -> JudgeInvitation | None:
    rows = JudgeInvitation.objects.filter(edition=edition, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return rows.filter(email=email, mobile=mobile).first()


def _unsettled(invitation: JudgeInvitation, actor: User) -> JudgeInvitation:
    require(actor, "judging.manage_panel", invitation.edition)
    locked = JudgeInvitation.objects.select_for_update(of=("self",)).select_related("edition").get(pk=invitation.pk)
    if locked.accepted_at is not None or locked.withdrawn_at is not None:
        raise InvitationSettled(name=locked.name, state="接受" if locked.accepted_at else "撤回")
    return locked


def _send(invitation: JudgeInvitation, verb: str, actor: User, at: datetime) -> JudgeInvitation:
    token = new_token()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = token_digest(token), at, at + TERM
    invitation.save()
    _journal(verb, invitation, actor, at)
    link = settings.SITE_URL + reverse("judging:invitation", args=[token])
    context = {"name": invitation.name, "edition": invitation.edition.name, "role": invitation.get_kind_display(), "link": link}
    is_mail = bool(invitation.email)
    queue_message(
        channel="mail" if is_mail else "sms",
        recipient=invitation.email or invitation.mobile,
        template="judge_invited" if is_mail else "sms_judge_invited",
        context={**context, "expires_at": invitation.expires_at},
        at=at,
        edition=invitation.edition.slug,
    )
    return invitation


def _journal(verb: str, invitation: JudgeInvitation, actor: Actor, at: datetime) -> None:
    after = {"name": invitation.name, "to": mask_identity(invitation.email or invitation.mobile), "kind": invitation.kind}
    journal.record(verb=verb, obj=invitation, actor=actor, at=at, edition=invitation.edition.slug, after=after)
