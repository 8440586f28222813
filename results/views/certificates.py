"""The organiser's certificates: issue, look through, revoke, take all as one file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from competitions.queries.access import get_edition_for
from core import clock
from core.documents import render_pdf
from core.files.made import made_file
from results.actions.certificate import (
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from results.actions.publicity import save_publicity, set_seal
from results.forms.organizer import RevokeForm, StyleForm
from results.models import EditionPackage
from results.queries import access
from results.queries.calendar import publicity_of
from results.queries.certificates import (
    awards_without_certificate,
    certificates_of,
    current_seal,
    printed,
    sample_contents,
)
from results.queries.notices import notice_of
from results.queries.objections import open_in_round
from results.queries.state import final_result


@login_required
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every certificate of the edition, and how many awards still wait for one."""
    edition = get_edition_for(request.user, slug, to="results.view_result")
    result = final_result(edition)
    notice = notice_of(result) if result else None
    packages = list(EditionPackage.objects.filter(edition=edition, kind="certificates").select_related("requested_by")[:2])
    context = {
        "edition": edition,
        "at": clock.now(),
        "result": result,
        "notice": notice,
        "is_settled": notice is not None and hasattr(notice, "closing") and not open_in_round(result.round).exists(),
        "waiting": len(awards_without_certificate(result)) if result else 0,
        "certificates": certificates_of(edition),
        "packages": packages,
        "is_building": any(one.state == EditionPackage.State.QUEUED for one in packages),
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
def style(request: HttpRequest, slug: str) -> HttpResponse:
    """Signature line and seal of the edition's certificates, with a sample to look at."""
    edition = get_edition_for(request.user, slug, to="competitions.manage_edition")
    stored, at = publicity_of(edition), clock.now()
    form = StyleForm(request.POST or None, request.FILES or None, initial={"committee": stored.committee})
    if form.is_valid():
        save_publicity(edition=edition, values={"committee": form.cleaned_data["committee"]}, actor=request.user, at=at)
        if form.picture is not None or form.cleaned_data["removes_seal"]:
            set_seal(edition=edition, picture=form.picture, actor=request.user, at=at)
        messages.success(request, "证书样式已保存，用于以后签发的证书。")
        return redirect("results:certificate-style", slug)
    context = {"edition": edition, "form": form, "seal": current_seal(edition)}
    return render(request, "results/certificate_style.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """A certificate that certifies nothing, to see how it will look."""
    edition = get_edition_for(request.user, slug, to="competitions.manage_edition")
    pdf = render_pdf("results/certificate", printed(sample_contents(edition, clock.now())), at=clock.now())
    return made_file(pdf, "application/pdf", "sample.pdf", inline=True)


@login_required
def reissue(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Asks for the reason first, then revokes the certificate and issues a new one with what is true now."""
    certificate = access.get_certificate_for(request.user, slug, number, to="results.publish_result")
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        new = reissue_certificate(certificate=certificate, actor=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, f"已换发，新证书编号 {new.number}，原证书 {certificate.number} 已撤销。")
        return redirect("results:certificates", slug)
    edition = certificate.award.award_type.edition
    context = {"edition": edition, "certificate": certificate, "form": form, "reissues": True}
    return render(request, "results/revoke_confirm.html", context)


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
