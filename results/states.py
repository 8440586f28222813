"""How a round result goes from computed to published, and an objection from filed to answered."""

from __future__ import annotations

from core.transitions import Machine, Move

PROPOSED, APPROVED, PUBLISHED, SUPERSEDED = "proposed", "approved", "published", "superseded"
RESULT = Machine(
    "result",
    {PROPOSED: "待核准", APPROVED: "已核准", PUBLISHED: "已公布", SUPERSEDED: "已更正"},
    [
        Move("approve", "核准", (PROPOSED,), APPROVED, "results.approve_result"),
        Move("publish", "公布", (APPROVED,), PUBLISHED, "results.publish_result"),
        Move("supersede", "更正", (PROPOSED, APPROVED, PUBLISHED), SUPERSEDED, "results.approve_result"),
    ],
)

FILED, DECLINED, INVESTIGATING = "filed", "declined", "investigating"
UPHELD, DISMISSED, ANSWERED, WITHDRAWN = "upheld", "dismissed", "answered", "withdrawn"
SETTLED = (DECLINED, ANSWERED, WITHDRAWN)
OBJECTION = Machine(
    "objection",
    {
        FILED: "待受理",
        DECLINED: "不予受理",
        INVESTIGATING: "调查中",
        UPHELD: "异议成立",
        DISMISSED: "异议不成立",
        ANSWERED: "已答复",
        WITHDRAWN: "已撤回",
    },
    [
        Move("admit", "受理", (FILED,), INVESTIGATING, "results.handle_objection"),
        Move("decline", "不予受理", (FILED,), DECLINED, "results.handle_objection"),
        Move("uphold", "裁定成立", (INVESTIGATING,), UPHELD, "results.rule_objection"),
        Move("dismiss", "裁定不成立", (INVESTIGATING,), DISMISSED, "results.rule_objection"),
        Move("withdraw", "撤回", (FILED, INVESTIGATING), WITHDRAWN, "results.withdraw_objection"),
        Move("answer", "答复", (UPHELD, DISMISSED), ANSWERED, "results.handle_objection"),
    ],
)
