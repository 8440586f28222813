"""A joint organisation is asked, answers for itself, and nothing is submitted before it has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import Consent, Organisation
from core.errors import Blocked, NotAllowed, Refusal
from core.models import AuditEntry, Message
from entries.actions import (
    accept_joint,
    add_applicant,
    add_named_applicant,
    decline_joint,
    invite_again,
    submit_entry,
)
from entries.errors import (
    EntryNotEditable,
    JointAnswered,
    JointUnanswerable,
    NobodyToInvite,
    OrganisationTaken,
)
from entries.models import EntryApplicant, JointInvitation
from entries.queries.dossier import open_dossier
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, OrganisationFactory

AT = moments.DURING_REGISTRATION
TYPED = {"name": "示例大学", "kind": "university", "uscc": "12440000455860015E", "district": "440703"}
MAIL = "office@university.example"


@pytest.fixture
def invitation(cast: Cast, draft) -> JointInvitation:
    added = add_applicant(entry=draft, organisation=cast.rival_organisation, revenue=None, actor=cast.applicant, at=AT)
    return added.invitation


def accept(invitation: JointInvitation, cast: Cast, **changed: object) -> EntryApplicant:
    known = {"organisation": cast.rival_organisation, "revenue": Decimal(9_000_000), "actor": cast.rival, "at": AT}
    return accept_joint(invitation=invitation, **{**known, **changed})


def test_the_invited_are_told_and_see_nothing_yet(cast, draft, invitation):
    assert Message.objects.filter(recipient=cast.rival.email, subject__contains="邀请示例企业壬联合参加").count() == 1
    assert not cast.rival.has_perm("entries.view_entry", draft)
    with pytest.raises(Blocked) as caught:
        submit_entry(entry=draft, actor=cast.applicant, at=AT)
    assert "示例企业壬 还没有确认联合参赛" in str([one.message for one in caught.value.reasons])
    assert not draft.submissions.exists()


def test_after_the_yes_the_entry_is_seen_grouped_by_the_sum_and_submitted(cast, draft, invitation):
    joined = accept(invitation, cast)
    assert (joined.joined_at, joined.revenue) == (AT, Decimal(9_000_000))
    assert cast.rival.has_perm("entries.view_entry", draft) and not cast.rival.has_perm("entries.edit_entry", draft)
    assert Consent.objects.get(document="joint:jgs2026").subject == draft.public_id
    assert "已确认联合参赛" in Message.objects.filter(recipient=cast.applicant.email).latest("pk").subject
    filed = submit_entry(entry=draft, actor=cast.applicant, at=AT)
    assert filed.group.code == "growth"  # 1,200 + 900 is more than 2,000 万元
    assert "2 家参赛企业合计" in filed.group_reason
    # Caps count the lead.
    other = build_submitted_entry(cast)
    assert open_dossier(other).led_elsewhere == 1
    other.applicants.update(organisation=cast.rival_organisation)
    assert open_dossier(other).led_elsewhere == 0


def test_the_lead_s_open_form_stays_valid(cast, draft, invitation):
    draft.refresh_from_db()
    before = draft.version
    accept(invitation, cast)
    draft.refresh_from_db()
    assert draft.version == before


def test_only_who_manages_the_invited_organisation_answers(cast, draft, invitation):
    editor = MembershipFactory(organisation=cast.rival_organisation, role="editor").user
    for actor, organisation, refusal in (
        (editor, cast.rival_organisation, NotAllowed),
        (cast.stranger, cast.rival_organisation, NotAllowed),
        (cast.applicant, cast.organisation, JointUnanswerable),
    ):
        with pytest.raises(refusal):
            accept(invitation, cast, actor=actor, organisation=organisation)
    with pytest.raises(NotAllowed):
        decline_joint(invitation=invitation, reason="", actor=editor, at=AT)
    assert draft.applicants.get(part="joint").joined_at is None
    assert not Consent.objects.exists()


def test_a_no_is_told_with_its_reason_and_may_be_asked_again(cast, draft, invitation):
    decline_joint(invitation=invitation, reason="没有合作", actor=cast.rival, at=AT)
    assert "没有合作" in Message.objects.filter(recipient=cast.applicant.email).latest("pk").body
    for act in (lambda: accept(invitation, cast), lambda: decline_joint(invitation=invitation, reason="", actor=cast.rival, at=AT)):
        with pytest.raises(JointAnswered):
            act()
    invite_again(applicant=draft.applicants.get(part="joint"), actor=cast.applicant, at=AT)
    assert accept(invitation, cast).joined_at == AT
    with pytest.raises(JointAnswered):
        invite_again(applicant=draft.applicants.get(part="joint"), actor=cast.applicant, at=AT)


def test_a_partner_may_leave_until_the_entry_is_submitted(cast, draft, invitation):
    accept(invitation, cast)
    decline_joint(invitation=invitation, reason="", actor=cast.rival, at=AT)
    assert not cast.rival.has_perm("entries.view_entry", draft)
    invite_again(applicant=draft.applicants.get(part="joint"), actor=cast.applicant, at=AT)
    accept(invitation, cast)
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    with pytest.raises(EntryNotEditable):
        decline_joint(invitation=invitation, reason="", actor=cast.rival, at=AT)
    assert draft.applicants.get(part="joint").joined_at == AT


def test_a_typed_partner_answers_with_the_organisation_it_registers(cast, draft):
    added = add_named_applicant(entry=draft, values=TYPED, revenue=None, email=MAIL, actor=cast.applicant, at=AT)
    assert Message.objects.get(recipient=MAIL).body.count("/joint/") == 1
    other = OrganisationFactory(**{**TYPED, "name": "别的单位", "uscc": "91440606722473344C"})
    MembershipFactory(organisation=other, user=cast.stranger)
    with pytest.raises(JointUnanswerable):
        accept(added.invitation, cast, organisation=other, actor=cast.stranger)
    real = OrganisationFactory(**{**TYPED, "name": "示例大学（真）"})
    MembershipFactory(organisation=real, user=cast.stranger)
    joined = accept(added.invitation, cast, organisation=real, revenue=None, actor=cast.stranger)
    assert joined.organisation == real
    assert not Organisation.objects.filter(name="示例大学").exists()  # the typed record is gone


def test_the_lead_s_own_code_cannot_join_it(cast, draft):
    typed = {**TYPED, "uscc": cast.organisation.uscc, "name": "另一个名字"}
    added = add_named_applicant(entry=draft, values=typed, revenue=None, email=MAIL, actor=cast.applicant, at=AT)
    with pytest.raises(OrganisationTaken):
        accept(added.invitation, cast, organisation=cast.organisation, actor=cast.applicant)
    assert draft.applicants.get(part="joint").joined_at is None


def test_nobody_to_invite_adds_nothing(cast, draft):
    lines = AuditEntry.objects.count()
    with pytest.raises(NobodyToInvite):
        add_named_applicant(entry=draft, values=TYPED, revenue=None, actor=cast.applicant, at=AT)
    assert draft.applicants.count() == 1
    assert not Organisation.objects.filter(name="示例大学").exists()
    assert AuditEntry.objects.count() == lines


def test_after_the_deadline_nobody_answers(cast, draft, invitation):
    with pytest.raises(Refusal):
        accept(invitation, cast, at=moments.REGISTRATION_CLOSES)
    assert draft.applicants.get(part="joint").joined_at is None
