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


class TooManyRows(Refusal):
    """More rows than a portfolio of one entry can hold."""

    code = "too_many_rows"
    message = "专利清单最多 {limit} 行，现有 {count} 行，没有保存任何改动。"


class StorageFull(Refusal):
    """The entry's files together would be too large, or there are too many."""

    code = "storage_full"
    message = "附件合计最多 {count} 个、{total}，请先删除不需要的文件再上传。"
