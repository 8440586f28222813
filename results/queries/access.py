"""The only way a view gets an object of results for somebody. What is not published is 404 for the public."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from competitions.queries.rule_set import SCORED
from competitions.queries.schedule import find_round
from core.text import fold_code
from results.models import Certificate, EditionPackage, Notice, Objection, Placing, RoundResult
from results.queries.certificates import certificates_of, with_contents
from results.queries.state import current_result

LOOK_ALIKES = str.maketrans("OIL", "011")
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
NUMBER = re.compile(r"(JG[0-9]{2})([A-Z])([0-9]{3,5})")


def get_round_for(user: Any, slug: str, kind: str, *, to: str) -> Round:
    """A scored round of the edition when `user` has the permission `to` on it; 404 otherwise."""
    edition = get_edition_for(user, slug, to=to)
    return find_scored_round(edition, kind)


def find_scored_round(edition: Edition, kind: str) -> Round:
    """A round of the edition that judges score; 404 when it has none of this kind."""
    found = find_round(edition, kind)
    if found is None or found.kind not in SCORED:
        raise Http404
    return found


def get_public_result(edition: Edition, public_id: str) -> RoundResult:
    """A result that was published, also one that was corrected since; 404 otherwise."""
    found = RoundResult.objects.filter(round__edition=edition, public_id=public_id, publication__isnull=False)
    result = found.select_related("round__edition", "publication").first()
    if result is None:
        raise Http404
    return result


def get_public_placing(edition: Edition, kind: str, number: int) -> Placing:
    """Where an entry stands in the published result of a round; in a round that lets others go on, only who went on."""
    result = current_result(find_scored_round(edition, kind))
    rows = Placing.objects.filter(result=result, entry__number=number, place__isnull=False) if result else Placing.objects.none()
    placing = rows.exclude(outcome=Placing.Outcome.ELIMINATED).select_related("entry", "group").first()
    if placing is None or result is None:
        raise Http404
    placing.result = result
    return placing


def get_public_notice(edition: Edition, public_id: str) -> Notice:
    """A published notice; 404 otherwise."""
    notices = Notice.objects.filter(edition=edition, public_id=public_id, published_at__isnull=False)
    notice = notices.select_related("result__round__edition").defer("result__record").first()
    if notice is None:
        raise Http404
    return notice


def get_objection(edition: Edition, public_id: str) -> Objection:
    """An objection for whoever knows its address: the page of the person who filed it; 404 otherwise."""
    return _objection(edition, public_id)


def get_objection_for(user: Any, slug: str, public_id: str, *, to: str) -> Objection:
    """An objection of the edition when `user` has the permission `to` on it; 404 otherwise."""
    return _objection(get_edition_for(user, slug, to=to), public_id)


def _objection(edition: Edition, public_id: str) -> Objection:
    rows = Objection.objects.filter(edition=edition, public_id=public_id).defer("notice__result__record")
    tree = ("edition", "notice__result__round__edition", "notice__edition", "entry", "investigator", "carried_out")
    objection = rows.select_related(*tree).defer("notice__result__record", "carried_out__record").first()
    if objection is None:
        raise Http404
    return objection


def get_notice_for(user: Any, slug: str, public_id: str, *, to: str) -> Notice:
    """A published notice of the edition when `user` has the permission `to` on it; 404 otherwise."""
    return get_public_notice(get_edition_for(user, slug, to=to), public_id)


def get_certificate(number: str) -> Certificate:
    """The certificate with this number; 404 otherwise."""
    found = with_contents(Certificate.objects.filter(number=number, award__award_type__edition__published_at__isnull=False))
    certificate = found.first()
    if certificate is None:
        raise Http404
    return certificate


def get_certificate_for(user: Any, slug: str, number: str, *, to: str) -> Certificate:
    """The edition's certificate with this number when `user` has the permission `to` on the edition; 404 otherwise."""
    certificate = certificates_of(get_edition_for(user, slug, to=to)).filter(number=number).first()
    if certificate is None:
        raise Http404
    return certificate


def find_certificate(code: str) -> Certificate | None:
    """The certificate behind a typed code or number; None when there is none. See `canonical_code`."""
    published = Certificate.objects.filter(award__award_type__edition__published_at__isnull=False)
    by_code = canonical_code(code)
    chosen = published.filter(verify_code=by_code) if by_code else published.filter(number=canonical_number(code))
    return with_contents(chosen).first()


def canonical_number(typed: str) -> str:
    """A typed certificate number as it is stored, JG26-G-002: any case, any dashes or none. Empty when it cannot be one."""
    match = NUMBER.fullmatch(fold_code(typed))
    return "-".join(match.groups()) if match else ""


def canonical_code(typed: str) -> str:
    """A typed verification code as it is stored, 8D41-77C0-K3TV: any case, spaces and dashes, O for 0, I and L for 1.

    What cannot be a code comes back empty.
    """
    signs = fold_code(typed).translate(LOOK_ALIKES)
    if not CODE.fullmatch(signs):
        return ""
    return "-".join(signs[start : start + 4] for start in range(0, 12, 4))


def packages_for(user: Any, edition: Edition) -> QuerySet[EditionPackage]:
    """The packages of the edition that `user` may take. The complete one holds the lists of whoever asked for it, so that
    only the organisers take one of somebody else's."""
    found = EditionPackage.objects.filter(edition=edition)
    if user.has_perm("competitions.manage_edition", edition):
        return found
    return found.filter(~Q(kind="edition") | Q(requested_by=user))


def get_package_for(user: Any, edition: Edition, public_id: str, at: datetime) -> EditionPackage:
    """A finished package of the edition that `user` may take and whose time is not over; 404 otherwise."""
    done = packages_for(user, edition).filter(public_id=public_id, state=EditionPackage.State.DONE)
    package = done.filter(expires_at__gt=at).first()
    if package is None:
        raise Http404
    return package
