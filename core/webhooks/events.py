"""The events other systems can be told of."""

ENTRY_ACCEPTED = "entry.accepted"
ROUND_CLOSED = "round.closed"
RESULT_PUBLISHED = "result.published"
PING = "ping"

EVENTS: dict[str, str] = {
    ENTRY_ACCEPTED: "项目通过形式审查",
    ROUND_CLOSED: "一轮投票截止或一轮评审算出结果",
    RESULT_PUBLISHED: "结果公布",
}
