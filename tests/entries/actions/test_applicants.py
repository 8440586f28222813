from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import Membership, Organisation
from entries.actions.applicants import add_applicant, add_named_applicant, remove_applicant, save_revenues
from entries.errors import EditedElsewhere, FieldLocked, OrganisationTaken
from entries.models import EntryApplicant
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.accounts import OrganisationFactory

AT = moments.DURING_REGISTRATION
MAIL = "office@university.example"
TYPED = {"name": "示例大学", "kind": "university", "uscc": "12440000455860015E", "district": "440703"}


def test_revenue_is_kept_in_yuan(cast, empty_draft):
    lead = empty_draft.applicants.get()

    save_revenues(
        entry=empty_draft, version=1, revenues={lead.pk: Decimal("12505000.00")}, actor=cast.applicant, at=AT
    )

    lead.refresh_from_db()
    assert lead.revenue == Decimal("12505000.00")


def test_revenue_of_somebody_who_is_no_applicant_is_refused(cast, empty_draft):
    with pytest.raises(EditedElsewhere):
        save_revenues(entry=empty_draft, version=1, revenues={0: Decimal(1)}, actor=cast.applicant, at=AT)

    assert empty_draft.applicants.get().revenue is None


def test_a_joint_organisation_is_added_unconfirmed(cast, empty_draft):
    added = add_applicant(
        entry=empty_draft, organisation=cast.rival_organisation, revenue=None, actor=cast.applicant, at=AT
    )

    assert (added.part, added.joined_at) == ("joint", None)
    assert not cast.rival.has_perm("entries.view_entry", empty_draft)


def test_the_same_organisation_is_not_added_twice(cast, empty_draft):
    with pytest.raises(OrganisationTaken):
        add_applicant(entry=empty_draft, organisation=cast.organisation, revenue=None, actor=cast.applicant, at=AT)

    assert empty_draft.applicants.count() == 1


def test_a_typed_organisation_becomes_a_record_without_members(cast, empty_draft):
    added = add_named_applicant(entry=empty_draft, values=TYPED, revenue=Decimal(5), email=MAIL, actor=cast.applicant, at=AT)

    assert (added.organisation.name, added.organisation.verified_at, added.revenue) == ("示例大学", None, Decimal(5))
    assert not Membership.objects.filter(organisation=added.organisation).exists()


def test_a_verified_organisation_is_known_by_its_code(cast, empty_draft):
    known = OrganisationFactory(**{**TYPED, "name": "核验过的大学"}, verified_at=AT)

    added = add_named_applicant(entry=empty_draft, values=TYPED, revenue=None, email=MAIL, actor=cast.applicant, at=AT)

    assert added.organisation == known


def test_an_unverified_claim_of_another_name_is_not_taken_for_it(cast, empty_draft):
    OrganisationFactory(**{**TYPED, "name": "冒用代码的单位"})

    added = add_named_applicant(entry=empty_draft, values=TYPED, revenue=None, email=MAIL, actor=cast.applicant, at=AT)

    assert added.organisation.name == "示例大学"
    assert Organisation.objects.filter(uscc=TYPED["uscc"]).count() == 2


def test_a_joint_organisation_is_removed_and_the_lead_never(cast, empty_draft):
    lead = empty_draft.applicants.get()
    joint = add_applicant(
        entry=empty_draft, organisation=cast.rival_organisation, revenue=None, actor=cast.applicant, at=AT
    )

    for applicant in (joint, lead):
        remove_applicant(entry=empty_draft, applicant=applicant, actor=cast.applicant, at=AT)

    assert list(EntryApplicant.objects.all()) == [lead]


def test_a_returned_entry_keeps_its_applicants_unless_they_are_named(cast, draft):
    review = return_entry_with(draft, cast, "applicant.1.revenue")
    lead = draft.applicants.get()

    with pytest.raises(FieldLocked):
        add_applicant(
            entry=draft,
            organisation=cast.rival_organisation,
            revenue=None,
            actor=cast.applicant,
            at=review.decided_at,
        )
    save_revenues(
        entry=draft,
        version=draft.version,
        revenues={lead.pk: Decimal(7)},
        actor=cast.applicant,
        at=review.decided_at,
    )

    assert draft.applicants.get().revenue == Decimal(7)
    assert review.comments.get().is_mended
