"""Entries with applicants and patents."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from competitions.models import Edition, Group
from entries import states
from entries.models import Entry, EntryApplicant, FormalityReview, IPAsset, JointInvitation
from tests.factories import moments
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.competitions import EditionFactory


class EntryFactory(DjangoModelFactory):
    """A draft with its text filled in."""

    class Meta:
        model = Entry

    edition = factory.SubFactory(EditionFactory)
    title = factory.Sequence(lambda n: f"水性木器漆用自交联乳液及其制备方法{n}")
    short_name = "木器漆乳液"
    industry = "materials"
    maturity = "pilot"
    pitch = "不含外加交联剂的水性木器漆乳液"
    summary = "在无外加交联剂的条件下，乳液成膜时自行交联，兼顾干燥速度与耐水性。"
    description = "技术要点。"
    advantages = "优势。"
    layout = "布局思路。"
    market = "市场。"
    team = "团队。"
    is_display_consented = True
    is_truth_declared = True
    is_award_free_declared = True
    created_at = moments.DURING_REGISTRATION
    created_by = factory.SubFactory(UserFactory)
    saved_at = moments.DURING_REGISTRATION


class EntryApplicantFactory(DjangoModelFactory):
    class Meta:
        model = EntryApplicant

    entry = factory.SubFactory(EntryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    part = EntryApplicant.Part.LEAD
    revenue = 12_000_000
    joined_at = moments.DURING_REGISTRATION


class JointInvitationFactory(DjangoModelFactory):
    """An organisation that was asked to take part and has not answered."""

    class Meta:
        model = JointInvitation

    applicant = factory.SubFactory(EntryApplicantFactory, part=EntryApplicant.Part.JOINT, joined_at=None, revenue=None)
    invited_at = moments.DURING_REGISTRATION
    invited_by = factory.SubFactory(UserFactory)


class IPAssetFactory(DjangoModelFactory):
    """The core patent, granted."""

    class Meta:
        model = IPAsset

    entry = factory.SubFactory(EntryFactory)
    position = factory.Sequence(lambda n: n % 1000)
    asset_type = IPAsset.Kind.INVENTION
    title = "一种陈皮货位微环境独立调节方法"
    number_raw = "ZL202210000101.3"
    number = "202210000101.3"
    filed_on = date(2022, 3, 14)
    granted_on = date(2024, 1, 5)
    status = IPAsset.Status.GRANTED
    owners = "示例企业丁"
    inventors = "丁工"
    is_core = True


class FormalityReviewFactory(DjangoModelFactory):
    class Meta:
        model = FormalityReview

    entry = factory.SubFactory(EntryFactory)
    sequence = 1
    examiner = factory.SubFactory(UserFactory)
    picked_at = moments.DURING_FORMALITY


def build_accepted_entry(edition: Edition, number: int, group: Group | None = None, **fields: object) -> Entry:
    """An entry with a lead applicant and a core patent that passed the formality examination and shows in public."""
    group = group or Group.objects.filter(track__edition=edition).order_by("position").first()
    assert group is not None
    entry = EntryFactory(
        edition=edition,
        track=group.track,
        group=group,
        number=number,
        state=states.ACCEPTED,
        submitted_at=moments.DURING_REGISTRATION,
        accepted_at=moments.DURING_FORMALITY,
        **fields,
    )
    EntryApplicantFactory(entry=entry)
    IPAssetFactory(entry=entry)
    return entry
