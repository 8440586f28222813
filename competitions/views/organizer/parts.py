"""Tracks and groups, pages, roles."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.second_factor import reset_second_factor
from accounts.second_factor import people_with_one
from competitions.actions import (
    end_role,
    invite_person,
    publish_page,
    remove_group,
    remove_track,
    save_group,
    save_track,
    write_page,
)
from competitions.forms.parts import NamedForm, PageForm, ReasonForm, RoleForm
from competitions.models import EditionPage, Group, Role, Stage, Track
from competitions.queries.access import get_held_role, get_person_of
from competitions.queries.page_text import page_template
from competitions.queries.schedule import has_stage_opened
from competitions.queries.setup import waiting_in
from competitions.views.organizer.posting import carried_out, managed
from competitions.views.organizer.setup import show_section
from core import clock
from core.markdown import render_markdown

FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(["GET", "HEAD"])
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    edition = managed(request, slug)
    frozen = has_stage_opened(edition, Stage.Kind.REGISTRATION, clock.now())
    return show_section(
        request,
        edition,
        "groups",
        template="competitions/setup/groups.html",
        frozen="报名已经开始，赛道和组别不能再修改。" if frozen else "",
        tracks=edition.tracks.prefetch_related("groups"),
    )


@login_required
@require_http_methods(FORMS)
def track(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """One track; without a code a new one."""
    edition = managed(request, slug)
    found = _or_404(edition.tracks.filter(code=code).first()) if code else None
    form = _named_form(request, found)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: save_track(edition=edition, track=found, **values, **who), "赛道已保存。"):
            return redirect("competitions:setup-groups", slug)
    context = {"heading": f"赛道“{found.name}”" if found else "添加赛道"}
    return show_section(request, edition, "groups", form, template="competitions/setup/named.html", **context)


@login_required
@require_http_methods(FORMS)
def group(request: HttpRequest, slug: str, track_code: str, code: str = "") -> HttpResponse:
    """One group of a track; without a code a new one."""
    edition = managed(request, slug)
    of = _or_404(edition.tracks.filter(code=track_code).select_related("edition").first())
    found = _or_404(of.groups.filter(code=code).first()) if code else None
    form = _named_form(request, found)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: save_group(track=of, group=found, **values, **who), "组别已保存。"):
            return redirect("competitions:setup-groups", slug)
    context = {"heading": f"组别“{found.name}”" if found else f"在“{of.name}”下添加组别"}
    return show_section(request, edition, "groups", form, template="competitions/setup/named.html", **context)


@login_required
@require_POST
def group_remove(request: HttpRequest, slug: str, track_code: str, code: str = "") -> HttpResponse:
    """Takes out a group, or without a code the whole track."""
    edition, who = managed(request, slug), {"actor": request.user, "at": clock.now()}
    of = _or_404(edition.tracks.filter(code=track_code).select_related("edition").first())
    if code:
        group = _or_404(of.groups.filter(code=code).select_related("track__edition").first())
        name = remove_group(group=group, **who).name
    else:
        name = remove_track(track=of, **who).name
    messages.success(request, f"已删除：{name}。")
    return redirect("competitions:setup-groups", slug)


@login_required
@require_http_methods(["GET", "HEAD"])
def pages(request: HttpRequest, slug: str) -> HttpResponse:
    """Rules page and privacy notice: version in force and draft."""
    edition = managed(request, slug)
    found = list(edition.pages.defer("body").order_by("kind", "-version"))
    rows = []
    for kind, label in EditionPage.Kind.choices:
        of_kind = [page for page in found if page.kind == kind]
        rows.append({
            "kind": kind,
            "label": label,
            "draft": next((page for page in of_kind if page.published_at is None), None),
            "in_force": next((page for page in of_kind if page.published_at), None),
        })  # fmt: skip
    return show_section(request, edition, "pages", template="competitions/setup/pages.html", rows=rows)


@login_required
@require_http_methods(FORMS)
def page(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Writing the next version: save and look, fill in from the settings, or publish."""
    edition, at = managed(request, slug), clock.now()
    kind = _page_kind(kind)
    latest = edition.pages.filter(kind=kind).order_by("-version").first()
    if request.method == "POST" and request.POST.get("action") == "refill":
        write_page(edition=edition, kind=kind, body=page_template(edition, kind), actor=request.user, at=at)
        messages.success(request, "已按当前设置重新生成草稿。")
        return redirect("competitions:setup-page", slug, kind)
    form = PageForm(request.POST or None, initial={"body": latest.body if latest else ""})
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        if carried_out(
            request, form, lambda: write_page(edition=edition, kind=kind, body=body, actor=request.user, at=at), "草稿已保存。"
        ):
            return redirect("competitions:setup-page", slug, kind)
    context = {
        "kind": kind,
        "heading": EditionPage.Kind(kind).label,
        "draft": latest if latest and latest.published_at is None else None,
        "preview": render_markdown(latest.body) if latest else "",
    }
    return show_section(request, edition, "pages", form, template="competitions/setup/page.html", **context)


@login_required
@require_http_methods(FORMS)
def page_publish(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Asks once more, then puts the draft in force."""
    edition = managed(request, slug)
    kind = _page_kind(kind)
    if request.method == "POST":
        published = publish_page(edition=edition, kind=kind, actor=request.user, at=clock.now())
        messages.success(request, f"{published.get_kind_display()}第 {published.version} 版已发布。")
        return redirect("competitions:setup-pages", slug)
    draft = _or_404(edition.pages.filter(kind=kind, published_at__isnull=True).first())
    context = {"edition": edition, "draft": draft, "preview": render_markdown(draft.body)}
    return render(request, "competitions/setup/page_publish.html", context)


@login_required
@require_http_methods(FORMS)
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which role; giving one to somebody by e-mail, with an account or without."""
    edition = managed(request, slug)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: invite_person(edition=edition, **values, **who), "角色已授予，通知邮件已排队发送。"):
            return redirect("competitions:role-manage", slug)
    held = Role.objects.filter(edition=edition).select_related("user", "granted_by", "ended_by")
    context = {
        "edition": edition,
        "form": form,
        "held": held.filter(ended_at__isnull=True).order_by("kind", "granted_at"),
        "with_factor": people_with_one(),
        "ended": held.filter(ended_at__isnull=False).order_by("-ended_at")[:50],
        "waiting": waiting_in(edition, "roles"),
    }
    return render(request, "competitions/setup/roles.html", context)


@login_required
@require_http_methods(FORMS)
def role_end(request: HttpRequest, slug: str, user_id: str, kind: str) -> HttpResponse:
    """Ends a role, with the reason."""
    edition = managed(request, slug)
    role = get_held_role(edition, user_id, kind)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: end_role(role=role, **values, **who), "角色已结束。"):
            return redirect("competitions:role-manage", slug)
    return render(request, "competitions/setup/role_end.html", {"edition": edition, "role": role, "form": form})


@login_required
@require_http_methods(FORMS)
def second_factor_reset(request: HttpRequest, slug: str, user_id: str) -> HttpResponse:
    """For somebody of the edition who has lost phone and recovery codes. A system administrator's is reset by another one."""
    edition = managed(request, slug)
    person = get_person_of(edition, user_id)
    if person.is_superuser and request.user.power is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": clock.now(), "edition": edition.slug}
        if carried_out(request, form, lambda: reset_second_factor(user=person, **values, **who), "两步验证已重置，已邮件告知本人。"):
            return redirect("competitions:role-manage", slug)
    return render(request, "competitions/setup/second_factor_reset.html", {"edition": edition, "person": person, "form": form})


def _named_form(request: HttpRequest, row: Track | Group | None) -> NamedForm:
    return NamedForm(request.POST or None, initial={"code": row.code, "name": row.name} if row else None)


def _page_kind(kind: str) -> str:
    if kind not in EditionPage.Kind.values:
        raise Http404
    return kind


def _or_404(found):
    if found is None:
        raise Http404
    return found
