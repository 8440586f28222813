"""Rule sets 江高赛 starts from. Unpublished figures are proposals the organiser confirms one by one (domain.md §10)."""

from decimal import Decimal

from competitions.pure.advance_rule import AdvanceRule
from competitions.pure.award_rule import EVERY_GROUP, AwardRule
from competitions.pure.panel_rule import TRIMMED, PanelRule
from competitions.pure.rule_set import PANEL, PUBLIC_VOTE, RuleSet


def preliminary_preset() -> RuleSet:
    """初赛: plain mean of the judges at 95 %, public vote normalised to the group's most votes at 5 %, ten go on."""
    return RuleSet(
        round="preliminary",
        public_vote="max",
        weights=((PANEL, Decimal("0.95")), (PUBLIC_VOTE, Decimal("0.05"))),
        tie_chain=("total", "panel"),
        advance=((EVERY_GROUP, AdvanceRule(top_n=10)),),
    )


def final_preset() -> RuleSet:
    """决赛: trimmed mean of the panel alone; two gold, three silver and five merit awards a group."""
    return RuleSet(
        round="final",
        panel=PanelRule(method=TRIMMED),
        tie_chain=("total", "panel", "untrimmed_sum", "prior_total"),
        awards=(
            AwardRule("gold", "金奖", ((EVERY_GROUP, 2),)),
            AwardRule("silver", "银奖", ((EVERY_GROUP, 3),)),
            AwardRule("merit", "优秀奖", ((EVERY_GROUP, 5),)),
        ),
    )
