"""Vote rules, rules of the scored rounds, rubrics and awards."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from competitions.actions import (
    remove_award_type,
    save_award_type,
    save_rubric,
    set_award_decision,
    set_award_quota,
    set_round_rules,
    set_round_seats,
)
from competitions.forms.parts import AwardForm, CriterionFormSet, RubricNameForm
from competitions.forms.rules import RoundRulesForm, RoundSeatsForm, VoteRulesForm
from competitions.models import AwardType, Edition, Group, Round
from competitions.pure.rubric import full_mark, leaves
from competitions.queries.access import get_award_of, get_round_of
from competitions.queries.freeze import is_round_frozen
from competitions.queries.rule_set import (
    award_round,
    group_keys,
    round_rule_set,
    rubric_rows,
    scored_rounds,
    vote_settings,
)
from competitions.views.organizer.posting import carried_out, managed
from competitions.views.organizer.setup import show_section
from core import clock
from core.errors import Refusal

FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORMS)
def vote_rules(request: HttpRequest, slug: str) -> HttpResponse:
    edition, at = managed(request, slug), clock.now()
    round_ = get_round_of(edition, Round.Kind.PUBLIC_VOTE)
    form = VoteRulesForm(request.POST or None, initial=VoteRulesForm.initial_of(round_.rules))
    if request.method == "POST" and form.is_valid():
        rules = form.rules()
        if carried_out(
            request, form, lambda: set_round_rules(round=round_, rules=rules, actor=request.user, at=at), "投票规则已保存。"
        ):
            return redirect("competitions:setup-vote-rules", slug)
    frozen = "投票已经开始，规则不能再修改；暂停也不改变规则。" if is_round_frozen(round_, at) else ""
    return show_section(request, edition, "vote-rules", form, frozen=frozen, sentences=_sentences(round_))


@login_required
@require_http_methods(["GET", "HEAD"])
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """Every scored round with its rules in sentences."""
    edition = managed(request, slug)
    rows = [{"round": round_, "sentences": _sentences(round_)} for round_ in scored_rounds(edition)]
    return show_section(request, edition, "rounds", template="competitions/setup/rounds.html", rows=rows)


@login_required
@require_http_methods(FORMS)
def round_rules(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The rules of one round; the seats and minutes are a form of their own on the same page."""
    edition, at = managed(request, slug), clock.now()
    round_ = get_round_of(edition, kind)
    names = dict(Group.objects.filter(track__edition=edition).values_list("pk", "name"))
    groups = {key: names[pk] for pk, key in group_keys(edition).items()}
    seating = request.POST.get("part") == "seats"
    rules_form = RoundRulesForm(None if seating else request.POST or None, groups=groups, stored=round_.rules)
    seats_form = RoundSeatsForm(request.POST if seating else None, instance=Round.objects.get(pk=round_.pk))
    if request.method == "POST" and _save_round(request, round_, seats_form if seating else rules_form, at):
        return redirect("competitions:setup-round", slug, kind)
    frozen = f"{round_.name}已经开始，规则不能再修改。" if is_round_frozen(round_, at) else ""
    context = {"round": round_, "seats_form": seats_form, "sentences": _sentences(round_)}
    for field in seats_form.fields.values():
        field.disabled = bool(frozen)
    return show_section(
        request, edition, "rounds", rules_form, frozen=frozen, template="competitions/setup/round.html", **context
    )


@login_required
@require_http_methods(["GET", "HEAD"])
def rubrics(request: HttpRequest, slug: str) -> HttpResponse:
    """The scoring table of every round."""
    edition = managed(request, slug)
    rows = []
    for round_ in scored_rounds(edition):
        for rubric in round_.rubrics.select_related("track").prefetch_related("criteria"):
            criteria = rubric_rows(rubric)
            rows.append({"round": round_, "rubric": rubric, "criteria": criteria, "full": full_mark(criteria)})
    return show_section(request, edition, "rubrics", template="competitions/setup/rubrics.html", rows=rows)


@login_required
@require_http_methods(FORMS)
def rubric(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The common scoring table of one round, row by row."""
    edition, at = managed(request, slug), clock.now()
    round_ = get_round_of(edition, kind)
    stored = round_.rubrics.filter(track=None).first()
    rows = rubric_rows(stored) if stored else []
    name_form = RubricNameForm(request.POST or None, initial={"name": stored.name if stored else f"{round_.name}评分标准"})
    initial = [{name: getattr(row, name) for name in row.__dataclass_fields__} for row in rows]
    formset = CriterionFormSet(request.POST or None, initial=initial)
    if request.method == "POST" and name_form.is_valid() and formset.is_valid():
        entered, name = formset.rows(), name_form.cleaned_data["name"]
        if carried_out(
            request,
            name_form,
            lambda: save_rubric(round=round_, rows=entered, name=name, actor=request.user, at=at),
            "评分标准已保存。",
        ):
            return redirect("competitions:setup-rubrics", slug)
    frozen = f"{round_.name}已经开始，评分标准不能再修改。" if is_round_frozen(round_, at) else ""
    context = {"round": round_, "formset": formset, "full": full_mark(rows), "scored": len(leaves(rows))}
    return show_section(
        request, edition, "rubrics", name_form, frozen=frozen, template="competitions/setup/rubric.html", **context
    )


@login_required
@require_http_methods(["GET", "HEAD"])
def awards(request: HttpRequest, slug: str) -> HttpResponse:
    edition = managed(request, slug)
    groups = _groups(edition)
    rows = []
    for award in edition.award_types.prefetch_related("quotas"):
        places = {quota.group_id: quota.quota for quota in award.quotas.all()}
        rows.append({"award": award, "places": [(group, places.get(group.pk, 0)) for group in groups]})
    return show_section(
        request, edition, "awards", template="competitions/setup/awards.html", rows=rows, groups=groups
    )


@login_required
@require_http_methods(FORMS)
def award(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """One award with its places; without a code a new one."""
    edition, at = managed(request, slug), clock.now()
    found = get_award_of(edition, code) if code else None
    quotas = {row.group_id: row.quota for row in found.quotas.all()} if found else {}
    instance = AwardType.objects.get(pk=found.pk) if found else None
    form = AwardForm(
        request.POST or None, instance=instance, groups=_groups(edition), quotas=quotas, initial=_decision(edition, code)
    )
    if request.method == "POST" and form.is_valid():
        saved = carried_out(request, form, lambda: _save_award(request, edition, found, form, at), "奖项已保存。")
        if saved:
            return redirect("competitions:setup-awards", slug)
    final = award_round(edition)
    frozen = f"{final.name}已经开始，奖项和名额不能再修改。" if final and is_round_frozen(final, at) else ""
    return show_section(
        request, edition, "awards", form, frozen=frozen, template="competitions/setup/award.html", award=found
    )


@login_required
@require_POST
def award_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    edition = managed(request, slug)
    removed = remove_award_type(award_type=get_award_of(edition, code), actor=request.user, at=clock.now())
    messages.success(request, f"已删除奖项：{removed.name}。")
    return redirect("competitions:setup-awards", slug)


def _save_round(request: HttpRequest, round_: Round, form: RoundRulesForm | RoundSeatsForm, at) -> bool:
    if not form.is_valid():
        return False
    if isinstance(form, RoundSeatsForm):
        values = form.cleaned_data
        return carried_out(
            request, form, lambda: set_round_seats(round=round_, values=values, actor=request.user, at=at), "评委数和时长已保存。"
        )
    rules = form.rules()
    return carried_out(
        request, form, lambda: set_round_rules(round=round_, rules=rules, actor=request.user, at=at), "计分规则已保存。"
    )


def _save_award(request: HttpRequest, edition: Edition, found: AwardType | None, form: AwardForm, at) -> None:
    data, who = form.cleaned_data, {"actor": request.user, "at": at}
    code = found.code if found else data["code"]
    saved = save_award_type(edition=edition, code=code, values=data, award_type=found, **who)
    for group, quota in form.quotas():
        set_award_quota(award_type=saved, group=group, quota=quota, **who)
    set_award_decision(award_type=saved, basis=data["basis"], tie=data["tie"], backfill=data["backfill"], **who)


def _groups(edition: Edition) -> list[Group]:
    return list(Group.objects.filter(track__edition=edition).select_related("track"))


def _decision(edition: Edition, code: str) -> dict[str, str]:
    final = award_round(edition)
    stored = final.rules.get("awards", []) if final else []
    return next((award for award in stored if award.get("code") == code), {"basis": "total", "tie": "committee"})


def _sentences(round_: Round) -> list[str]:
    """The rules as everybody reads them; a rule that cannot be used says so."""
    try:
        voting = round_.kind == Round.Kind.PUBLIC_VOTE
        return vote_settings(round_).sentences() if voting else round_rule_set(round_).sentences()
    except Refusal as refusal:
        return [refusal.text]
