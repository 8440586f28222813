"""Everything that stands in the way of computing a round, named at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from competitions.errors import RuleInvalid
from competitions.models import Round
from competitions.pure.rule_set import RuleSet
from competitions.pure.window import CLOSED
from competitions.queries.rule_set import round_rule_set
from competitions.queries.schedule import view_stage
from core import dates
from core.errors import Reason
from results.queries.inputs import final_votes, missing_sheets
from results.queries.participants import participants
from results.queries.state import current_result, previous_round

SHOWN_PLACES = 2


@dataclass(frozen=True, slots=True)
class InputStatus:
    """One kind of input: `topic` is stage, previous, rules, entries, sheets or votes; ready when it has no reasons."""

    topic: str
    name: str
    fact: str
    reasons: tuple[Reason, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.reasons


def input_statuses(round: Round, at: datetime) -> list[InputStatus]:
    """Each input of the round with its state at `at`, in the order they come about."""
    rules, faults = _rules(round)
    found = [_stage(round, at)]
    prior = previous_round(round)
    if prior is not None:
        found.append(_previous(prior))
    ranked = sum(one.is_ranked for one in participants(round))
    found.append(InputStatus("entries", "参评项目", f"{ranked} 个项目参评"))
    gaps = tuple(missing_sheets(round))
    found.append(InputStatus("sheets", "评委评分", "应交的评分都已提交" if not gaps else f"{len(gaps)} 处未完成", gaps))
    if rules is None or rules.needs_votes:
        found.append(_votes(round))
    found.append(InputStatus("rules", "计分规则", "规则可用" if not faults else "规则有误", faults))
    return found


def missing_inputs(round: Round, at: datetime) -> list[Reason]:
    """All reasons why the round cannot be computed yet."""
    return [reason for status in input_statuses(round, at) for reason in status.reasons]


def _stage(round: Round, at: datetime) -> InputStatus:
    view = view_stage(round.stage, at)
    end = dates.moment(view.shown_end, round.edition.year)
    if view.phase == CLOSED:
        return InputStatus("stage", "赛程阶段", f"{end} 已结束")
    reason = Reason("stage_open", f"“{round.stage.name}”还没有结束（{end} 截止），结束后才能计算。")
    return InputStatus("stage", "赛程阶段", f"{end} 截止", (reason,))


def _previous(prior: Round) -> InputStatus:
    if current_result(prior) is not None:
        return InputStatus("previous", f"{prior.name}结果", "已公布")
    reason = Reason("previous_unpublished", f"“{prior.name}”结果还没有公布，参加本轮的项目尚未确定。")
    return InputStatus("previous", f"{prior.name}结果", "未公布", (reason,))


def _votes(round: Round) -> InputStatus:
    votes = final_votes(round.edition)
    if votes is not None:
        return InputStatus("votes", "网络投票", f"终计 {sum(votes.values()):,} 张有效票")
    reason = Reason("tally_open", "网络投票还没有终计（须两人核准），本轮规则要用到票数。")
    return InputStatus("votes", "网络投票", "未终计", (reason,))


def _rules(round: Round) -> tuple[RuleSet | None, tuple[Reason, ...]]:
    try:
        rules = round_rule_set(round)
    except RuleInvalid as fault:
        return None, (Reason("rules_invalid", fault.text),)
    if max(rules.total_places, rules.panel.places) > SHOWN_PLACES:
        return rules, (Reason("too_many_places", "结果以两位小数公布，规则中的小数位数请改为不超过 2 位。"),)
    return rules, ()
