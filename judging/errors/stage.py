"""What draw, stage and paper sheets refuse, and how to mend it."""

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


class RoomOpened(Refusal):
    """The stage has taken over the running order."""

    code = "room_opened"
    message = "路演现场已按公布的顺序启用，不能再重抽。如有项目退赛，请在路演主控中记为弃赛。"


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
    message = "{seats}尚未提交评分，不能截止。请等待提交；确需继续时，由评委组长写明原因。"


class TooFewMarks(Refusal):
    """Trimming never differs between entries of one round: the chief judge decides what a short count means."""

    code = "too_few_marks"
    message = (
        "只有 {count} 个有效评分，本轮规则要求至少 {needed} 个才能去掉最高分和最低分。"
        "可以等待补评或加派评委；组长写明决定后截止的，本轮全部项目都改取平均分，不再去掉最高、最低分。"
    )


class SlotHeld(Refusal):
    """The chief judge has stopped the reveal."""

    code = "slot_held"
    message = "评委组长已暂停本项目亮分（{reason}），解除之后才能继续。"


class SlotNotHeld(Refusal):
    code = "slot_not_held"
    message = "{entry} 没有被暂停，不需要解除。"


class SlotNotLive(Refusal):
    """Only what happens on stage can be stopped."""

    code = "slot_not_live"
    message = "{entry} 不在台上，不能暂停。"


class AlreadyRevealed(Refusal):
    """Marks the hall has seen stay as they are."""

    code = "already_revealed"
    message = "{entry} 已经亮过分，不能重新开放打分。亮分之后的更正由组委会按更正结果的程序办理。"


class PaperWaiting(Refusal):
    """One typed paper sheet at a time waits for the second person."""

    code = "paper_waiting"
    message = "{seat}对 {entry} 号的纸质评分已有一份待复核，请先复核或退回。"


class SamePerson(Refusal):
    """Two pairs of eyes."""

    code = "same_person"
    message = "录入人不能复核自己录入的评分，请由另一位记分员对照纸质评分表复核。"


class PaperChanged(Refusal):
    """Somebody has decided about it meanwhile."""

    code = "paper_changed"
    message = "这份纸质评分{state}，没有再次处理。"


class RevealAtEnd(Refusal):
    """There is no further step."""

    code = "reveal_at_end"
    message = "已经是最后一步，没有更多内容可亮。"


class PlatesBeyond(Refusal):
    """Only what was drawn can be shown."""

    code = "plates_beyond"
    status = 422
    message = "没有更多号牌可以亮出。请先抽签，并按抽签的项目数逐个亮牌。"


class DrawnFirst(Refusal):
    """Evidence belongs to a draw that took place."""

    code = "drawn_first"
    message = "还没有抽签，抽签之后再上传现场照片和签字的抽签记录。"


class NotAFinalist(Refusal):
    """Only who is invited to the final answers for it."""

    code = "not_a_finalist"
    message = "项目 {entry} 不在“{round}”的入围名单中。"


class ReplyOver(Refusal):
    """The date for the answer has passed."""

    code = "reply_over"
    message = "确认参赛已于 {end} 截止。需要变更的，请联系组委会。"


class DeckOver(Refusal):
    """Decks are locked at their deadline."""

    code = "deck_over"
    message = "路演文稿已于 {end} 截止提交，现以最后一版为准。需要更换的，请联系组委会。"


class PresenterMissing(Refusal):
    code = "presenter_missing"
    status = 422
    message = "请填写路演人姓名（40 字以内）和职务：路演和答辩由同一人完成。"


class WaiverMissing(Refusal):
    code = "waiver_missing"
    status = 422
    message = "弃赛须上传加盖公章的弃赛声明（PDF、JPG 或 PNG），并写明原因。"


class DeckNotWide(Refusal):
    """The hall's screen is 16:9."""

    code = "deck_not_wide"
    status = 422
    message = "“{name}”的页面比例是 {shape}，会场大屏为 16:9。请在页面设置中改为 16:9 后重新导出。"
