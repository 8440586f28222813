"""Certificates of awards: numbered, checkable, revocable, never deleted."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.actor import Actor
from core.audit import journal
from core.canonical import canonical_json
from core.errors import Blocked, NotAllowed, Reason
from core.keyring.ring import sign
from core.public_id import ALPHABET
from results.actions.letters import tell_holders
from results.errors import (
    CertificateRevoked,
    NoAwards,
    NoticeOpen,
    NotPublished,
    ObjectionsOpen,
    ReasonMissing,
)
from results.models import AwardDecision, Certificate, RoundResult
from results.queries.certificates import (
    award_contents,
    awards_without_certificate,
    held_awards,
    signed_bytes,
    unprintable_awards,
)
from results.queries.notices import notice_of
from results.queries.objections import open_in_round
from results.queries.state import result_state
from results.states import PUBLISHED

CODE_GROUPS, GROUP_LENGTH = 3, 4


@transaction.atomic
def issue_certificates(*, result: RoundResult, actor: Actor, at: datetime) -> list[Certificate]:
    """Issues a certificate for every award of the published result that has no valid one yet; returns the new ones.

    Issuing again issues nothing twice. Refuses a result that is not published or no longer in force, one without awards,
    and waits until its notice was closed and no objection to the round is open.
    """
    if isinstance(actor, User) and not actor.has_perm("results.publish_result", result):
        raise NotAllowed
    edition = Edition.objects.select_for_update().get(pk=result.round.edition_id)
    if result_state(result) != PUBLISHED:
        raise NotPublished
    if not AwardDecision.objects.filter(placing__result=result).exists():
        raise NoAwards
    notice = notice_of(result)
    if notice is None or not hasattr(notice, "closing"):
        raise NoticeOpen
    waiting = open_in_round(result.round).count()
    if waiting:
        raise ObjectionsOpen(count=waiting)
    awards = awards_without_certificate(result)
    odd = unprintable_awards(awards)
    if odd:
        raise Blocked([_cannot_print(award, signs) for award, signs in odd])
    issued = [_issue(award, edition, at) for award in awards]
    if issued:
        journal.record(
            verb="results.certificates.issued",
            obj=result,
            actor=actor,
            at=at,
            edition=edition.slug,
            after={"numbers": [one.number for one in issued]},
        )
        tell_holders(certificates=issued, template="certificate_issued", at=at)
    return issued


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, actor: Actor, at: datetime) -> Certificate:
    """Revokes a certificate; it stays and says so wherever it is looked up, and its holders are told. Refuses without a
    reason, and twice."""
    revoked = _revoke(certificate, reason, actor, at)
    tell_holders(certificates=[revoked], template="certificate_revoked", at=at)
    return revoked


def _revoke(certificate: Certificate, reason: str, actor: Actor, at: datetime) -> Certificate:
    certificate = Certificate.objects.select_for_update(of=("self",)).select_related("award__award_type__edition", "award__placing__entry", "replaces").get(pk=certificate.pk)
    edition = certificate.award.award_type.edition
    if isinstance(actor, User) and not actor.has_perm("results.publish_result", edition):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing(what="撤销证书")
    if certificate.revoked_at is not None:
        raise CertificateRevoked(number=certificate.number)
    certificate.revoked_at, certificate.revoked_reason = at, reason.strip()[:400]
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    journal.record(
        verb="results.certificate.revoked",
        obj=certificate,
        actor=actor,
        at=at,
        edition=edition.slug,
        after={"number": certificate.number, "reason": certificate.revoked_reason},
    )
    return certificate


def revoke_lost_certificates(*, result: RoundResult, actor: Actor, at: datetime) -> list[Certificate]:
    """Revokes what an entry no longer holds by this result. The caller holds the lock of the result."""
    kept = set(
        AwardDecision.objects.filter(placing__result=result).values_list("placing__entry_id", "award_type_id")
    )
    lost = [
        certificate
        for key, certificate in held_awards(result.round.edition).items()
        if key not in kept and certificate.award.placing.result.round_id == result.round_id
    ]
    reason = f"结果更正：{result.reason}"
    return [revoke_certificate(certificate=one, reason=reason, actor=actor, at=at) for one in lost]


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, reason: str, actor: Actor, at: datetime) -> Certificate:
    """Revokes a certificate and issues a new one of the same award with what is true now, under a new number.

    The old address says by which it was replaced, and one letter tells the holders both. Refuses what revoking refuses, and an award no longer in force.
    """
    old = _revoke(certificate, reason, actor, at)
    result = old.award.placing.result
    if result_state(result) != PUBLISHED:
        raise NotPublished
    edition = Edition.objects.select_for_update().get(pk=result.round.edition_id)
    new = _issue(old.award, edition, at, replaces=old)
    journal.record(
        verb="results.certificate.reissued", obj=new, actor=actor, at=at, edition=edition.slug,
        after={"number": new.number, "replaces": old.number},
    )  # fmt: skip
    tell_holders(certificates=[new], template="certificate_issued", at=at)
    return new


def _issue(award: AwardDecision, edition: Edition, at: datetime, *, replaces: Certificate | None = None) -> Certificate:
    number, code = _next_number(award, edition), _new_code()
    contents = canonical_json(award_contents(award, number=number, code=code, at=at)).decode()
    signature = base64.b64encode(sign(signed_bytes(contents), at=at)).decode()
    return Certificate.objects.create(
        award=award, number=number, verify_code=code, contents=contents, signature=signature, issued_at=at, replaces=replaces
    )


def _cannot_print(award: AwardDecision, signs: list[str]) -> Reason:
    entry = award.placing.entry
    return Reason(
        "glyph_missing", f"{entry.code} 号项目或其单位名称中的{'、'.join(f'“{one}”' for one in signs)}证书字体中没有，不能签发；请先更正名称。"
    )


def _next_number(award: AwardDecision, edition: Edition) -> str:
    """JG26-G-002: year, initial of the award's code, running number."""
    prefix = f"JG{edition.year % 100:02d}-{award.award_type.code[:1].upper()}-"
    taken = Certificate.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    last = max((int(number.removeprefix(prefix)) for number in taken), default=0)
    return f"{prefix}{last + 1:03d}"


def _new_code() -> str:
    """Twelve random characters in groups of four, 60 bits: 8D41-77C0-K3TV."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_GROUPS * GROUP_LENGTH)).upper()
    return "-".join(signs[start : start + GROUP_LENGTH] for start in range(0, len(signs), GROUP_LENGTH))
