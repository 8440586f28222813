"""What the accounts app refuses."""

from __future__ import annotations

from core.errors import Refusal


class IdentityRefused(Refusal):
    code = "identity_refused"
    message = "{reason}"


class IdentityTaken(Refusal):
    code = "identity_taken"
    message = "{identity} 已注册过账户，请直接登录。"


class UsccVerifiedElsewhere(Refusal):
    code = "uscc_verified_elsewhere"
    message = "代码 {uscc} 属于一个已核验的单位，不能重复登记。请联系该单位的管理员邀请您加入，或联系组委会。"


class AlreadyMember(Refusal):
    code = "already_member"
    message = "{name}已经是“{organisation}”的成员，不需要再次邀请。"


class NotMember(Refusal):
    code = "not_member"
    message = "这位成员已不在“{organisation}”中，请刷新页面查看最新名单。"


class LastOwner(Refusal):
    code = "last_owner"
    message = "“{organisation}”只有一位管理员。请先把另一位成员设为管理员，再继续。"


class InvitationGone(Refusal):
    code = "invitation_gone"
    status = 410
    message = "这份邀请已使用、已撤回或已过期。请联系邀请您的单位重新发送。"


class AskedAlready(Refusal):
    code = "asked_already"
    message = "您已申请加入“{organisation}”，请等待管理员答复。"


class AlreadyAnswered(Refusal):
    code = "already_answered"
    message = "这份申请已有结论或已撤回，请刷新页面查看。"


class ClaimWaits(Refusal):
    code = "claim_waits"
    message = "已有一份核验申请在等待组委会处理，不需要重复提交。"


class ClaimNeedsCode(Refusal):
    code = "claim_needs_code"
    message = "这类主体没有统一社会信用代码，不需要核验。"


class ClaimReasonNeeded(Refusal):
    code = "claim_reason_needed"
    message = "请写明理由，它会告知双方并记入操作日志。"


class TooManyTokens(Refusal):
    """A person has as many tokens as they may have."""

    code = "too_many_tokens"
    message = "最多同时有 {most} 个有效令牌，请先撤销不用的。"


class ReasonTooShort(Refusal):
    code = "reason_too_short"
    message = "请把理由写清楚，至少 {least} 个字；它会记入操作日志。"


class PowerOver(Refusal):
    code = "power_over"
    message = "这次系统管理已经结束。"


class OwnSecondFactor(Refusal):
    code = "own_second_factor"
    message = "不能重置自己的两步验证。请在“我的账户”中管理，或由另一位组委会成员重置。"


class NoSecondFactor(Refusal):
    code = "no_second_factor"
    message = "{name}没有设置两步验证，不需要重置。"
