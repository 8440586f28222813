"""Invitations to take part in an entry: who may answer one, and which wait for a person."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Membership, Organisation, User
from entries import states
from entries.joint_link import read_token
from entries.models import EntryApplicant, JointInvitation


def get_joint_invitation(token: str) -> JointInvitation:
    """The invitation behind a signed link, with entry and organisations; 404 for a forged or removed one."""
    try:
        public_id = read_token(token)
    except signing.BadSignature:
        raise Http404
    found = JointInvitation.objects.filter(public_id=public_id)
    invitation = found.select_related("applicant__entry__edition", "applicant__organisation", "invited_by").first()
    if invitation is None:
        raise Http404
    return invitation


def may_stand_for(organisation: Organisation, applicant: EntryApplicant) -> bool:
    """Whether an organisation may answer: it is the one invited, or the one invited is a record nobody acts for and both
    have the same credit code (or both have none)."""
    invited = applicant.organisation
    if organisation.pk == invited.pk:
        return True
    return organisation.uscc == invited.uscc and not invited.memberships.exists()


def answerable_by(user: User, applicant: EntryApplicant) -> list[Organisation]:
    """The organisations `user` manages that may answer the invitation of `applicant`."""
    managed = Organisation.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    return [one for one in managed.order_by("name", "pk") if may_stand_for(one, applicant)]


def waiting_for(user: User) -> QuerySet[JointInvitation]:
    """Invitations to the organisations `user` manages that wait for an answer, the newest first."""
    waiting = JointInvitation.objects.filter(declined_at__isnull=True, applicant__joined_at__isnull=True)
    waiting = waiting.filter(applicant__entry__state__in=states.EDITABLE)
    own = {"memberships__user": user, "memberships__role": Membership.Role.OWNER}
    managed = Organisation.objects.filter(**own)
    codes = managed.exclude(uscc="").values("uscc")
    mine = waiting.filter(applicant__organisation__in=managed)
    typed = waiting.filter(applicant__organisation__uscc__in=codes, applicant__organisation__memberships__isnull=True)
    found = (mine | typed).distinct().select_related("applicant__entry__edition", "applicant__organisation")
    return found.prefetch_related("applicant__entry__applicants__organisation").order_by("-invited_at", "-pk")
