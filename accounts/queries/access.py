"""The only way a view gets an organisation, a member or an invitation. Strangers get 404."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404

from accounts.errors import InvitationGone
from accounts.invitation_link import read_token
from accounts.models import Invitation, JoinRequest, Membership, Organisation, OwnershipClaim, User


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


def get_known_organisation(public_id: str) -> Organisation:
    """An organisation somebody acts for, for whoever found it by its credit code; 404 otherwise."""
    found = Organisation.objects.filter(public_id=public_id, memberships__isnull=False).exclude(uscc="").first()
    if found is None:
        raise Http404
    return found


def get_join_request(organisation: Organisation, public_id: str) -> JoinRequest:
    """A request to join the organisation that waits; 404 otherwise."""
    found = organisation.join_requests.filter(public_id=public_id, answer="").select_related("organisation", "user").first()
    if found is None:
        raise Http404
    return found


def get_own_join_request(user: User, public_id: str) -> JoinRequest:
    """A request `user` made that waits; 404 otherwise."""
    found = user.join_requests.filter(public_id=public_id, answer="").select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def get_claim(organisations: list[Organisation], public_id: str) -> OwnershipClaim:
    """A claim of one of `organisations`, which the view has made sure its reader may see; 404 otherwise."""
    found = OwnershipClaim.objects.filter(organisation__in=organisations, public_id=public_id).select_related("organisation", "created_by", "decided_by").first()
    if found is None:
        raise Http404
    return found
