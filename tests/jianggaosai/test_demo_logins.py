"""Which demo logins are printed, and that none works on a server."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from pytest_django import Settings

from competitions.models import Role
from jianggaosai.demo_logins import DEMO_PASSWORD, DemoLogin, demo_logins
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.competitions import RoleFactory, build_edition

pytestmark = pytest.mark.django_db


def test_one_login_for_each_role_and_none_that_is_not_a_demo() -> None:
    edition = build_edition()
    organiser, judge, judge2, applicant, public = (UserFactory(is_demo=True, name=n) for n in "江钟岳丁民")
    RoleFactory(edition=edition, user=UserFactory(), kind=Role.Kind.AUDITOR)
    RoleFactory(edition=edition, user=judge2, kind=Role.Kind.JUDGE)
    RoleFactory(edition=edition, user=judge, kind=Role.Kind.JUDGE)
    RoleFactory(edition=edition, user=organiser, kind=Role.Kind.ORGANISER)
    MembershipFactory(user=applicant)
    assert demo_logins() == [
        DemoLogin("组委会", "江", organiser.email),
        DemoLogin("评委", "钟", judge.email),
        DemoLogin("参赛单位", "丁", applicant.email),
        DemoLogin("公众", "民", public.email),
    ]


@pytest.mark.parametrize("debug", [True, False])
def test_a_demo_login_works_only_while_debug_is_on(settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    user = UserFactory(is_demo=True, password=DEMO_PASSWORD)
    found = authenticate(None, email=user.email, password=DEMO_PASSWORD)
    assert (found == user) is debug
