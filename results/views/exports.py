"""Lists and the complete package as files, for those who run the edition."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from competitions.queries.access import get_edition_for
from core import clock
from core.files import private_file
from core.files.made import made_file
from core.table_export import TABLE_FORMATS, write_table
from results.actions.package import record_export, request_package
from results.exports.lists import LISTS
from results.exports.packages import KINDS
from results.models import EditionPackage
from results.queries.access import get_package_for, packages_for
from results.views.narrowing import narrowed_table

SHOWN_PACKAGES = 5


@login_required
@require_safe
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """Every list the person may take, and the packages of the last days."""
    edition = get_edition_for(request.user, slug, to="results.export_result")
    known = packages_for(request.user, edition).select_related("requested_by")
    packages = list(known.filter(kind="edition")[:SHOWN_PACKAGES])
    sheets = list(known.filter(kind__startswith="sheets-")[:SHOWN_PACKAGES])
    context = {
        "edition": edition,
        "at": clock.now(),
        "lists": [one for one in LISTS.values() if request.user.has_perm(one.permission, edition)],
        "formats": list(TABLE_FORMATS),
        "packages": packages,
        "sheets": [(KINDS[one.kind].name, [one]) for one in sheets],
        "is_building": any(one.state == EditionPackage.State.QUEUED for one in packages),
        "are_sheets_building": any(one.state == EditionPackage.State.QUEUED for one in sheets),
    }
    return render(request, "results/exports.html", context)


@login_required
@require_GET
def list_file(request: HttpRequest, slug: str, what: str, fmt: str) -> HttpResponse:
    """One list as XLSX, CSV or JSON, narrowed as the page it was asked for on; who took it stands in the journal."""
    one, at = LISTS.get(what), clock.now()
    if one is None or fmt not in TABLE_FORMATS:
        raise Http404
    edition = get_edition_for(request.user, slug, to=one.permission)
    table, is_part = narrowed_table(one, request.GET, edition, at)
    data = write_table(table, fmt, at=at)
    record_export(edition=edition, what=what, fmt=fmt, is_personal=one.is_personal, is_part=is_part, actor=request.user, at=at)
    return made_file(data, TABLE_FORMATS[fmt], f"{table.title}.{fmt}")


PACKAGE_TOLD = {
    "edition": ("正在准备完整资料包，通常一分钟内完成；可以离开本页，稍后回来下载。", "results:exports"),
    "certificates": ("正在打包证书，完成后在本页下载；可以离开本页，稍后回来。", "results:certificates"),
}


SHEETS_TOLD = ("正在打包评分表，完成后在本页下载；可以离开本页，稍后回来。", "results:exports")


@login_required
@require_POST
def package_request(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Asks for a package of a kind and leads back to the page where it will stand."""
    if kind not in KINDS:
        raise Http404
    edition = get_edition_for(request.user, slug, to=KINDS[kind].permission)
    request_package(edition=edition, kind=kind, actor=request.user, at=clock.now())
    told, page = PACKAGE_TOLD.get(kind, SHEETS_TOLD)
    messages.success(request, told)
    return redirect(page, slug)


@login_required
@require_GET
def package_file(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """The finished package, until it expires."""
    at = clock.now()
    edition = get_edition_for(request.user, slug, to="results.export_result")
    package = get_package_for(request.user, edition, public_id, at)
    record_export(edition=edition, what=f"package-{package.kind}", fmt="zip", is_personal=KINDS[package.kind].is_personal, actor=request.user, at=at)
    name = f"{edition.short_name}{KINDS[package.kind].name}-{package.public_id}.zip"
    return private_file(request, package.file, name=name, media_type="application/zip", sha256=package.sha256)
