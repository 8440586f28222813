"""How a round result goes from computed to published."""

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
