"""Asking to act for an organisation that is registered already, and the owners' answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.actions.member import join_organisation
from accounts.errors import AlreadyAnswered, AlreadyMember, AskedAlready
from accounts.models import JoinRequest, Membership, Organisation, User
from accounts.queries.organisations import owners_of
from core.audit import journal
from core.outbox.send import queue_message
from core.throttle.bucket import take

Answer = JoinRequest.Answer
ASKS_A_DAY = 10
DAY = int(timedelta(days=1).total_seconds())


@transaction.atomic
def request_to_join(*, organisation: Organisation, message: str, actor: User, at: datetime) -> JoinRequest:
    """Asks the owners of `organisation` to let `actor` in; they are told by mail.

    Refuses a member (AlreadyMember), a second request while one waits (AskedAlready), and more than ten a day
    (TooManyRequests): nobody can go through the list of firms by their codes.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Membership.objects.filter(organisation=organisation, user=actor).exists():
        raise AlreadyMember(name=actor.actor_label, organisation=organisation.name)
    if JoinRequest.objects.filter(organisation=organisation, user=actor, answer="").exists():
        raise AskedAlready(organisation=organisation.name)
    take(key=f"join:{actor.pk}", capacity=ASKS_A_DAY, seconds=DAY, at=at)
    request = JoinRequest.objects.create(organisation=organisation, user=actor, message=message.strip(), created_at=at)
    journal.record(
        verb="accounts.joinrequest.made", obj=organisation, actor=actor, at=at, after={"request": request.public_id}
    )
    for owner in owners_of(organisation):
        _tell(owner, "join_requested", request, at)
    return request


@transaction.atomic
def answer_join_request(*, request: JoinRequest, answer: str, role: str, actor: User, at: datetime) -> JoinRequest:
    """An owner lets the person in with `role`, or does not; the person and the other owners are told.

    Refuses a request that was answered or taken back (AlreadyAnswered) and a person who is a member by now.
    """
    Organisation.objects.select_for_update().get(pk=request.organisation_id)
    locked = JoinRequest.objects.select_related("organisation", "user").filter(pk=request.pk, answer="").first()
    if locked is None:
        raise AlreadyAnswered
    if answer == Answer.ACCEPTED:
        join_organisation(locked.organisation, locked.user, role, actor, at)
    locked.answer, locked.answered_at, locked.answered_by = answer, at, actor
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    journal.record(
        verb="accounts.joinrequest.answered",
        obj=locked.organisation,
        actor=actor,
        at=at,
        after={"request": locked.public_id, "answer": answer, "role": role if answer == Answer.ACCEPTED else ""},
    )
    for person in [locked.user, *owners_of(locked.organisation).exclude(pk=actor.pk)]:
        _tell(person, "join_answered", locked, at)
    return locked


@transaction.atomic
def withdraw_join_request(*, request: JoinRequest, actor: User, at: datetime) -> JoinRequest:
    """The person takes a waiting request back. Refuses one that was answered (AlreadyAnswered)."""
    gone, _ = JoinRequest.objects.filter(pk=request.pk, answer="").delete()
    if not gone:
        raise AlreadyAnswered
    journal.record(
        verb="accounts.joinrequest.withdrawn",
        obj=request.organisation,
        actor=actor,
        at=at,
        before={"request": request.public_id},
    )
    return request


def _tell(person: User, template: str, request: JoinRequest, at: datetime) -> None:
    """By mail; people known by their mobile only see it on /my/."""
    if person.email:
        context = {"join_request": request, "organisation": request.organisation, "person": person}
        queue_message(channel="mail", recipient=person.email, template=template, context=context, at=at)
