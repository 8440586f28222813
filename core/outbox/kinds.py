"""Every kind of message the platform sends, with its name for people. Its words lie in templates/messages/fields/<code>.txt, where
an edition may have its own (core/outbox/own_wording.py), else in templates/messages/<code>.txt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageKind:
    """`code` is the template's name, `name` and `reader` what the organiser reads.

    `is_optional`: an edition may switch it off. `has_note`: an edition may add a paragraph. `is_secret`: it carries a code
    or a link that signs in; its text is shown to nobody, not kept once it is out, and no throttle holds it up.
    """

    code: str
    name: str
    reader: str
    is_optional: bool = False
    has_note: bool = False
    is_secret: bool = False


BROADCAST = MessageKind("broadcast", "组委会群发", "组委会选定的人")
BROADCAST_SMS = MessageKind("sms_broadcast", "组委会群发（短信）", "组委会选定的人")
ENTRANT, JUDGE, STAFF, MEMBER, VOTER, OBJECTOR = "参赛单位", "评委", "工作人员", "单位成员", "投票人", "提出异议的人"
KINDS: dict[str, MessageKind] = {
    kind.code: kind
    for kind in (
        BROADCAST,
        BROADCAST_SMS,
        MessageKind("entry_submitted", "报名受理回执", ENTRANT, has_note=True),
        MessageKind("entry_returned", "退回补正通知", ENTRANT, has_note=True),
        MessageKind("entry_accepted", "形式审查通过通知", ENTRANT, has_note=True),
        MessageKind("entry_rejected", "形式审查不予通过通知", ENTRANT, has_note=True),
        MessageKind("entry_disqualified", "取消参赛资格通知", ENTRANT, has_note=True),
        MessageKind("entry_reinstated", "恢复参赛通知", ENTRANT, has_note=True),
        MessageKind("entry_amended", "组委会更正资料通知", ENTRANT, has_note=True),
        MessageKind("deadline_extended", "期限顺延通知", ENTRANT, has_note=True),
        MessageKind("reminder_draft", "报名截止提醒", ENTRANT, has_note=True),
        MessageKind("reminder_return", "补正期限提醒", ENTRANT, has_note=True),
        MessageKind("joint_invited", "联合申报邀请", ENTRANT),
        MessageKind("joint_accepted", "联合申报已确认", ENTRANT),
        MessageKind("joint_declined", "联合申报被谢绝", ENTRANT),
        MessageKind("result-published", "评审结果通知", ENTRANT, has_note=True),
        MessageKind("certificate_issued", "证书签发通知", ENTRANT, has_note=True),
        MessageKind("certificate_revoked", "证书撤销通知", ENTRANT, has_note=True),
        MessageKind("finalist-backfilled", "递补进入决赛通知", ENTRANT, has_note=True),
        MessageKind("finalist-reminder", "决赛事项提醒", ENTRANT, has_note=True),
        MessageKind("judge_invited", "评委邀请", JUDGE, has_note=True, is_secret=True),
        MessageKind("judge-reminder", "评分提醒", JUDGE, is_optional=True, has_note=True),
        MessageKind("power_opened", "系统管理权限已开启", MEMBER),
        MessageKind("second_factor_reset", "两步验证已重置", MEMBER),
        MessageKind("role-granted", "担任角色通知", STAFF, is_optional=True, has_note=True),
        MessageKind("reminder_examiner", "待审项目提醒", STAFF, has_note=True),
        MessageKind("ledger-anchor", "投票账本每日检查点", "参赛单位和评委", is_optional=True),
        MessageKind("vote_appeal_answered", "投票异议答复", ENTRANT, has_note=True),
        MessageKind("objection_filed", "异议受理回执", OBJECTOR, has_note=True),
        MessageKind("objection_admitted", "异议受理审查通过通知", OBJECTOR, has_note=True),
        MessageKind("objection_declined", "异议不予受理通知", OBJECTOR, has_note=True),
        MessageKind("objection_answered", "异议答复", OBJECTOR, has_note=True),
        MessageKind("objection_withdrawn", "异议撤回通知", OBJECTOR, has_note=True),
        MessageKind("objection_assigned", "异议复核通知", STAFF, has_note=True),
        MessageKind("objection_received", "收到异议提醒", STAFF, is_optional=True, has_note=True),
        MessageKind("objection_ruled", "异议裁定提醒", STAFF, is_optional=True, has_note=True),
        MessageKind("result_approved", "结果核准提醒", STAFF, is_optional=True, has_note=True),
        MessageKind("member_added", "加入单位通知", MEMBER),
        MessageKind("sms_member_added", "加入单位通知（短信）", MEMBER),
        MessageKind("join_requested", "申请加入单位", MEMBER),
        MessageKind("join_answered", "加入申请的答复", MEMBER),
        MessageKind("claim_made_against", "信用代码归属异议", MEMBER),
        MessageKind("claim_decided", "单位核验结果", MEMBER),
        MessageKind("claim_decided_against", "信用代码归属核验结果", MEMBER),
        MessageKind("sms_judge_invited", "评委邀请（短信）", JUDGE, is_secret=True),
        MessageKind("member_invited", "加入单位邀请", MEMBER, is_secret=True),
        MessageKind("sms_member_invited", "加入单位邀请（短信）", MEMBER, is_secret=True),
        MessageKind("vote_code", "投票验证码（短信）", VOTER, is_secret=True),
        MessageKind("sign_in_code", "登录验证码（短信）", MEMBER, is_secret=True),
        MessageKind("sms_account_exists", "手机号已注册提示", MEMBER, is_secret=True),
        MessageKind("sms_unknown_account", "手机号未注册提示", MEMBER, is_secret=True),
        MessageKind("account_account_already_exists", "邮箱已注册提示", MEMBER, is_secret=True),
        MessageKind("account_unknown_account", "邮箱未注册提示", MEMBER, is_secret=True),
        MessageKind("account_login_code", "登录验证码", MEMBER, is_secret=True),
        MessageKind("account_email_confirmation", "邮箱验证码", MEMBER, is_secret=True),
        MessageKind("account_email_confirmation_signup", "注册验证码", MEMBER, is_secret=True),
        MessageKind("account_password_reset_code", "重设密码验证码", MEMBER, is_secret=True),
    )
}
SECRET = frozenset(kind.code for kind in KINDS.values() if kind.is_secret)
EDITION_READERS = (ENTRANT, JUDGE, STAFF, OBJECTOR, "参赛单位和评委")


def kind_of(code: str) -> MessageKind:
    """The kind under a code; a template that stands in no table yet is sent as it is, and can be neither changed nor
    switched off."""
    return KINDS.get(code) or MessageKind(code, code, MEMBER)


def edition_kinds() -> list[MessageKind]:
    """The letters an edition sends by itself: those its organiser may want to know and to adjust. Short messages are not
    among them: their words are the template the provider has approved."""
    return [kind for kind in KINDS.values() if kind.reader in EDITION_READERS and not kind.code.startswith("sms_")]
