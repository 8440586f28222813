"""A new edition after the pattern of an earlier one: by parts, dates moved as a whole, nothing of people's data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import mail

from competitions.actions.clone import clone_edition
from competitions.clone_parts import clone_parts
from competitions.errors import ClonePartsMissing, SlugTaken
from competitions.models import AwardQuota, Criterion, Edition, Role
from competitions.pure.presets import preliminary_preset
from competitions.queries.clone import cloned_roles
from competitions.queries.rule_set import round_rule_set
from core.errors import NotAllowed
from core.models import AuditEntry
from results.models import PublicitySettings
from tests.cast import Cast
from tests.factories import moments
from tests.factories.results import certify, publish_final

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
NAMES = {"slug": "jgs2027", "name": "2027 年江高赛", "short_name": "2027 江高赛", "ordinal": 5, "year": 2027}
ALL = [part.key for part in clone_parts()] or [
    "basics", "schedule", "groups", "entry-rules", "vote-rules", "rounds", "rubrics", "awards", "pages", "publicity", "roles",
]  # fmt: skip


def cloned(cast: Cast, *parts: str, first_day: date | None = None) -> Edition:
    opens = cast.edition.stages.get(kind="registration").opens_at
    day = first_day or (opens + timedelta(days=365)).date()
    return clone_edition(source=cast.edition, parts=parts, first_day=day, **NAMES, actor=cast.organiser, at=AT)


def test_the_settings_of_all_parts_come_along(cast: Cast) -> None:
    source = cast.edition
    Edition.objects.filter(pk=source.pk).update(slogan="以专利论英雄", contact_phone="0750-1234567")
    source.refresh_from_db()
    rules = source.entry_rules
    rules.min_assets, rules.correction_days = 3, 7
    rules.save()
    PublicitySettings.objects.create(edition=source, notice_days=7, committee="示例组委会", judge_totals_confirmed_at=AT, judge_totals_confirmed_by=cast.organiser)
    made = cloned(cast, *ALL)
    assert (made.slogan, made.contact_phone, made.published_at) == ("以专利论英雄", "0750-1234567", None)
    assert (made.entry_rules.min_assets, made.entry_rules.correction_days) == (3, 7)
    for kind in source.rounds.exclude(kind="public_vote").values_list("kind", flat=True):
        before, after = source.rounds.get(kind=kind), made.rounds.get(kind=kind)
        assert round_rule_set(after).as_dict() == round_rule_set(before).as_dict()
        assert [c.code for c in Criterion.objects.filter(rubric__round=after)] == [c.code for c in Criterion.objects.filter(rubric__round=before)]
    quotas = [
        sorted(AwardQuota.objects.filter(award_type__edition=one).values_list("award_type__code", "group__code", "quota"))
        for one in (source, made)
    ]
    assert quotas[0] == quotas[1] != []
    publicity = made.publicity
    assert (publicity.notice_days, publicity.committee, publicity.shows_judge_totals) == (7, "示例组委会", False)
    line = AuditEntry.objects.get(verb="competitions.edition.cloned")
    assert line.edition == "jgs2027" and line.detail.content["after"]["source"] == source.slug


def test_every_date_moves_by_the_same_days(cast: Cast) -> None:
    made = cloned(cast, "schedule", first_day=(moments.SET_UP + timedelta(days=400)).date())
    steps = {
        stage.opens_at - cast.edition.stages.get(kind=stage.kind).opens_at for stage in made.stages.all()
    } | {stage.closes_at - cast.edition.stages.get(kind=stage.kind).closes_at for stage in made.stages.all()}
    assert len(steps) == 1 and steps.pop().seconds == 0
    assert not made.stages.filter(gate_released_at__isnull=False).exists()


def test_a_part_that_is_not_ticked_keeps_the_preset(cast: Cast) -> None:
    made = cloned(cast, "basics")
    preset = preliminary_preset().as_dict()
    assert made.rounds.get(kind="preliminary").rules == preset
    assert made.award_types.count() == 3 and made.stages.get(kind="registration").opens_at.year == 2027
    assert list(made.roles.values_list("user", "kind")) == [(cast.organiser.pk, "organiser")]


def test_groups_without_their_awards_keep_the_presets_quotas(cast: Cast) -> None:
    made = cloned(cast, "groups")
    assert AwardQuota.objects.filter(award_type__edition=made, award_type__code="gold").count() == 2


def test_colleagues_are_told_and_judges_are_chosen_anew(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = cloned(cast, "roles")
    kinds = set(made.roles.values_list("kind", flat=True))
    assert kinds == {role.kind for role in cloned_roles(cast.edition)} and not kinds & {Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE}
    assert made.roles.filter(user=cast.organiser2, kind="organiser", reason__startswith="沿用").exists()
    assert any(cast.organiser2.email in message.to for message in mail.outbox)


def test_nothing_of_people_comes_along(cast: Cast) -> None:
    """An edition with entries, votes, marks, results and certificates: the clone has a row in none of their tables."""
    certify(publish_final(cast), cast)
    made = cloned(cast, *ALL)
    for label in ("entries.Entry", "voting.Ballot", "voting.LedgerLeaf", "judging.Panel", "results.RoundResult", "results.Notice", "results.Objection", "results.Seal"):
        model = apps.get_model(label)
        names = {field.name for field in model._meta.get_fields()}
        path = "edition" if "edition" in names else "round__edition"
        assert not model.objects.filter(**{path: made}).exists(), label
    assert not made.confirmations.exists()


def test_rules_do_not_come_without_the_groups_they_name(cast: Cast) -> None:
    with pytest.raises(ClonePartsMissing) as refused:
        cloned(cast, "rounds", "awards")
    assert "“计分与晋级”须同时复制“赛道与组别”" in refused.value.text
    assert Edition.objects.filter(slug="jgs2027").count() == 0


def test_only_who_organises_the_source_and_never_twice(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        clone_edition(
            source=cast.edition, parts=[], first_day=date(2027, 7, 1), **NAMES, actor=cast.foreigner, at=AT
        )
    cloned(cast)
    with pytest.raises(SlugTaken):
        cloned(cast)
