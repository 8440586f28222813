"""Invitations of judges: by their link, and as the organiser's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from accounts.models import User
from accounts.queries.people import unfinished, user_with
from competitions.models import Edition
from core.secret_token import token_digest
from judging.errors.invitation import (
    InvitationExpired,
    InvitationReplaced,
    InvitationUsed,
    InvitationWithdrawn,
)
from judging.models import JudgeInvitation

OPEN, EXPIRED, ACCEPTED, WITHDRAWN = "open", "expired", "accepted", "withdrawn"


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation with its state at a moment, for the organiser."""

    invitation: JudgeInvitation
    state: str

    @property
    def is_settled(self) -> bool:
        return self.state in (ACCEPTED, WITHDRAWN)


def invitation_lines(edition: Edition, at: datetime) -> list[InvitationLine]:
    """Every invitation of the edition, those still waiting first, then by name."""
    rows = JudgeInvitation.objects.filter(edition=edition).select_related("accepted_by", "invited_by")
    lines = [InvitationLine(row, state_of(row, at)) for row in rows]
    order = {OPEN: 0, EXPIRED: 0, ACCEPTED: 1, WITHDRAWN: 2}
    return sorted(lines, key=lambda line: (order[line.state], line.invitation.name, line.invitation.pk))


def state_of(invitation: JudgeInvitation, at: datetime) -> str:
    """open, expired, accepted or withdrawn."""
    if invitation.accepted_at is not None:
        return ACCEPTED
    if invitation.withdrawn_at is not None:
        return WITHDRAWN
    return OPEN if at < invitation.expires_at else EXPIRED


def require_usable(invitation: JudgeInvitation, at: datetime) -> None:
    """Refuses a link that was used, taken back or has expired, each in a sentence of its own."""
    state = state_of(invitation, at)
    if state != OPEN:
        raise {ACCEPTED: InvitationUsed, WITHDRAWN: InvitationWithdrawn, EXPIRED: InvitationExpired}[state]


def get_invitation_by_token(token: str, at: datetime) -> JudgeInvitation:
    """The open invitation behind a link; a refusal that says why when it cannot be used any more."""
    rows = JudgeInvitation.objects.select_related("edition", "invited_by")
    found = rows.filter(token_hash=token_digest(token)).first()
    if found is None:
        raise InvitationReplaced
    require_usable(found, at)
    return found


def get_invitation(edition: Edition, public_id: str) -> JudgeInvitation:
    """An invitation of the edition; 404 otherwise."""
    found = JudgeInvitation.objects.filter(edition=edition, public_id=public_id).select_related("edition").first()
    if found is None:
        raise Http404
    return found


def account_behind(invitation: JudgeInvitation) -> User | None:
    """The account that uses the address already, so that its owner must sign in; a registration nobody finished is none."""
    user = user_with(invitation.email or invitation.mobile)
    return None if user is None or unfinished(user) else user
