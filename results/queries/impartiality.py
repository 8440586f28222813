"""Who may look into an objection: an arbitrator who had no hand in what is objected to (domain.md §2.9, §9.3)."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Membership, User
from competitions.models import Role
from core.errors import Reason
from judging.models import PanelSeat
from results.models import Objection, ResultApproval, ResultPublication


@dataclass(frozen=True, slots=True)
class Arbitrator:
    """An arbitrator of the edition, and why they may not look into this objection (empty: they may)."""

    user: User
    reasons: tuple[Reason, ...]


def partiality(objection: Objection, user: User) -> list[Reason]:
    """Everything that makes `user` unfit: no arbitrator, a judge of the edition, approver of the result, or interested."""
    found = []
    roles = Role.objects.filter(edition=objection.edition_id, user=user, ended_at__isnull=True)
    if not roles.filter(kind=Role.Kind.ARBITRATOR).exists():
        found.append(Reason("no_arbitrator", f"{user.actor_label}不是本届的仲裁委员。"))
    judged = PanelSeat.objects.filter(panel__round__edition=objection.edition_id, judge=user).exists()
    if judged or roles.filter(kind__in=(Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE)).exists():
        found.append(Reason("was_judge", f"{user.actor_label}是本届评委，不能复核评审结果。"))
    result = objection.notice.result_id
    if user.pk in _had_a_hand(result):
        found.append(Reason("had_a_hand", f"{user.actor_label}核准或公布过这份结果，不能复核。"))
    if objection.entry_id and Membership.objects.filter(
        user=user, organisation__applications__entry=objection.entry_id
    ).exists():
        found.append(Reason("interested", f"{user.actor_label}是涉及项目参赛单位的成员，应当回避。"))
    return found


def arbitrators_for(objection: Objection) -> list[Arbitrator]:
    """Every arbitrator of the edition, the fit ones first."""
    rows = Role.objects.filter(edition=objection.edition_id, kind=Role.Kind.ARBITRATOR, ended_at__isnull=True)
    people = [role.user for role in rows.select_related("user").order_by("user__name", "pk")]
    found = [Arbitrator(user, tuple(partiality(objection, user))) for user in people]
    return sorted(found, key=lambda one: bool(one.reasons))


def _had_a_hand(result_pk: int) -> set[int]:
    approved = ResultApproval.objects.filter(result=result_pk).values_list("by_id", flat=True)
    published = ResultPublication.objects.filter(result=result_pk).values_list("by_id", flat=True)
    return {*approved, *published}
