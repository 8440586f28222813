"""What judging refuses on stage, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class DrawNeedsEntries(Refusal):
    """Nobody to draw for."""

    code = "draw_needs_entries"
    message = "{group}还没有入围项目，不能准备抽签。请先公布入围名单。"


class BadDrawInput(Refusal):
    """Labels, sources, values or the chain do not fit."""

    code = "bad_draw_input"
    status = 422
    message = "{detail}"


class DrawAlreadyPrepared(Refusal):
    """A group has one current draw."""

    code = "draw_already_prepared"
    message = "{group}已有一次抽签，不能另起一次。如需重抽，请在原抽签上写明原因。"


class CommitmentTooFresh(Refusal):
    """Between commitment and draw lies at least a day."""

    code = "commitment_too_fresh"
    message = "承诺书于 {since} 发布，须满一天才能抽签，以便公众事先核对。"


class WitnessMissing(Refusal):
    """A draw has a witness."""

    code = "witness_missing"
    status = 422
    message = "请填写见证人姓名。"


class DrawOrderIncomplete(Refusal):
    """The order drawn by hand must name everybody once."""

    code = "draw_order_incomplete"
    status = 422
    message = "现场抽签的顺序应包含全部 {count} 个项目，每个项目一次。请核对后重新录入。"


class DrawReasonMissing(Refusal):
    """A redraw names its reason."""

    code = "draw_reason_missing"
    status = 422
    message = "重抽须写明原因，原因会与结果一并公布。"


class DrawsMissing(Refusal):
    """The room needs the running order of every finalist."""

    code = "draws_missing"
    message = "还有 {count} 个入围项目没有出场顺序。请先完成并公布各组抽签。"


class RoomMoved(Refusal):
    """Somebody else has acted meanwhile."""

    code = "room_moved"
    message = "现场状态刚刚由其他人更新，您的操作没有执行。请看清当前状态后再操作。"


class StageOccupied(Refusal):
    """One entrant at a time."""

    code = "stage_occupied"
    message = "{entry} 尚未结束，不能开始下一个项目。请先亮分并结束。"


class JudgesMissing(Refusal):
    """A present judge has not submitted."""

    code = "judges_missing"
    message = "{seats}尚未提交评分。请等待提交；确需继续时，由评委组长写明原因。"


class MarksClosed(Refusal):
    """Marks are taken while the entrant is on stage and before the first reveal."""

    code = "marks_closed"
    message = "{entry} 现在不接受评分：{state}。您已填写的内容保留在本机。"


class RevealAtEnd(Refusal):
    """There is no further step."""

    code = "reveal_at_end"
    message = "已经是最后一步，没有更多内容可亮。"
