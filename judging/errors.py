"""What judging refuses, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class RoundNotOpen(Refusal):
    """The stage of the round is not open: not yet, no longer, paused, or its gate was not released."""

    code = "round_not_open"
    message = "“{round}”{phase}，没有保存任何改动。开放时间请看大赛日程，或联系组委会。"


class RoundOver(Refusal):
    """Who judges what is settled once the round has closed."""

    code = "round_over"
    message = "“{round}”评审已结束，不能再调整评委席位和分配。确需补评的，请先延长该阶段。"


class WrongRound(Refusal):
    """The act does not fit this kind of round."""

    code = "wrong_round"
    message = "“{round}”不适用这一操作：{hint}"


class NotAJudge(Refusal):
    """Only somebody with the role sits on a panel."""

    code = "not_a_judge"
    status = 422
    message = "{name}还没有本届的“{role}”角色，不能入席。请先在“角色”中授予。"


class SeatTaken(Refusal):
    """The number or the person has a seat already."""

    code = "seat_taken"
    message = "{fact}，没有增加席位。请换一个席位号或另选评委。"


class SeatInUse(Refusal):
    """Entries were given to the seat; it stays, so that the record stays whole."""

    code = "seat_in_use"
    message = "{seat}已有 {count} 个分配记录，不能撤销席位。请改为取消分配，或标记为未到场。"


class NotDeclared(Refusal):
    """The declaration of impartiality and secrecy comes before the first entry is shown."""

    code = "not_declared"
    message = "请先签署回避与保密声明，签署后才能查看项目和评分。"


class AssignmentImpossible(Refusal):
    """The pure assignment cannot be made; its reason is passed on."""

    code = "assignment_impossible"
    status = 422
    message = "无法完成分配：{reason}"


class AssignmentStarted(Refusal):
    """Scoring has begun: the whole is not dealt out anew."""

    code = "assignment_started"
    message = "已有 {count} 份评分表开始填写，不能整体重新分配。请在分配表中逐个调整。"


class AssignmentChanged(Refusal):
    """What was previewed is no longer what would be stored."""

    code = "assignment_changed"
    message = "预览之后评委、项目或回避关系有变化，没有写入分配。请查看新的预览后再确认。"


class AlreadyAssigned(Refusal):
    code = "already_assigned"
    message = "项目 {entry} 已分配给{seat}，不用重复分配。"


class InConflict(Refusal):
    """A judge in conflict never gets the entry."""

    code = "in_conflict"
    message = "{seat}与项目 {entry} 有回避关系（{reason}），不能分配。"


class NotAParticipant(Refusal):
    """The entry does not take part in the round."""

    code = "not_a_participant"
    status = 422
    message = "项目 {entry} 不在“{round}”的参评名单中。"


class ConflictKnown(Refusal):
    code = "conflict_known"
    message = "{judge}与项目 {entry} 的回避关系已登记（{reason}）。"


class ConflictIsFact(Refusal):
    """What the platform found in the records is lifted by mending the records."""

    code = "conflict_is_fact"
    message = "这一回避关系由系统比对得出（{reason}），不能直接解除。请先更正单位成员信息。"


class AssignmentClosed(Refusal):
    """A recused or withdrawn assignment is not scored."""

    code = "assignment_closed"
    message = "项目 {entry} 的这份分配{state}，不能评分。"


class SheetLocked(Refusal):
    """A submitted sheet is final until the chief judge reopens it."""

    code = "sheet_locked"
    message = "项目 {entry} 的评分已提交，不能再修改。确需更正，请联系评委组长退回重评。"


class SheetNotLocked(Refusal):
    code = "sheet_not_locked"
    message = "项目 {entry} 的评分还没有提交，不需要退回。"


class DraftOutdated(Refusal):
    """A newer save is stored; this one came late or from a page opened before it."""

    code = "draft_outdated"
    message = "项目 {entry} 的评分在别处有更新的保存，这次没有写入。请刷新页面查看最新内容。"


class MarksInvalid(Refusal):
    """Marks off their step or range, missing or unknown. `fields` maps criterion codes to sentences."""

    code = "marks_invalid"
    status = 422
    message = "{faults}"

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(faults="".join(fields.values()))


class RubricMissing(Refusal):
    code = "rubric_missing"
    message = "“{round}”还没有适用于项目 {entry} 的评分标准，不能评分。请联系组委会。"


class TextTooLong(Refusal):
    code = "text_too_long"
    status = 422
    message = "“{field}”最多 {limit} 字，现为 {count} 字，没有保存。请删减后再试。"


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    message = "请写明原因（200 字以内）：它会记入操作日志。"
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
    message = "{seats}尚未提交评分。请等待提交；确需继续时，由评委组长写明原因。"


class MarksClosed(Refusal):
    """Marks are taken while the entrant is on stage and before the first reveal."""

    code = "marks_closed"
    message = "{entry} 现在不接受评分：{state}。您已填写的内容保留在本机。"


class RevealAtEnd(Refusal):
    """There is no further step."""

    code = "reveal_at_end"
    message = "已经是最后一步，没有更多内容可亮。"
