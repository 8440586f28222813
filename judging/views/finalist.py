"""Finalists: their own page, and the organiser's board."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from core.files import JPG, PDF, PNG, PPTX, check_upload
from core.uploads.session import unfinished
from judging import states
from judging.actions.finalist import OWN, accept_place, add_deck, forfeit_place, remind_finalists, set_terms
from judging.forms.finalist import AcceptForm, DeckForm, ForfeitForm, TermsForm
from judging.models import Deck, FinalistReply
from judging.queries.access import get_scored_round
from judging.queries.finalist import DECK_LIMIT, finalist_board, get_finalist_for, terms_for, terms_of
from judging.views.deck import deck_file

MANAGE = "judging.manage_panel"
WAIVER_LIMIT = 20 * 1024 * 1024


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def final_entry(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The finalist's page: answer, presenter, deck. A POST names what it is for in `act`."""
    _, finalist = get_finalist_for(request.user, public_id, to=OWN)
    act = request.POST.get("act", "deck" if request.FILES else "")
    forms: dict[str, Any] = {
        "accept": AcceptForm(request.POST if act == "accept" else None, initial=_presenter(finalist.reply)),
        "forfeit": ForfeitForm(*((request.POST, request.FILES) if act == "forfeit" else ())),
        "deck": DeckForm(*((request.POST, request.FILES) if act == "deck" else ())),
    }
    form = forms.get(act)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            messages.success(request, _carry_out(request, finalist.entry, act, form))
        except Refusal as refusal:
            form.add_error(None, refusal.text)
        else:
            return redirect("judging:final-entry", public_id)
    return _own_page(request, public_id, forms, 422 if request.method == "POST" else 200)


def _carry_out(request: SignedInRequest, entry: Any, act: str, form: Any) -> str:
    data: dict[str, Any] = form.cleaned_data
    common: dict[str, Any] = {"entry": entry, "actor": request.user, "at": clock.now()}
    if act == "accept":
        accept_place(**data, **common)
        return "已确认参加决赛。"
    if act == "forfeit":
        waiver = check_upload(data["waiver"], allowed=(PDF, JPG, PNG), max_size=WAIVER_LIMIT)
        forfeit_place(reason=data["reason"], waiver=waiver, **common)
        return "已登记弃赛。"
    deck = add_deck(upload=check_upload(data["file"], allowed=(PDF, PPTX), max_size=DECK_LIMIT), **common)
    return f"已提交路演文稿第 {deck.number} 版。"


def _presenter(reply: FinalistReply | None) -> dict[str, str]:
    return {"presenter": reply.presenter, "presenter_title": reply.presenter_title} if reply else {}


def _own_page(request: SignedInRequest, public_id: str, forms: dict[str, Any], status: int) -> HttpResponse:
    round, finalist = get_finalist_for(request.user, public_id, to=OWN)
    terms, at = terms_for(round, finalist.reply), clock.now()
    context = {
        "edition": round.edition,
        "round": round,
        "finalist": finalist,
        "entry": finalist.entry,
        "terms": terms,
        "forms": forms,
        "decks": Deck.objects.filter(round=round, entry=finalist.entry),
        "is_forfeited": finalist.state == states.FORFEITED,
        "may_answer": terms.reply_by is None or at < terms.reply_by,
        "may_hand_in": terms.deck_by is None or at < terms.deck_by,
        "pending": unfinished(actor=request.user, purpose="judging.deck", target=public_id, at=at),
    }
    return render(request, "judging/finalist/own.html", context, status=status)


@login_required
@require_safe
def deck_own(request: SignedInRequest, public_id: str, deck_id: str) -> HttpResponseBase:
    """A version of the finalist's own deck."""
    round, finalist = get_finalist_for(request.user, public_id, to=OWN)
    deck = Deck.objects.filter(round=round, entry=finalist.entry, public_id=deck_id).first()
    if deck is None:
        raise Http404
    return deck_file(request, deck)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finalist_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, whose deck is in, and the dates. A POST sets the dates."""
    edition, round = _final(request, slug)
    terms = terms_of(round)
    form = TermsForm(request.POST or None, initial={"reply_by": terms.reply_by, "deck_by": terms.deck_by})
    if request.method == "POST" and form.is_valid():
        set_terms(round=round, **form.cleaned_data, actor=request.user, at=clock.now())
        messages.success(request, "已保存期限。")
        return redirect("judging:finalist-list", slug)
    context = {"edition": edition, "round": round, "board": finalist_board(round), "form": form}
    return render(request, "judging/finalist/list.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def finalist_remind(request: HttpRequest, slug: str) -> HttpResponse:
    _, round = _final(request, slug)
    sent = remind_finalists(round=round, actor=request.user, at=clock.now())
    messages.success(request, f"已发出 {len(sent)} 封提醒邮件。" if sent else "没有需要提醒的入围项目。")
    return redirect("judging:finalist-list", slug)


@login_required
@require_safe
def waiver_read(request: HttpRequest, slug: str, code: str) -> FileResponse:
    _, round = _final(request, slug)
    replies = FinalistReply.objects.filter(round=round, state=states.FORFEITED).select_related("entry")
    reply = next((one for one in replies if one.entry.code == code and one.waiver), None)
    if reply is None:
        raise Http404
    return FileResponse(reply.waiver.open("rb"), as_attachment=True, filename=reply.waiver_name)


def _final(request: HttpRequest, slug: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to=MANAGE)
    return edition, get_scored_round(edition, Round.Kind.FINAL)
