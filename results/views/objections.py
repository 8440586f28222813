"""The committee's and the arbitrators' pages: notices and their closing, objections and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.pure.email import mask_email
from accounts.pure.mobile import mask_mobile
from competitions.queries.access import get_edition_for
from core import clock
from core.files.made import made_file
from results.actions import arbitration
from results.actions.notice import close_notice, closing_reasons
from results.actions.objection import file_objection
from results.forms.objection import AdmitForm, AnswerForm, DeclineForm, LetterForm, RulingForm
from results.models import Objection, ObjectionParty
from results.queries import access
from results.queries.impartiality import arbitrators_for, partiality
from results.queries.materials import materials_of
from results.queries.notices import published_notices, show_notice
from results.queries.objections import objection_counts
from results.states import FILED, INVESTIGATING, OBJECTION, UPHELD

PER_PAGE = 50
BADGES = {
    "filed": ("inbox", "warn"), "declined": ("ban", "mute"), "investigating": ("search", "info"),
    "upheld": ("check", "danger"), "dismissed": ("x", "mute"), "answered": ("check-circle", "ok"), "withdrawn": ("history", "mute"),
}  # fmt: skip


@login_required
@require_safe
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Every notice with what keeps it open, and the objections to all of them."""
    edition, at = get_edition_for(request.user, slug, to="results.view_objection"), clock.now()
    shown = [show_notice(one, at) for one in published_notices(edition)]
    objections = Objection.objects.filter(edition=edition).select_related("notice", "entry", "investigator")
    state = request.GET.get("state", "")
    listed = objections.filter(state=state) if state in OBJECTION.labels else objections
    context = {
        "edition": edition,
        "at": at,
        "rows": [(one, closing_reasons(one.notice, at)) for one in shown],
        "counts": objection_counts(objections),
        "page": Paginator(listed.defer("notice__body"), PER_PAGE).get_page(request.GET.get("page")),
        "chips": _chips(objections, state),
        "badges": BADGES,
        "may_handle": request.user.has_perm("results.handle_objection", edition),
    }
    return render(request, "results/notices.html", context)


@login_required
@require_POST
def notice_close(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    notice = access.get_notice_for(request.user, slug, public_id, to="results.publish_result")
    close_notice(notice=notice, actor=request.user, at=clock.now())
    messages.success(request, f"“{notice.title}”已结束。")
    return redirect("results:notices", slug)


@login_required
def letter(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A letter that reached the committee in time is entered like any other objection."""
    notice = access.get_notice_for(request.user, slug, public_id, to="results.handle_objection")
    kind = request.GET.get("kind", Objection.Kind.UNIT)
    if kind not in Objection.Kind.values:
        raise Http404
    kept = materials_of(notice, request.user)
    form = LetterForm(request.POST or None, request.FILES or None, notice=notice, kind=kind, kept=kept)
    if form.is_valid():
        filed = file_objection(notice=notice, actor=request.user, at=clock.now(), **form.values())
        messages.success(request, f"已登记异议 {filed.number}，回执已发到提出人邮箱。")
        return redirect("results:objection-detail", slug, filed.public_id)
    tabs = [{"label": label, "url": f"?kind={value}", "current": value == kind} for value, label in Objection.Kind.choices]
    context = {"edition": notice.edition, "notice": notice, "form": form, "tabs": tabs}
    return render(request, "results/letter.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def objection_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One objection: grounds, files, steps, and the one next thing to do."""
    found = access.get_objection_for(request.user, slug, public_id, to="results.view_objection")
    return _detail(request, found, reveals=None)


@login_required
@never_cache
@require_POST
def objection_contact(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Shows who objected; that somebody looked is written down."""
    found = access.get_objection_for(request.user, slug, public_id, to="results.view_objection")
    party = arbitration.reveal_party(objection=found, actor=request.user, at=clock.now())
    return _detail(request, found, reveals=party)


@login_required
@require_GET
def objection_file(request: HttpRequest, slug: str, public_id: str, number: int) -> HttpResponse:
    """One file of an objection, as an attachment."""
    found = access.get_objection_for(request.user, slug, public_id, to="results.view_objection")
    files = list(found.files.all())
    if not 1 <= number <= len(files):
        raise Http404
    one = files[number - 1]
    with one.file.open("rb") as stream:
        return made_file(stream.read(), one.media_type, one.original_name)


@login_required
@require_POST
def objection_step(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Carries one step out: admit, decline, rule, carry-out or answer; what is wrong in the form comes back in place."""
    found = access.get_objection_for(request.user, slug, public_id, to="results.view_objection")
    make, act, done = _step(request, found, verb)
    form = make(request.POST)
    if form is not None and not form.is_valid():
        return _detail(request, found, reveals=None, bound={verb: form}, status=422)
    act(form.cleaned_data if form is not None else {})
    messages.success(request, done)
    return redirect("results:objection-detail", slug, public_id)


def _step(request: HttpRequest, found: Objection, verb: str) -> tuple[Callable[[Any], forms.Form | None], Callable[[dict], Any], str]:
    who: dict[str, Any] = {"objection": found, "actor": request.user, "at": clock.now()}
    steps: dict[str, tuple[Callable[[Any], forms.Form | None], Callable[[dict], Any], str]] = {
        "admit": (
            lambda data: AdmitForm(data, arbitrators=arbitrators_for(found)),
            lambda values: arbitration.admit_objection(**who, **values),
            "已受理，仲裁委员会收到邮件。",
        ),
        "decline": (DeclineForm, lambda values: arbitration.decline_objection(**who, **values), "已不予受理，理由已发给提出人。"),
        "rule": (RulingForm, lambda values: _rule(who, values), "裁定已记录。"),
        "carry-out": (
            lambda data: None,
            lambda values: arbitration.carry_out_ruling(**who),
            "已按裁定生成更正版结果，请两人核准后公布，再答复提出人。",
        ),
        "answer": (AnswerForm, lambda values: arbitration.answer_objection(**who, **values), "答复已发给提出人。"),
    }
    if verb not in steps:
        raise Http404
    return steps[verb]


def _rule(who: dict[str, Any], values: dict[str, str]) -> Objection:
    if values["verdict"] == "dismiss":
        return arbitration.dismiss_objection(ruling=values["ruling"], **who)
    return arbitration.uphold_objection(effect=values["verdict"], ruling=values["ruling"], **who)


def _detail(
    request: HttpRequest, found: Objection, *, reveals: ObjectionParty | None, bound: dict | None = None, status: int = 200
) -> HttpResponse:
    bound = bound or {}
    user, edition = request.user, found.edition
    handles = user.has_perm("results.handle_objection", edition)
    rules_here = user.has_perm("results.rule_objection", edition) and found.investigator_id == user.pk
    party = ObjectionParty.objects.filter(objection=found).first()
    context = {
        "edition": edition,
        "objection": found,
        "badge": BADGES[found.state],
        "steps": found.steps.select_related("by"),
        "files": list(found.files.all()),
        "party": reveals or (_masked(party) if party else None),
        "is_revealed": reveals is not None,
        "labels": OBJECTION.labels,
        "admit_form": bound.get("admit") or AdmitForm(arbitrators=arbitrators_for(found)) if handles and found.state == FILED else None,
        "decline_form": bound.get("decline") or DeclineForm() if handles and found.state == FILED else None,
        "rule_form": bound.get("rule") or RulingForm() if rules_here and found.state == INVESTIGATING else None,
        "unfit": partiality(found, user) if rules_here and found.state == INVESTIGATING else [],
        "may_carry_out": handles and _waits_for_effect(found),
        "answer_form": bound.get("answer") or AnswerForm() if handles and "answer" in OBJECTION.verbs_from(found.state) else None,
    }
    return render(request, "results/objection_detail.html", context, status=status)


def _waits_for_effect(found: Objection) -> bool:
    return found.state == UPHELD and found.effect not in ("", Objection.Effect.NONE) and found.carried_out_id is None


def _masked(party: ObjectionParty) -> dict[str, str]:
    return {
        "name": f"{party.name[:1]}{'＊' * (len(party.name) - 1)}",
        "contact_name": f"{party.contact_name[:1]}{'＊' * 2}" if party.contact_name else "",
        "mobile": mask_mobile(party.mobile),
        "email": mask_email(party.email),
    }


def _chips(objections, state: str) -> list[dict[str, Any]]:
    counted = dict(objections.order_by().values_list("state").annotate(n=Count("pk")))
    held = {value: counted.get(value, 0) for value in OBJECTION.labels}
    chips = [{"label": "全部", "url": "?", "current": not state, "count": sum(held.values())}]
    return chips + [
        {"label": OBJECTION.labels[value], "url": f"?state={value}", "current": value == state, "count": count}
        for value, count in held.items()
        if count
    ]
