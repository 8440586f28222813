"""What becomes of an objection: admitted or declined, looked into by an arbitrator who was no judge, ruled, answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import journal
from core.errors import Blocked, NotAllowed
from core.outbox.send import queue_message
from entries import states as entry_states
from entries.actions import disqualify_entry
from results.actions.computation import compute_round
from results.actions.letters import tell_organisers
from results.actions.objection import tell_party
from results.errors import EffectOpen, EntryUnnamed, NothingToCarryOut, ReasonMissing
from results.models import Objection, ObjectionParty, ObjectionStep, RoundResult
from results.queries.impartiality import partiality
from results.queries.state import current_result
from results.states import OBJECTION, UPHELD

Effect = Objection.Effect


@transaction.atomic
def admit_objection(*, objection: Objection, investigator: User, note: str = "", actor: User, at: datetime) -> Objection:
    """Takes an objection up and gives it to an arbitrator; both the arbitrator and whoever filed it are told by mail.

    Refuses (Blocked, all reasons) an investigator who was a judge, approved the result, belongs to the entry's applicant,
    or is no arbitrator.
    """
    objection = _locked(objection)
    _may(actor, "results.handle_objection", objection)
    reasons = partiality(objection, investigator)
    if reasons:
        raise Blocked(reasons)
    objection.investigator = investigator
    _step(objection, "admit", actor, at, note, fields=["investigator"])
    if investigator.email:
        context = {"edition": objection.edition, "objection": objection, "notice": objection.notice}
        queue_message(
            channel="mail", recipient=investigator.email, template="objection_assigned", context=context, at=at,
            edition=objection.edition.slug,
        )  # fmt: skip
    tell_party(objection, "objection_admitted", at)
    return objection


@transaction.atomic
def decline_objection(*, objection: Objection, reason: str, actor: User, at: datetime) -> Objection:
    """Does not take an objection up; whoever filed it is told why. Refuses without a reason."""
    objection = _locked(objection)
    _may(actor, "results.handle_objection", objection)
    _step(objection, "decline", actor, at, _required(reason, "不予受理"))
    tell_party(objection, "objection_declined", at, text=reason.strip())
    return objection


@transaction.atomic
def uphold_objection(*, objection: Objection, effect: str, ruling: str, actor: User, at: datetime) -> Objection:
    """The arbitrator finds the objection right; `effect` says what that does to the result.

    Only the investigator rules. Refuses without a ruling, and a disqualification where no entry is named.
    """
    objection = _locked(objection)
    _may_rule(actor, objection)
    if effect == Effect.DISQUALIFY and objection.entry_id is None:
        raise EntryUnnamed
    objection.effect = Effect(effect)
    _step(objection, "uphold", actor, at, _required(ruling, "裁定"), fields=["effect"])
    _tell_ruling(objection, actor, at)
    return objection


@transaction.atomic
def dismiss_objection(*, objection: Objection, ruling: str, actor: User, at: datetime) -> Objection:
    """The arbitrator finds nothing wrong. Only the investigator rules; refuses without a ruling."""
    objection = _locked(objection)
    _may_rule(actor, objection)
    _step(objection, "dismiss", actor, at, _required(ruling, "裁定"))
    _tell_ruling(objection, actor, at)
    return objection


@transaction.atomic
def carry_out_ruling(*, objection: Objection, actor: User, at: datetime) -> RoundResult:
    """The organiser does what the ruling says: disqualifies the entry where it must, and computes a new version that names
    the objection. Two persons approve it and it is published like any other; certificates lost by it are revoked then.

    Refuses an objection that is not upheld, without effect on the result, or already carried out.
    """
    objection = _locked(objection)
    _may(actor, "results.compute_result", objection)
    if objection.state != UPHELD or objection.effect not in (Effect.RECOMPUTE, Effect.DISQUALIFY) or objection.carried_out_id:
        raise NothingToCarryOut(number=objection.number)
    ruling = objection.steps.filter(verb="uphold").latest("at").note
    reason = f"异议 {objection.number} 成立：{ruling}"
    entry = objection.entry
    if objection.effect == Effect.DISQUALIFY and entry is not None and entry.state == entry_states.ACCEPTED:
        disqualify_entry(entry=entry, reason=reason[:200], actor=actor, at=at)
    result = compute_round(round=objection.notice.result.round, reason=reason[:300], actor=actor, at=at)
    objection.carried_out = result
    objection.save(update_fields=["carried_out"])
    _journal("carried-out", objection, actor, at, {"version": result.version})
    return result


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, actor: User, at: datetime) -> Objection:
    """Sends the answer to whoever objected; that settles the objection.

    Refuses without an answer, and an upheld objection whose effect on the result is not published yet.
    """
    objection = _locked(objection)
    _may(actor, "results.handle_objection", objection)
    if objection.effect in (Effect.RECOMPUTE, Effect.DISQUALIFY):
        corrected, in_force = objection.carried_out, current_result(objection.notice.result.round)
        if corrected is None or in_force is None or in_force.version < corrected.version:
            raise EffectOpen(number=objection.number)
    _step(objection, "answer", actor, at, _required(answer, "答复"))
    tell_party(objection, "objection_answered", at, text=answer.strip())
    return objection


def _tell_ruling(objection: Objection, actor: User, at: datetime) -> None:
    """The organisers learn what to do: carry it out and answer, or answer. Whoever filed it is told with the answer."""
    context = {"objection": objection, "notice": objection.notice}
    tell_organisers(edition=objection.edition, template="objection_ruled", context=context, but=actor, at=at)


def _locked(objection: Objection) -> Objection:
    rows = Objection.objects.select_for_update(of=("self",))
    return rows.select_related("edition", "notice__result__round__edition", "entry", "carried_out").get(pk=objection.pk)


def _step(objection: Objection, verb: str, actor: User, at: datetime, note: str, *, fields: list[str] | None = None) -> None:
    """One move of the table, with its row and its line in the journal."""
    source = objection.state
    objection.state = OBJECTION.target(verb, source)
    objection.save(update_fields=["state", *(fields or [])])
    ObjectionStep.objects.create(
        objection=objection, verb=verb, source=source, target=objection.state, at=at, by=actor, note=note.strip()
    )
    _journal(VERBS[verb], objection, actor, at, {"state": objection.state, "effect": objection.effect})


VERBS = {"admit": "admitted", "decline": "declined", "uphold": "upheld", "dismiss": "dismissed", "answer": "answered"}


def _journal(what: str, objection: Objection, actor: User, at: datetime, after: dict) -> None:
    journal.record(
        verb=f"results.objection.{what}", obj=objection, actor=actor, at=at, edition=objection.edition.slug,
        after={"number": objection.number, **after},
    )  # fmt: skip


def _may(actor: User, permission: str, objection: Objection) -> None:
    if not actor.has_perm(permission, objection.edition):
        raise NotAllowed


def _may_rule(actor: User, objection: Objection) -> None:
    """The investigator alone, and still fit: a person may have become a judge meanwhile."""
    if not actor.has_perm("results.rule_objection", objection.edition) or objection.investigator_id != actor.pk:
        raise NotAllowed
    reasons = partiality(objection, actor)
    if reasons:
        raise Blocked(reasons)


def _required(text: str, what: str) -> str:
    if not text.strip():
        raise ReasonMissing(what=what)
    return text


@transaction.atomic
def reveal_party(*, objection: Objection, actor: User, at: datetime) -> ObjectionParty | None:
    """Who objects and how to reach them; that `actor` looked is journaled, what they saw is not. None once deleted."""
    _may(actor, "results.view_objection", objection)
    party = ObjectionParty.objects.filter(objection=objection).first()
    journal.record(
        verb="results.contact.revealed", obj=objection, actor=actor, at=at, edition=objection.edition.slug,
        after={"number": objection.number},
    )  # fmt: skip
    return party
