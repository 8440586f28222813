"""The certificate file of one patent of the list."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from core.errors import Refusal
from entries.actions.attachment import attach_file
from entries.actions.certificate import link_certificate
from entries.forms.certificate import CertificateForm
from entries.models import Attachment, Entry, IPAsset
from entries.queries.access import get_entry_for
from entries.queries.editing import refuse_edit


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def patent_certificate(request: SignedInRequest, public_id: str, place: int) -> HttpResponse:
    """Uploads or chooses the certificate of the patent at `place` (from 1) of the list."""
    entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
    at = clock.now()
    asset = entry.assets.select_related("certificate").all()[place - 1 : place].first() if place else None
    if asset is None:
        raise Http404
    form = CertificateForm(request.POST or None, request.FILES or None, entry=entry)
    if request.method != "POST":
        refuse_edit(entry, at)
        return _page(request, entry, asset, place, form)
    # The row may have moved since the page was opened: a file never goes to another patent than the one shown.
    if request.POST.get("number", "") != str(asset):
        form.add_error(None, "清单的次序在别处改过，没有保存证书。请回到专利清单重新选择。")
    elif form.is_valid() and _keep(request, entry, asset, form, at):
        messages.success(request, f"第 {place} 件的证书已保存。")
        return redirect(reverse("entries:register-step", args=[entry.public_id, "patents"]) + f"#id_p-{place - 1}-number_raw")
    return _page(request, entry, asset, place, form, 422)


def _keep(request: SignedInRequest, entry: Entry, asset: IPAsset, form: CertificateForm, at: datetime) -> bool:
    upload, chosen = form.cleaned_data.get("file"), form.cleaned_data.get("uploaded")
    try:
        if upload:
            kind = Attachment.Kind.CERTIFICATE
            chosen = attach_file(entry=entry, kind=kind, upload=upload, actor=request.user, at=at)
        link_certificate(entry=entry, asset=asset, certificate=chosen, actor=request.user, at=at)
    except Refusal as refusal:
        form.add_error("file", refusal.text)
        return False
    return True


def _page(
    request: SignedInRequest, entry: Entry, asset: IPAsset, place: int, form: CertificateForm, status: int = 200
) -> HttpResponse:
    step = reverse("entries:register-step", args=[entry.public_id, "patents"])
    context = {"entry": entry, "edition": entry.edition, "asset": asset, "place": place, "form": form, "step_url": step}
    return render(request, "entries/applicant/certificate.html", context, status=status)
