"""What stands between the stage that is on and the next one: reasons of every app, each with the page that mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from competitions.models import Edition, Round, Stage
from competitions.pure.window import CLOSED, UPCOMING
from competitions.queries import gates
from competitions.queries.publish_guard import publish_reasons
from competitions.queries.schedule import DELAYED, StageView, current_stage, next_stages
from console.queries.facts import Facts
from core.dates import moment
from core.errors import Reason
from entries import states as entry_states
from judging import states
from judging.models import Draw, RoadshowRoom, RoadshowSlot
from judging.queries.marks import is_round_complete
from results.models import AwardDecision
from results.states import APPROVED, PROPOSED, PUBLISHED
from voting.models import LedgerLeaf

Kind = Stage.Kind
Link = Callable[..., str]


@dataclass(frozen=True, slots=True)
class NextStep:
    """`title` names the stage to come (进入“决赛”前); `done` are sentences, `reasons` what is missing, `hint` what time does."""

    title: str
    done: list[str]
    reasons: list[Reason]
    hint: str = ""


@dataclass(slots=True)
class Checks:
    """Findings so far."""

    facts: Facts
    link: Link
    done: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def missing(self, code: str, message: str, url: str) -> None:
        self.reasons.append(Reason(code, message, url=url))


def next_step(facts: Facts, link: Link) -> NextStep:
    """The checklist of the dashboard. Every stage that has opened is asked until its work is done.

    `link(name, *args)` gives the address of a page of the edition, empty when there is none for the reader.
    """
    edition, views = facts.edition, facts.views
    if not edition.is_published:
        reasons = publish_reasons(edition)
        setup = link("competitions:setup")
        return NextStep("公开本届前", [], [Reason(one.code, one.message, url=setup) for one in reasons])
    current = current_stage(views)
    waiting = bool(current and current.phase in (UPCOMING, DELAYED))
    coming = [current] if waiting else next_stages(views, current)[:1]
    checks = Checks(facts, link)
    for view in views:
        if view.has_opened and view.stage.kind in ASKED:
            ASKED[view.stage.kind](checks, view)
    for view in coming:
        _gate(checks, view)
    return NextStep(_title(coming), checks.done, checks.reasons, _hint(edition, coming, current))


def _title(coming: list[StageView]) -> str:
    return f"进入“{coming[0].stage.name}”前" if coming else "结束本届前"


def _hint(edition: Edition, coming: list[StageView], current: StageView | None) -> str:
    parts = []
    if current and current.is_open:
        parts.append(f"{current.stage.name}{moment(current.shown_end, edition.year)} 自动截止。")
    if coming and coming[0].phase == UPCOMING:
        parts.append(f"{coming[0].stage.name}{moment(coming[0].stage.opens_at, edition.year)} 开始，放行后自动开放。")
    return "".join(parts)


def _gate(checks: Checks, view: StageView) -> None:
    if view.stage.gate_released_at:
        checks.done.append(f"“{view.stage.name}”已放行")
    else:
        checks.reasons += gates.unmet(view.stage.kind, checks.facts.edition)
        checks.missing("gate", f"“{view.stage.name}”还没有放行", checks.link("competitions:stage-manage"))


def _formality(checks: Checks, view: StageView) -> None:
    waiting, returned = checks.facts.standing.to_examine, checks.facts.standing.in_state(entry_states.RETURNED)
    url = checks.link("entries:formality-queue")
    if waiting:
        checks.missing("undecided", f"{waiting} 个项目还没有形式审查结论", url)
    if returned:
        checks.missing("returned", f"{returned} 个项目正在补正", url)
    if not waiting and not returned:
        checks.done.append(f"形式审查已全部办结，通过 {checks.facts.standing.accepted} 个项目")


def _public_vote(checks: Checks, view: StageView) -> None:
    kinds = set(LedgerLeaf.objects.filter(edition=checks.facts.edition, kind__in=["open", "final"]).values_list("kind", flat=True))
    if "final" in kinds:
        checks.done.append("网络投票已终计")
        return
    if "open" not in kinds:
        checks.missing("ledger", "投票账本尚未开账", checks.link("voting:monitor"))
    if cases := checks.facts.case_count:
        checks.missing("cases", f"{cases} 项异常处理等待复核", checks.link("voting:case-list"))
    if view.phase == CLOSED:
        checks.missing("tally", "票数还没有终计，需两人批准", checks.link("voting:final-approve"))


def _preliminary(checks: Checks, view: StageView) -> None:
    _result(checks, Round.Kind.PRELIMINARY)


def _coaching(checks: Checks, view: StageView) -> None:
    """Every group with finalists has a published draw."""
    final = checks.facts.rounds.get(Round.Kind.FINAL)
    if final is None or Round.Kind.FINAL in checks.facts.results:
        return
    invited = set(final.panels.filter(seats__assignments__state=states.ASSIGNED).values_list("seats__assignments__entry__group__name", flat=True))
    drawn = set(Draw.objects.filter(round=final, state=states.PUBLISHED).values_list("group__name", flat=True))
    without = sorted(name for name in invited - drawn if name)
    if without:
        checks.missing("draw", f"{'、'.join(without)}还没有公布出场顺序", checks.link("judging:draw-manage"))
    elif drawn:
        checks.done.append(f"{len(drawn)} 个组的出场顺序已公布")


def _final(checks: Checks, view: StageView) -> None:
    final = checks.facts.rounds.get(Round.Kind.FINAL)
    if final is None:
        return
    if Round.Kind.FINAL not in checks.facts.results:
        _stage_of_final(checks, final)
    _result(checks, Round.Kind.FINAL)


def _stage_of_final(checks: Checks, final: Round) -> None:
    if not RoadshowRoom.objects.filter(round=final).exists():
        checks.missing("room", "路演场次还没有开启", checks.link("judging:stage-desk"))
        return
    over = (states.FINISHED, states.ABSENT)
    left = RoadshowSlot.objects.filter(round=final).exclude(state__in=over).count()
    if left:
        checks.missing("slots", f"{left} 个项目还没有完成路演", checks.link("judging:stage-desk"))
    else:
        checks.done.append("全部项目已完成路演")


def _result(checks: Checks, kind: str) -> None:
    """Sheets complete, then computed, approved by two, published."""
    round_, latest = checks.facts.rounds.get(kind), checks.facts.results.get(kind)
    if round_ is None:
        return
    url = checks.link("results:ranking", kind)
    if latest is None:
        _sheets(checks, round_, url)
    elif latest.state == PROPOSED:
        checks.missing("approval", f"{round_.name}结果已计算，还需 {latest.approvals_missing} 人核准", url)
    elif latest.state == APPROVED:
        checks.missing("publication", f"{round_.name}结果已核准，还没有公布", url)
    elif latest.state == PUBLISHED:
        checks.done.append(f"{round_.name}结果已公布")


def _sheets(checks: Checks, round_: Round, url: str) -> None:
    reasons = is_round_complete(round_)
    progress = checks.link("judging:progress", round_.kind)
    seats = sum(1 for one in reasons if one.code == "sheet_missing")
    if seats:
        checks.missing("sheets", f"{round_.name}有 {seats} 位评委的评分没有交齐", progress)
    for one in reasons:
        if one.code != "sheet_missing":
            checks.missing(one.code, one.message, progress)
    if not reasons:
        checks.done.append(f"{round_.name}评分已全部提交")
        checks.missing("result", f"{round_.name}结果还没有计算", url)


def _notice(checks: Checks, view: StageView) -> None:
    awarded = AwardDecision.objects.filter(placing__result__round__edition=checks.facts.edition, placing__result__publication__isnull=False)
    waiting = awarded.exclude(certificates__revoked_at__isnull=True, certificates__isnull=False).count()
    if waiting:
        checks.missing("certificates", f"{waiting} 张证书还没有签发", checks.link("results:certificates"))


ASKED: dict[str, Callable[[Checks, StageView], None]] = {
    Kind.FORMALITY: _formality,
    Kind.PUBLIC_VOTE: _public_vote,
    Kind.PRELIMINARY: _preliminary,
    Kind.COACHING: _coaching,
    Kind.FINAL: _final,
    Kind.NOTICE: _notice,
}
