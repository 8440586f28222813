"""States of an entry and the table of steps between them (domain rules §9.2). Guards that read data live in `rules`."""

from __future__ import annotations

from core.transitions import Machine, Move

DRAFT = "draft"
SUBMITTED = "submitted"
UNDER_REVIEW = "under_review"
RETURNED = "returned"
ACCEPTED = "accepted"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"
DISQUALIFIED = "disqualified"

COUNTED = (SUBMITTED, UNDER_REVIEW, RETURNED, ACCEPTED, DISQUALIFIED)  # takes a place of its applicant and holds its patents

LABELS = {
    DRAFT: "草稿",
    SUBMITTED: "待形式审查",
    UNDER_REVIEW: "审查中",
    RETURNED: "需补正",
    ACCEPTED: "形式通过",
    REJECTED: "形式不通过",
    WITHDRAWN: "已撤回",
    DISQUALIFIED: "取消资格",
}
EDITABLE = (DRAFT, RETURNED)

ENTRY = Machine(
    "entry",
    LABELS,
    [
        Move("submit", "提交", (DRAFT,), SUBMITTED, "entries.submit_entry"),
        Move("recall", "撤回修改", (SUBMITTED,), DRAFT, "entries.submit_entry"),
        # A resubmitted entry comes back under review with nobody's name on it and is picked up from there.
        Move("pick_up", "开始审查", (SUBMITTED, UNDER_REVIEW), UNDER_REVIEW, "entries.examine_entry"),
        Move("put_back", "放回队列", (UNDER_REVIEW,), SUBMITTED, "entries.examine_entry"),
        Move("accept", "通过", (UNDER_REVIEW,), ACCEPTED, "entries.examine_entry"),
        Move("return", "退回补正", (UNDER_REVIEW,), RETURNED, "entries.examine_entry"),
        Move("reject", "不予通过", (UNDER_REVIEW, RETURNED), REJECTED, "entries.examine_entry"),
        Move("resubmit", "重新提交", (RETURNED,), UNDER_REVIEW, "entries.submit_entry"),
        Move("withdraw", "退赛", (DRAFT, SUBMITTED, RETURNED, ACCEPTED), WITHDRAWN, "entries.submit_entry"),
        Move("disqualify", "取消资格", (ACCEPTED,), DISQUALIFIED, "entries.manage_entry"),
        Move("reinstate", "恢复", (REJECTED, WITHDRAWN, DISQUALIFIED), UNDER_REVIEW, "entries.manage_entry"),
    ],
)
