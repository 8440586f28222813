"""People and organisations."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from accounts.models import Membership, Organisation, User
from tests.factories import moments

PASSWORD = "a-password-for-tests"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.invalid")
    email_verified = True
    name = factory.Sequence(lambda n: f"用户{n}")
    joined_at = moments.SET_UP
    password = factory.django.Password(PASSWORD)


class OrganisationFactory(DjangoModelFactory):
    """An enterprise in 蓬江区. `uscc` counts up and is not checked here: validation is the form's business."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"示例企业{n}")
    kind = Organisation.Kind.ENTERPRISE
    uscc = factory.Sequence(lambda n: f"91440703MA{n:08d}")
    district = "440703"
    contact_name = "丁工"
    contact_email = "contact@example.invalid"
    created_at = moments.SET_UP


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.OWNER
    joined_at = moments.SET_UP
