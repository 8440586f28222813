"""The set-up: making an edition, the hub, publishing, confirming presets, and the plain sections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from competitions.actions import (
    confirm_preset,
    create_edition,
    publish_edition,
    save_basics,
    save_entry_rules,
    schedule_stages,
)
from competitions.forms.edition import BasicsForm, EditionCreateForm, EntryRulesForm, ScheduleForm
from competitions.models import Edition, Stage
from competitions.pure.edition_preset import PRESETS, UNCONFIRMED
from competitions.queries.entry_conditions import condition_sentences
from competitions.queries.publish_guard import publish_reasons, publish_warnings
from competitions.queries.schedule import has_stage_opened, schedule
from competitions.queries.setup import TITLES, section_url, sections, waiting_in
from competitions.views.organizer.posting import carried_out, managed
from core import clock


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_create(request: HttpRequest) -> HttpResponse:
    """A new edition from a preset; whoever makes it organises it."""
    if not request.user.has_perm("competitions.add_edition"):
        raise Http404
    at = clock.now()
    form = EditionCreateForm(request.POST or None, initial={"preset": next(iter(PRESETS)), "year": clock.local(at).year})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(request, form, lambda: create_edition(**values, actor=request.user, at=at), "已创建。请逐项确认设置。"):
            return redirect("competitions:setup", values["slug"])
    return render(request, "competitions/setup/create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD"])
def setup(request: HttpRequest, slug: str) -> HttpResponse:
    """What is set, what blocks publishing and what waits for confirmation."""
    edition = managed(request, slug)
    parts = sections(edition)
    context = {
        "edition": edition,
        "sections": parts,
        "blocked": sum(len(part.reasons) for part in parts),
        "waiting": sum(len(part.waiting) for part in parts),
        "warnings": publish_warnings(edition),
    }
    return render(request, "competitions/setup/hub.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once more, then opens the edition to the public."""
    edition = managed(request, slug)
    if request.method == "POST":
        publish_edition(edition=edition, actor=request.user, at=clock.now())
        messages.success(request, "本届已公开。")
        return redirect("competitions:setup", slug)
    context = {"edition": edition, "reasons": publish_reasons(edition), "warnings": publish_warnings(edition)}
    return render(request, "competitions/setup/publish.html", context)


@login_required
@require_POST
def preset_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """One tap: the value is right."""
    edition = managed(request, slug)
    key = request.POST.get("key", "")
    confirm_preset(edition=edition, key=key, actor=request.user, at=clock.now())
    value = next(one for one in UNCONFIRMED if one.key == key)
    messages.success(request, f"已确认：{value.label}。")
    return redirect(section_url(slug, value.section))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def basics(request: HttpRequest, slug: str) -> HttpResponse:
    edition = managed(request, slug)
    form = BasicsForm(request.POST or None, instance=Edition.objects.get(pk=edition.pk))
    if request.method == "POST" and form.is_valid():
        values, at = form.cleaned_data, clock.now()
        if carried_out(
            request, form, lambda: save_basics(edition=edition, values=values, actor=request.user, at=at), "基本信息已保存。"
        ):
            return redirect("competitions:setup-basics", slug)
    return show_section(request, edition, "basics", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stage_dates(request: HttpRequest, slug: str) -> HttpResponse:
    edition, at = managed(request, slug), clock.now()
    form = ScheduleForm(request.POST or None, views=schedule(edition, at))
    if request.method == "POST" and form.is_valid():
        windows = form.windows()
        if carried_out(
            request, form, lambda: schedule_stages(edition=edition, windows=windows, actor=request.user, at=at), "赛程已保存。"
        ):
            return redirect("competitions:setup-schedule", slug)
    return show_section(request, edition, "schedule", form, template="competitions/setup/schedule.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_rules(request: HttpRequest, slug: str) -> HttpResponse:
    edition, at = managed(request, slug), clock.now()
    frozen = has_stage_opened(edition, Stage.Kind.REGISTRATION, at)
    form = EntryRulesForm(request.POST or None, instance=type(edition.entry_rules).objects.get(pk=edition.pk))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(
            request, form, lambda: save_entry_rules(edition=edition, values=values, actor=request.user, at=at), "参赛条件已保存。"
        ):
            return redirect("competitions:setup-entry-rules", slug)
    text = "报名已经开始，参赛条件不能再修改。" if frozen else ""
    sentences = condition_sentences(edition.entry_rules)
    return show_section(request, edition, "entry-rules", form, frozen=text, sentences=sentences)


def show_section(
    request: HttpRequest,
    edition: Edition,
    key: str,
    form: BaseForm | None = None,
    *,
    frozen: str = "",
    template: str = "competitions/setup/section.html",
    **context: Any,
) -> HttpResponse:
    """The page of a section: what waits for confirmation, then the form; `frozen` says why nothing can be changed."""
    if frozen and form is not None:
        for field in form.fields.values():
            field.disabled = True
    context |= {
        "edition": edition,
        "section": key,
        "title": TITLES[key],
        "form": form,
        "waiting": waiting_in(edition, key),
        "frozen": frozen,
    }
    return render(request, template, context)
