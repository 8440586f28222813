"""Certificates for everybody: the PDF, and whether one is genuine, by code, by number or by the file itself."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import quote

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core import clock
from core.canonical import sha256_hex
from core.files.made import made_file
from core.throttle.bucket import take
from results.queries import access
from results.queries.certificates import certificate_pdf, contents_of, is_genuine

PDF_KEPT = 24 * 3600
LARGEST = 5 * 1024 * 1024
CHECKS, WITHIN = 20, 3600
PRINTED = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF; a revoked or altered one leads to the page that says so."""
    found = access.get_certificate(number)
    if found.revoked_at is not None or not is_genuine(found):
        return redirect("results:verify", found.verify_code)
    key = f"certificate:{sha256_hex(found.contents.encode())}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = certificate_pdf(found)
        cache.set(key, pdf, PDF_KEPT)
    return made_file(pdf, "application/pdf", f"{found.number}.pdf", inline=True)


@require_safe
def verify_lookup(request: HttpRequest) -> HttpResponse:
    """Checks a certificate by the code or the number printed on it."""
    typed = request.GET.get("code", "").strip()[:40]
    if not typed:
        return render(request, "results/verify_lookup.html", {})
    found = access.find_certificate(typed)
    if found is not None:
        return redirect("results:verify", found.verify_code)
    known = bool(access.canonical_code(typed) or access.canonical_number(typed))
    return render(request, "results/verify_lookup.html", {"typed": typed, "is_code": known})


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Says whether a certificate is valid, and what stands on it."""
    found = access.find_certificate(code)
    if found is None:
        return HttpResponseRedirect(f"{reverse('results:verify-lookup')}?code={quote(code)}")
    if found.verify_code != code:
        return redirect("results:verify", found.verify_code)
    genuine = is_genuine(found)
    context = {
        "certificate": found,
        "contents": contents_of(found) if genuine else {},
        "genuine": genuine,
        "edition": found.award.award_type.edition,
        "successor": getattr(found, "replaced_by", None),
    }
    return render(request, "results/verify.html", context)


@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """Compares a PDF somebody holds with the one that was issued, byte for byte."""
    take(key=f"verify-file:{request.client_address}", capacity=CHECKS, seconds=WITHIN, at=clock.now())  # type: ignore[attr-defined]
    upload = request.FILES.get("file")
    data = upload.read() if upload is not None and (upload.size or 0) <= LARGEST else b""
    found = access.find_certificate(_printed_code(data))
    same = found is not None and is_genuine(found) and certificate_pdf(found) == data
    context = {"checked": upload.name if upload else "", "found": found, "same": same}
    return render(request, "results/verify_lookup.html", context)


def _printed_code(data: bytes) -> str:
    """The verification code in the text of a PDF; empty when it cannot be read or has none."""
    try:
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages[:2])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return ""
    match = PRINTED.search(text)
    return match.group() if match else ""
