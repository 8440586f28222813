"""Caps by kind of applicant, exclusion, the award declaration and the letter: settings of the edition, checked at submission."""

from __future__ import annotations

import pytest

from accounts.models import Consent, Organisation
from competitions.actions import add_exclusion, lift_exclusion
from competitions.errors import ExclusionInvalid
from competitions.models import ExclusionRecord
from competitions.queries.entry_conditions import condition_sentences
from core.errors import Blocked
from entries.actions import submit_entry
from entries.forms.review import DeclarationForm
from entries.pure.declarations import SHARING, promises
from entries.queries.completeness import declarations
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.entries.terms import set_rules
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory

AT = moments.DURING_REGISTRATION


def blocked(entry, cast: Cast) -> str:
    with pytest.raises(Blocked) as caught:
        submit_entry(entry=entry, actor=cast.applicant, at=AT)
    entry.refresh_from_db()
    assert entry.state == "draft"
    return " ".join(one.message for one in caught.value.reasons)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("enterprise", "max_entries_enterprise"),
        ("individual", "max_entries_individual"),
        ("team", "max_entries_individual"),
        ("university", "max_entries_university"),
        ("research_institute", "max_entries_university"),
        ("social_org", "max_entries_other"),
        ("overseas", "max_entries_other"),
    ],
)
def test_each_kind_has_its_cap(cast, draft, kind, rule):
    Organisation.objects.filter(pk=cast.organisation.pk).update(kind=kind, registration_number="1")
    set_rules(cast, **{rule: 1})
    build_submitted_entry(cast)
    assert "最多 1 个" in blocked(draft, cast)
    set_rules(cast, **{rule: 2})
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == "submitted"


def test_without_a_cap_a_university_enters_as_often_as_it_likes(cast, draft):
    Organisation.objects.filter(pk=cast.organisation.pk).update(kind="university")
    for _ in range(4):
        build_submitted_entry(cast)
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == "submitted"


def test_who_is_excluded_does_not_enter_also_as_partner_until_it_is_lifted(cast, draft):
    EntryApplicantFactory(entry=draft, organisation=cast.rival_organisation, part="joint")
    known = {"edition": cast.edition, "name": "壬", "reason": "申报材料造假", "actor": cast.organiser, "at": AT}
    record = add_exclusion(uscc=cast.rival_organisation.uscc, until_year=2026, **known)
    text = blocked(draft, cast)
    assert "示例企业壬 因“申报材料造假”，2026 年及以前的各届不能参赛" in text
    lift_exclusion(edition=cast.edition, record=record, reason="复核无误", actor=cast.organiser, at=AT)
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == "submitted"


def test_an_exclusion_that_is_over_or_another_firm_s_keeps_nobody_out(cast, draft):
    known = {"edition": cast.edition, "reason": "x", "actor": cast.organiser, "at": AT}
    ExclusionRecord.objects.create(name="示例企业丁", uscc=cast.organisation.uscc, until_year=2025, reason="x", added_at=AT, added_by=cast.organiser)
    add_exclusion(name="示例企业丁", uscc="91440300192317458F", until_year=2030, **known)
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == "submitted"


def test_a_faulty_exclusion_is_refused(cast):
    known = {"edition": cast.edition, "name": "示例企业", "uscc": "", "until_year": 2027, "reason": "x", "actor": cast.organiser, "at": AT}
    for changed in ({"uscc": "91440606722473344A"}, {"name": " "}, {"reason": " "}, {"until_year": 2025}):
        with pytest.raises(ExclusionInvalid):
            add_exclusion(**{**known, **changed})
    assert not ExclusionRecord.objects.exists()


def test_the_award_declaration_and_the_letter_are_asked_for_where_the_edition_says_so(cast, draft):
    type(draft).objects.filter(pk=draft.pk).update(is_award_free_declared=False)
    draft.refresh_from_db()
    set_rules(cast, needs_award_declaration=True)
    assert "国家或省级专利奖" in blocked(draft, cast)
    set_rules(cast, needs_award_declaration=False)
    Organisation.objects.filter(pk=cast.organisation.pk).update(district="outside")
    assert "推荐函" in blocked(draft, cast)
    set_rules(cast, needs_recommendation=False)
    assert submit_entry(entry=draft, actor=cast.applicant, at=AT).state == "submitted"


@pytest.mark.parametrize("asked", [True, False])
def test_nobody_declares_to_have_won_no_award_where_that_is_no_condition(cast, draft, asked):
    set_rules(cast, needs_award_declaration=asked)
    dossier = open_dossier(draft)
    form = DeclarationForm(scope=edit_scope(draft), asks=[*declarations(dossier.rules), SHARING])
    assert ("专利奖" in str(form)) is asked
    assert any("专利奖" in one for one in promises(excludes_awarded=asked)) is asked
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    assert Consent.objects.filter(document__startswith="is_award_free_declared").exists() is asked


def test_the_conditions_are_said_in_sentences(cast):
    set_rules(cast, max_entries_university=5, needs_award_declaration=True, core_granted_from="2020-01-01")
    cast.edition.entry_rules.refresh_from_db()
    text = " ".join(condition_sentences(cast.edition.entry_rules))
    assert "每所高校、科研院所最多 5 个；联合参赛的计入牵头单位。" in text
    assert "授权公告日不早于 2020-01-01" in text and "不超过 2,000 万元的归入初创组" in text and "专利奖" in text
