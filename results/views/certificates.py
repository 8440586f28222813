"""The organiser's certificates: issue, look through, revoke, take all as one file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from competitions.queries.access import get_edition_for
from core import clock
from core.documents import render_pdf
from results.actions.certificate import issue_certificates, revoke_certificate
from results.forms.organizer import RevokeForm
from results.queries import access
from results.queries.certificates import awards_without_certificate, certificate_contents, certificates_of
from results.queries.state import final_result
from results.views.files import attachment


@login_required
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every certificate of the edition, and how many awards still wait for one."""
    edition = get_edition_for(request.user, slug, to="results.view_result")
    result = final_result(edition)
    context = {
        "edition": edition,
        "at": clock.now(),
        "result": result,
        "notice": result.notices.filter(published_at__isnull=False).first() if result else None,
        "waiting": len(awards_without_certificate(result)) if result else 0,
        "certificates": certificates_of(edition),
        "may_issue": request.user.has_perm("results.publish_result", edition),
    }
    return render(request, "results/certificates.html", context)


@login_required
@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_edition_for(request.user, slug, to="results.publish_result")
    result = final_result(edition)
    if result is None:
        raise Http404
    issued = issue_certificates(result=result, actor=request.user, at=clock.now())
    messages.success(request, f"已签发 {len(issued)} 张证书。" if issued else "没有需要签发的证书。")
    return redirect("results:certificates", slug)


@login_required
@require_GET
def certificates_zip(request: HttpRequest, slug: str) -> HttpResponse:
    """All valid certificates as PDF files in one archive."""
    edition = get_edition_for(request.user, slug, to="results.export_result")
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for one in certificates_of(edition).filter(revoked_at__isnull=True):
            pdf = render_pdf("results/certificate", certificate_contents(one), at=one.issued_at)
            archive.writestr(f"{one.number}.pdf", pdf)
    return attachment(stream.getvalue(), "application/zip", f"{edition.slug}-certificates.zip")


@login_required
def revoke(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Asks for the reason first, as a page of its own, then revokes."""
    certificate = access.get_certificate_for(request.user, slug, number, to="results.publish_result")
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        revoke_certificate(certificate=certificate, actor=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, f"证书 {certificate.number} 已撤销。")
        return redirect("results:certificates", slug)
    edition = certificate.award.award_type.edition
    return render(request, "results/revoke_confirm.html", {"edition": edition, "certificate": certificate, "form": form})
