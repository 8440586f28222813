"""Who must sign in with a second factor, and whether a session has.

A person may do what their roles allow; a role that works for an edition (organiser, examiner, operator …) asks for a second factor,
and so does the flag of a system administrator. Apps above accounts say whom they mean: `register` takes a test of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

_tests: list[Callable[[User], bool]] = []
_watchers: list[Callable[[], Iterable[User]]] = []


def register(test: Callable[[User], bool]) -> None:
    """`test` says of a signed-in person whether they work for an edition."""
    _tests.append(test)


def register_watchers(people: Callable[[], Iterable[User]]) -> None:
    """`people` are told when a system administrator opens a session."""
    _watchers.append(people)


def watchers(except_for: User) -> list[User]:
    """Whom an opened administrator's session is told: the other system administrators, and who apps above have registered."""
    found = {one.pk: one for one in User.objects.filter(is_superuser=True, is_active=True)}
    for people in _watchers:
        found |= {one.pk: one for one in people()}
    found.pop(except_for.pk, None)
    return list(found.values())


def is_staff(user: User) -> bool:
    """Whether a signed-in person works for an edition or is a system administrator."""
    return user.is_superuser or any(test(user) for test in _tests)


def is_required_of(user: User) -> bool:
    """Whether `user` has to use a second factor. Nobody has to where STAFF_SECOND_FACTOR is off (trials, developers)."""
    return settings.STAFF_SECOND_FACTOR and is_staff(user)


def has_one(user: Any) -> bool:
    """Whether an authenticator app is set up for the person."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def people_with_one() -> set[int]:
    """Primary keys of everybody who has set one up."""
    return set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))


def was_used(request: HttpRequest) -> bool:
    """Whether somebody gave a second factor in this session. A reset ends all sessions of a person, so none outlives its factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
