"""The only way a view gets an organisation, a member or an invitation. Strangers get 404."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404

from accounts.errors import InvitationGone
from accounts.invitation_link import read_token
from accounts.models import Invitation, Membership, Organisation


def get_organisation_for(user: Any, public_id: str, *, to: str) -> Organisation:
    """The organisation when `user` has the permission `to` on it; 404 otherwise."""
    organisation = Organisation.objects.filter(public_id=public_id).first()
    if organisation is None or not user.has_perm(to, organisation):
        raise Http404
    return organisation


def get_member(organisation: Organisation, public_id: str) -> Membership:
    """The membership of the person with `public_id`; 404 otherwise."""
    found = organisation.memberships.select_related("user", "organisation").filter(user__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_invitation(organisation: Organisation, public_id: str) -> Invitation:
    """An invitation of the organisation that was not accepted; 404 otherwise."""
    found = organisation.invitations.filter(public_id=public_id, accepted_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def get_invitation_by_token(token: str, at: datetime) -> Invitation:
    """The open invitation behind a signed link; 404 for a forged link, InvitationGone for a used or expired one."""
    try:
        public_id = read_token(token)
    except signing.BadSignature:
        raise Http404
    found = Invitation.objects.filter(public_id=public_id).select_related("organisation", "invited_by").first()
    if found is None or found.accepted_at is not None or found.expires_at <= at:
        raise InvitationGone
    return found
