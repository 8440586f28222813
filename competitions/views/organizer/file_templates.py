"""Forms the organiser hands out for kinds of material."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from competitions.actions import remove_file_template, save_file_template
from competitions.forms.file_template import NAMES, FileTemplateForm
from competitions.views.organizer.posting import carried_out, managed
from competitions.views.organizer.setup import show_section
from core import clock


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_templates(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, and one more."""
    edition = managed(request, slug)
    form = FileTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {"edition": edition, "kind": data["kind"], "upload": data["file"], "actor": request.user, "at": clock.now()}
        if carried_out(request, form, lambda: save_file_template(**values), "模板已保存，参赛单位现在就能下载。"):
            return redirect("competitions:setup-file-templates", slug)
    rows = [{"template": one, "name": NAMES[one.kind]} for one in edition.file_templates.select_related("uploaded_by")]
    return show_section(
        request, edition, "file-templates", form, template="competitions/setup/file_templates.html", rows=rows
    )


@login_required
@require_POST
def file_template_remove(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    remove_file_template(edition=managed(request, slug), kind=kind, actor=request.user, at=clock.now())
    messages.success(request, "模板已删除。")
    return redirect("competitions:setup-file-templates", slug)
