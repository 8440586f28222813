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
