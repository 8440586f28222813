"""What inviting judges refuses, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class InvitationUsed(Refusal):
    """A link works once."""

    code = "judge_invitation_used"
    status = 410
    message = "这份评委邀请已经接受过，链接只能使用一次。请直接登录；忘记密码可以在登录页重设。"


class InvitationExpired(Refusal):
    """The term of the link is over."""

    code = "judge_invitation_expired"
    status = 410
    message = "这份评委邀请已过期。请联系大赛组委会重新发送，之后使用新链接。"


class InvitationWithdrawn(Refusal):
    """The organiser took the invitation back."""

    code = "judge_invitation_withdrawn"
    status = 410
    message = "这份评委邀请已由组委会撤回，链接不再有效。如有疑问请联系组委会。"


class InvitationReplaced(Refusal):
    """A newer link was sent, or there never was one."""

    code = "judge_invitation_replaced"
    status = 410
    message = "这个链接无效：可能已重新发送过邀请（请使用最新一条消息中的链接），或者地址没有复制完整。"


class InvitationOpen(Refusal):
    """One open invitation an address."""

    code = "judge_invitation_open"
    status = 422
    message = "{identity} 已有一份待接受的邀请，没有重复发送。需要的话请在名单中“再次发送”。"


class JudgeAlready(Refusal):
    """Whoever has the role needs no invitation."""

    code = "judge_already"
    status = 422
    message = "{name}（{identity}）已经是本届的“{role}”，不需要邀请。"


class InvitationSettled(Refusal):
    """Accepted or withdrawn: nothing to send or to take back."""

    code = "judge_invitation_settled"
    message = "{name}的邀请已{state}，没有执行操作。请刷新页面查看最新名单。"


class AccountStands(Refusal):
    """The address has an account: its owner signs in."""

    code = "judge_invitation_account"
    message = "{identity} 已有账户，请先登录再接受邀请。"
