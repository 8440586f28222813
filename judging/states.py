"""States of an assignment, a score sheet, a draw and the roadshow, with the tables of steps between them."""

from __future__ import annotations

from core.transitions import Machine, Move

ASSIGNED, RECUSED, WITHDRAWN = "assigned", "recused", "withdrawn"
ASSIGNMENT = Machine(
    "assignment",
    {ASSIGNED: "已分配", RECUSED: "已回避", WITHDRAWN: "已取消"},
    [
        Move("recuse", "申请回避", (ASSIGNED,), RECUSED, "judging.score_entry"),
        Move("withdraw", "取消分配", (ASSIGNED,), WITHDRAWN, "judging.manage_panel"),
        Move("reassign", "重新分配", (RECUSED, WITHDRAWN), ASSIGNED, "judging.manage_panel"),
    ],
)

EMPTY, DRAFT, LOCKED = "empty", "draft", "locked"
SHEET = Machine(
    "sheet",
    {EMPTY: "未评", DRAFT: "草稿", LOCKED: "已提交"},
    [
        Move("save", "保存草稿", (EMPTY, DRAFT), DRAFT, "judging.score_entry"),
        Move("lock", "提交评分", (EMPTY, DRAFT), LOCKED, "judging.score_entry"),
        Move("unlock", "退回重评", (LOCKED,), DRAFT, "judging.chair_panel"),
    ],
)
SHEET_WORDS = SHEET.labels | {word: ASSIGNMENT.labels[word] for word in (RECUSED, WITHDRAWN)}


def sheet_word(assignment: str, sheet: str | None) -> str:
    """The word of an assignment in lists, from its own state and its sheet's (None: never opened): empty, draft or locked
    while it stands, else recused or withdrawn."""
    return (sheet or EMPTY) if assignment == ASSIGNED else assignment


PREPARED, DRAWN, PUBLISHED, REPLACED = "prepared", "drawn", "published", "replaced"
DRAW = Machine(
    "draw",
    {PREPARED: "已承诺", DRAWN: "已抽签", PUBLISHED: "已公布", REPLACED: "已重抽"},
    [
        Move("draw", "抽签", (PREPARED,), DRAWN, "judging.run_draw"),
        Move("publish", "公布", (DRAWN,), PUBLISHED, "judging.run_draw"),
        Move("replace", "重抽", (DRAWN, PUBLISHED), REPLACED, "judging.run_draw"),
    ],
)

WAITING, TALK, ANSWERS, SCORING, CLOSED, REVEALED, FINISHED, ABSENT = (
    "waiting",
    "talk",
    "answers",
    "scoring",
    "closed",
    "revealed",
    "finished",
    "absent",
)
LIVE = (TALK, ANSWERS, SCORING, CLOSED, REVEALED)  # on stage
TAKES_MARKS = (TALK, ANSWERS, SCORING)
HELD_VERBS = ("reveal", "reveal_next", "finish")  # what the chief judge's stop holds back
STRIKE_STEP = 2
REVEAL_STEPS = 4  # 1 the judges' marks · 2 the dropped ones struck out · 3 the score · 4 its place
SLOT = Machine(
    "slot",
    {
        WAITING: "候场",
        TALK: "路演",
        ANSWERS: "答辩",
        SCORING: "评委打分",
        CLOSED: "打分截止",
        REVEALED: "亮分",
        FINISHED: "已结束",
        ABSENT: "弃赛",
    },
    [
        Move("start_talk", "开始路演", (WAITING,), TALK, "judging.operate_stage"),
        Move("start_answers", "开始答辩", (TALK,), ANSWERS, "judging.operate_stage"),
        Move("open_scoring", "开始打分", (ANSWERS,), SCORING, "judging.operate_stage"),
        Move("close_scoring", "截止打分", (SCORING,), CLOSED, "judging.operate_stage"),
        Move("reopen_scoring", "重新开放打分", (CLOSED,), SCORING, "judging.chair_panel"),
        Move("reveal", "亮分", (CLOSED,), REVEALED, "judging.operate_stage"),
        Move("reveal_next", "下一步亮分", (REVEALED,), REVEALED, "judging.operate_stage"),
        Move("reveal_back", "退回一步", (REVEALED,), REVEALED, "judging.operate_stage"),
        Move("undo_reveal", "撤销亮分", (REVEALED,), CLOSED, "judging.operate_stage"),
        Move("finish", "结束", (REVEALED,), FINISHED, "judging.operate_stage"),
        Move("back_to_waiting", "退回候场", (TALK,), WAITING, "judging.operate_stage"),
        Move("back_to_talk", "退回路演", (ANSWERS,), TALK, "judging.operate_stage"),
        Move("back_to_answers", "退回答辩", (SCORING,), ANSWERS, "judging.operate_stage"),
        Move("mark_absent", "记为弃赛", (WAITING,), ABSENT, "judging.operate_stage"),
        Move("restore", "恢复出场", (ABSENT,), WAITING, "judging.operate_stage"),
    ],
)

TYPED, CONFIRMED, RETURNED = "typed", "confirmed", "returned"
PAPER = Machine(
    "papersheet",
    {TYPED: "待复核", CONFIRMED: "已复核", RETURNED: "已退回"},
    [
        Move("confirm", "复核无误", (TYPED,), CONFIRMED, "judging.type_sheet"),
        Move("return", "退回重录", (TYPED,), RETURNED, "judging.type_sheet"),
    ],
)

INVITED, ACCEPTED, FORFEITED = "invited", "accepted", "forfeited"
FINALIST = Machine(
    "finalist",
    {INVITED: "待确认", ACCEPTED: "确认参赛", FORFEITED: "弃赛"},
    [
        Move("accept", "确认参赛", (INVITED, ACCEPTED), ACCEPTED, "entries.submit_entry"),
        Move("forfeit", "弃赛", (INVITED, ACCEPTED), FORFEITED, "entries.submit_entry"),
    ],
)
