"""What the platform refuses about entries, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class RegistrationClosed(Refusal):
    """Registration is not open: not yet, no longer, paused, or its gate was not released."""

    code = "registration_closed"
    message = "现在不在报名时间内，没有保存任何改动。报名时间请看大赛首页的日程。"


class EntryNotEditable(Refusal):
    """The entry is with the examiners or has been decided."""

    code = "entry_not_editable"
    message = "项目当前状态是“{state}”，不能修改。提交后、审查开始前可以先撤回再改。"


class CorrectionOverdue(Refusal):
    """The time for corrections has run out."""

    code = "correction_overdue"
    message = "补正期限 {due} 已过，不能再修改或重新提交。如有特殊情况，请联系组委会。"


class FieldLocked(Refusal):
    """A returned entry opens only the fields the examiner named."""

    code = "field_locked"
    message = "“{field}”不在退回补正的范围内，已锁定，没有保存任何改动。"


class EditedElsewhere(Refusal):
    """Somebody saved the entry since this page was opened."""

    code = "edited_elsewhere"
    message = "这个项目在别处改过，您看到的不是最新内容，刚才的改动还没有保存。"


class OrganisationTaken(Refusal):
    """The organisation takes part in the entry already."""

    code = "organisation_taken"
    message = "{organisation} 已经在参赛主体中，不用重复添加。"


class NobodyToInvite(Refusal):
    """A joint organisation that nobody could answer for."""

    code = "nobody_to_invite"
    message = "{organisation} 还没有账户，请填写对方的邮箱，邀请会发到那里。"


class JointAnswered(Refusal):
    """An invitation to take part that has its answer already."""

    code = "joint_answered"
    message = "这份联合参赛邀请已有答复。如有变化，请牵头单位重新邀请。"


class JointUnanswerable(Refusal):
    """An organisation that was not the one invited."""

    code = "joint_unanswerable"
    message = "邀请的是{invited}，不能以{organisation}的名义答复，请选择同一信用代码的单位。"


class TooManyRows(Refusal):
    """More rows than a portfolio of one entry can hold."""

    code = "too_many_rows"
    message = "专利清单最多 {limit} 行，现有 {count} 行，没有保存任何改动。"


class StorageFull(Refusal):
    """The entry's files together would be too large, or there are too many."""

    code = "storage_full"
    message = "附件合计最多 {count} 个、{total}，请先删除不需要的文件再上传。"


class CoverThere(Refusal):
    """An entry has one cover."""

    code = "cover_there"
    message = "封面只能有一张。要换一张的，请在原来的封面旁选“替换”。"


class FormalityClosed(Refusal):
    """The stage of the formality examination is not open: not yet, no longer, paused, or its gate was not released."""

    code = "formality_closed"
    message = "现在不在形式审查时间内，没有记录任何结论。如需继续，请组委会在“赛程与阶段”中放行或延长。"


class AlreadyPickedUp(Refusal):
    """Somebody else examines the entry already."""

    code = "already_picked_up"
    message = "这个项目已由{examiner}开始审查。请从队列中选择下一份。"


class NotPickedUp(Refusal):
    """Nobody examines the entry, or somebody else does: only who picked it up decides."""

    code = "not_picked_up"
    message = "这个项目{state}，您不能下结论。请先开始审查，或请对方放回队列。"


class OwnEntry(Refusal):
    """The examiner acts for an organisation that takes part in the entry."""

    code = "own_entry"
    message = "您是{organisation}的成员，不能审查本单位的项目，请交给其他审查员。"


class NoGroup(Refusal):
    """The rule gives no group, or the track has none of that name."""

    code = "no_group"
    message = "还不能确定组别：{fault}"


class CommentsOutstanding(Refusal):
    """An entry with comments on its fields cannot pass."""

    code = "comments_outstanding"
    message = "还有 {count} 条字段意见，不能通过。请先删除意见，或退回补正。"


class NothingToMend(Refusal):
    """A return says what must be mended."""

    code = "nothing_to_mend"
    message = "没有填写字段意见。退回补正时，请至少对一个字段写明怎么改。"


class CommentUnusable(Refusal):
    """A comment that opens no field or says nothing."""

    code = "comment_unusable"
    message = "“{field}”的意见不能保存：{fault}"


class RoundsUsedUp(Refusal):
    """The entry was returned as often as the edition allows."""

    code = "rounds_used_up"
    message = "这个项目已退回补正 {count} 次，本届最多 {limit} 次。请作出通过或不予通过的结论。"


class DueUnusable(Refusal):
    """A term for corrections that is over before it begins, or ends after the examination."""

    code = "due_unusable"
    message = "补正期限 {due} 不能用：应晚于现在{limit}。"


class CorrectionRunning(Refusal):
    """A returned entry is given up only when its term has passed."""

    code = "correction_running"
    message = "补正期限 {due} 未到，参赛单位还可以修改，不能现在判为不予通过。"


class ReasonNeeded(Refusal):
    """A step that somebody will ask about needs its reason."""

    code = "reason_needed"
    message = "请写明{what}，它会记入操作日志并告知参赛单位。"


class GroupElsewhere(Refusal):
    """A group of another track, or the one the entry is in already."""

    code = "group_elsewhere"
    message = "不能改到“{group}”：{fault}"


class NeverSubmitted(Refusal):
    """There is nothing to examine: the entry was withdrawn as a draft."""

    code = "never_submitted"
    message = "这个项目撤回前没有提交过，不能恢复到审查。请参赛单位重新报名。"


class NoNumberColumn(Refusal):
    """A sheet without application numbers has nothing to check or to find again."""

    code = "no_number_column"
    status = 422
    message = "还没有指定哪一列是申请号，没有导入任何内容。请在“列的对应”里选出申请号所在的列。"


class SupplementClosed(Refusal):
    """An accepted entry whose term for supplements is over, or that has none."""

    code = "supplement_closed"
    message = "项目已通过形式审查，{what}现在不能再补充。补充期限见大赛规则；如有特殊情况，请联系组委会。"


class FilingUnusable(Refusal):
    """A new filing that cannot be counted as one."""

    code = "filing_unusable"
    message = "{fault}"


class ExtensionUnusable(Refusal):
    """A longer term that gives nothing, or for which there is nothing to extend."""

    code = "extension_unusable"
    message = "不能延期：{fault}"


class StepForbidden(Refusal):
    """Something that has happened since forbids the step (published results)."""

    code = "step_forbidden"
    message = "{reason}"


class ExaminerUnfit(Refusal):
    """Somebody who cannot examine an entry."""

    code = "examiner_unfit"
    message = "不能分派给{examiner}：{fault}"


class NothingChanged(Refusal):
    """A correction that leaves everything as it is."""

    code = "nothing_changed"
    message = "内容没有变化，没有生成新的版本。"
