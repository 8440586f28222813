"""What the competition's set-up refuses, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class UnknownPreset(Refusal):
    code = "unknown_preset"
    status = 422
    message = "没有名为“{preset}”的预设。请从列表中选择一个预设。"


class SlugTaken(Refusal):
    code = "slug_taken"
    message = "网址代号“{slug}”已被另一届使用。请换一个，例如在后面加上年份。"


class SlugReserved(Refusal):
    code = "slug_reserved"
    status = 422
    message = "网址代号“{slug}”不能使用：它是系统地址的一部分，或不是 2 至 32 位小写字母、数字和连字符。请换一个。"


class OrdinalTaken(Refusal):
    code = "ordinal_taken"
    message = "{year} 年已有第 {ordinal} 届。请核对届次和年份。"


class ClonePartsMissing(Refusal):
    code = "clone_parts_missing"
    message = "{missing}"


class AlreadyPublished(Refusal):
    code = "already_published"
    message = "这一届已于此前公开，不能重复公开。"


class NotPublished(Refusal):
    code = "not_published"
    message = "这一届还没有公开。请先在“赛事设置”中公开本届。"


class NothingToPublish(Refusal):
    code = "nothing_to_publish"
    message = "“{page}”没有待发布的草稿。请先编写并保存草稿。"


class EmptyText(Refusal):
    code = "empty_text"
    status = 422
    message = "“{what}”不能为空。请填写内容后再保存。"


class StageOpened(Refusal):
    """A setting is frozen once the stage it governs has opened."""

    code = "stage_opened"
    message = "“{stage}”已经开始，{what}不能再修改。规则对已参加的人保持不变；如有差错，请发布公告说明并联系技术支持。"


class ScheduleWrong(Refusal):
    code = "schedule_wrong"
    status = 422
    message = "赛程时间有误：{faults}请调整后再保存。"


class StageNotReady(Refusal):
    code = "stage_not_ready"
    message = "“{stage}”现在是“{phase}”，不能{verb}。"


class GateReleased(Refusal):
    code = "gate_released"
    message = "“{stage}”已经放行，到时间会自动开始，不需要再次放行。"


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    message = "请写明原因：它会记入操作日志，暂停和延长的原因还会公开显示。"


class ExtensionTooShort(Refusal):
    code = "extension_too_short"
    status = 422
    message = "“{stage}”现在的截止时间是 {ends_at}，延长后的时间须晚于它。截止时间不能提前。"


class RuleInvalid(Refusal):
    code = "rule_invalid"
    status = 422
    message = "规则不能使用：{faults}"


class RubricInvalid(Refusal):
    code = "rubric_invalid"
    status = 422
    message = "评分标准不能使用：{faults}"


class RoleHeld(Refusal):
    code = "role_held"
    message = "{name}已是本届的{role}，不需要重复授予。"


class RoleEnded(Refusal):
    code = "role_ended"
    message = "这个角色已经结束，不能再次结束。"


class LastOrganiser(Refusal):
    code = "last_organiser"
    message = "{name}是本届唯一的组委会成员。请先授予另一人组委会角色，再结束这一个。"


class NoSuchAccount(Refusal):
    code = "no_such_account"
    status = 422
    message = "没有使用邮箱 {email} 的账户。请核对邮箱；要为对方新建账户，请填写姓名。"


class PresetUnknown(Refusal):
    code = "preset_value_unknown"
    status = 422
    message = "没有需要确认的设置“{key}”。请刷新页面查看最新状态。"


class CodeTaken(Refusal):
    code = "code_taken"
    message = "代号“{value}”在本届已经使用。请换一个代号。"


class NoAwardRound(Refusal):
    code = "no_award_round"
    message = "本届没有评委评分的轮次，无法评定奖项。请先设置轮次。"


class StillInUse(Refusal):
    code = "still_in_use"
    message = "“{name}”下已有项目或成绩，不能删除。"


class AnnouncementPublished(Refusal):
    code = "announcement_published"
    message = "公告《{title}》已经发布，不能修改或删除。如有差错，请发布一则更正公告。"


class NotArchivable(Refusal):
    code = "not_archivable"
    message = "公示阶段还没有结束，不能归档本届。"


class ExclusionInvalid(Refusal):
    """A line of the exclusion list that cannot stand as it was typed."""

    code = "exclusion_invalid"
    message = "{fault}"


class WebhookThere(Refusal):
    """The address is told already."""

    code = "webhook_there"
    message = "这个地址已经在接收本届的事件。要更换事件，请先停用再添加。"
