"""Letting somebody new in: what the edition asks for, and how the posted form showed it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from competitions.models import Edition
from voting.actions.identity import bind_identity
from voting.actions.vote_code import check_vote_code
from voting.errors import NotAVoter, ProofRefused, WeChatNeeded
from voting.models import Ballot
from voting.pure.device_token import ID_BYTES
from voting.queries.campaign import Campaign
from voting.queries.voter import has_cast
from voting.views.device import Voter, identify, is_in_wechat, known_person, new_device
from voting.views.proof import WORK, check_proof, proof_fields

WECHAT, SMS, PROOF = "wechat", "sms", "proof"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may vote, and by which way if they are new ("" for one whose token was read)."""

    voter: Voter
    way: str = ""

    @property
    def wants_token(self) -> bool:
        """Whether the answer has to set the token: somebody new, or a token that is to be renewed."""
        return bool(self.way) or self.voter.renew


def is_sandbox() -> bool:
    """No official account is configured and this is a developer's machine: a page of ours plays WeChat."""
    return settings.DEBUG and not settings.WECHAT_APP_ID


def wechat_is_ready() -> bool:
    """Whether somebody can be vouched for by WeChat here."""
    return bool(settings.WECHAT_APP_ID) or is_sandbox()


def asked_for(request: HttpRequest, campaign: Campaign | None) -> str:
    """What somebody without a token has to show: wechat, sms or proof (of work)."""
    if campaign is None or campaign.admission.identity == "device":
        return PROOF
    if campaign.admission.identity == SMS:
        return SMS
    return PROOF if campaign.admission.browsers and not is_in_wechat(request) else WECHAT


def admission_fields(
    request: HttpRequest, edition: Edition, campaign: Campaign | None, voter: Voter | None, way: str, at: datetime
) -> dict[str, Any]:
    """Variables of the confirmation page: asks (what is still to be shown, "" when nothing), way, image_key, plain, wechat_is_ready."""
    if voter is not None:
        return {"asks": ""}
    asks = asked_for(request, campaign)
    return {"asks": asks, **(proof_fields(edition, way or WORK, at) if asks != WECHAT else {"wechat_is_ready": wechat_is_ready()})}


def admit(request: HttpRequest, edition: Edition, campaign: Campaign | None, submission: Any, at: datetime) -> Admitted:
    """The voter of a posted ballot. Refuses (NotAVoter, ProofRefused, CodeRefused, WeChatNeeded) somebody new who shows nothing
    good.

    A proof or code that was used already is good for one thing: the same submission again, when its first answer got lost on the
    way. The device's id follows from the proof, so the repeat meets the same voter and gets the first receipts.
    """
    voter = identify(request, edition, campaign, at)
    if voter is not None or campaign is None:
        return Admitted(voter or new_device(None))
    asks = asked_for(request, campaign)
    if asks == WECHAT:
        raise WeChatNeeded
    if asks == SMS:
        identity, is_used = check_vote_code(
            edition=edition, ticket=request.POST.get("ticket", ""), code=request.POST.get("code", ""), at=at
        )
        tag = bind_identity(campaign=campaign, level=Ballot.Identity.SMS, identity=identity, at=at)
        admitted = Admitted(known_person(tag, Ballot.Identity.SMS, request, edition, at), SMS)
    else:
        proof = check_proof(edition, request.POST, at)
        is_used = proof.is_used
        admitted = Admitted(new_device(campaign, _device_of(edition, proof.seed)), proof.way)
    if is_used and not has_cast(campaign, admitted.voter.tag, submission):
        raise NotAVoter if asks == SMS else ProofRefused(reason="验证已使用过")
    return admitted


def _device_of(edition: Edition, seed: str) -> str:
    message = f"device\n{edition.slug}\n{seed}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256)[:ID_BYTES].hex()
