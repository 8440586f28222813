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


class NothingSuspected(Refusal):
    """The records show nothing for the pair that is still open."""

    code = "nothing_suspected"
    message = "{judge}与项目 {entry} 没有待认定的关系：可能已由其他人认定，或有关信息已更正。"


class TooManyCalibrations(Refusal):
    code = "too_many_calibrations"
    status = 422
    message = "本届本轮设定的校准项目至多 {most} 个，现选了 {count} 个。请减少选择，或在大赛设置中调整。"


class SheetBegun(Refusal):
    """What a judge has begun is not handed to another in passing."""

    code = "sheet_begun"
    message = "{seat}已开始评项目 {entry}，不能改派或对调。确需换人的，请先取消这份分配并写明原因。"


class NotInSameRound(Refusal):
    code = "not_in_same_round"
    status = 422
    message = "只能与同一轮次、另一位评委的另一个项目对调。"


class AssignmentClosed(Refusal):
    """A recused or withdrawn assignment is not scored."""

    code = "assignment_closed"
    message = "项目 {entry} 的这份分配{state}，不能评分。"


class SheetLocked(Refusal):
    """A submitted sheet is final until the chief judge reopens it."""

    code = "sheet_locked"
    message = "项目 {entry} 的评分已提交，不能再修改。确需更正，请联系评委组长退回重评。"


class CalibrationFirst(Refusal):
    """The round begins with entries everybody scores."""

    code = "calibration_first"
    message = "本轮先评校准项目：请先提交 {entries} 号的评分，再评其他项目。这次填写的内容没有保存。"


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


class MarksClosed(Refusal):
    """Marks are taken while the entrant is on stage and before the first reveal."""

    code = "marks_closed"
    message = "{entry} 现在不接受评分：{state}。您已填写的内容保留在本机。"
