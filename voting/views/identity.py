"""What a browser fetches to show who it is: the widget's challenge, the picture, a code by text message."""

from __future__ import annotations

from captcha.views import captcha_image
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competitions.queries.access import get_public_edition
from core import clock
from core.errors import Refusal
from voting.actions.open import ready_campaign
from voting.actions.vote_code import send_vote_code
from voting.errors import NotAVoter, ProofRefused
from voting.views.admission import SMS
from voting.views.choice import confirm_page, picked_numbers
from voting.views.origin import from_our_pages
from voting.views.proof import IMAGE, check_proof, new_challenge


@require_safe
@never_cache
def challenge(request: HttpRequest, edition: str) -> JsonResponse:
    """The widget's challenge."""
    return JsonResponse(new_challenge(get_public_edition(edition), clock.now()))


@require_safe
@never_cache
def picture(request: HttpRequest, edition: str, key: str) -> HttpResponse:
    """The picture of a challenge; 410 once it is answered or too old."""
    get_public_edition(edition)
    return captcha_image(request, key)


@require_POST
@from_our_pages
def send_code(request: HttpRequest, edition: str) -> HttpResponse:
    """Sends a code to the number typed, after a proof of work (or the picture); the page comes back with the field for the code."""
    found, at, numbers = get_public_edition(edition), clock.now(), picked_numbers(request)
    campaign = ready_campaign(found, at)
    if campaign is None or campaign.admission.identity != SMS:
        raise Http404
    if not numbers:
        return redirect("voting:vote", found.slug)
    try:
        if check_proof(found, request.POST, at).is_used:
            raise ProofRefused(reason="验证已使用过")
        ticket = send_vote_code(edition=found, mobile=request.POST.get("mobile", ""), at=at)
    except Refusal as refusal:
        is_plain = isinstance(refusal, NotAVoter) or bool(request.POST.get("image_key"))
        return confirm_page(request, found, numbers, refusal.text, status=refusal.status, way=IMAGE if is_plain else "")
    return confirm_page(request, found, numbers, ticket=ticket)
