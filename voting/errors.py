"""What the public vote refuses as a whole. What becomes of a single entry on a ballot is data (`voting.actions.cast.Outcome`)."""

from __future__ import annotations

from core.errors import Refusal


class NotOpenYet(Refusal):
    code = "vote_not_open_yet"
    message = "网络投票将于 {opens} 开始，现在还不能投票。您可以先看参赛项目。"


class Delayed(Refusal):
    code = "vote_delayed"
    message = "网络投票推迟开始，尚未开放。开放时间请看通知公告。"


class Paused(Refusal):
    code = "vote_paused"
    message = "网络投票已暂停：{reason}。恢复后可继续投票，暂停的时间会补足。"


class VotingClosed(Refusal):
    code = "vote_closed"
    message = "网络投票已于 {ended} 截止，本次未计票。截止前投出的票仍然有效。"


class NoVote(Refusal):
    code = "no_vote"
    status = 404
    message = "本届没有设置网络投票。"


class NothingPicked(Refusal):
    code = "nothing_picked"
    status = 422
    message = "您还没有选择项目。请至少选择 1 个项目后再提交。"


class TooManyPicks(Refusal):
    code = "too_many_picks"
    status = 422
    message = "一次最多提交 {most} 个项目，您选了 {count} 个。请去掉一些后再提交。"


class ChoiceRefused(Refusal):
    code = "choice_refused"
    status = 422
    message = "{fault}"


class NotAVoter(Refusal):
    code = "not_a_voter"
    status = 403
    message = "还没有完成人机验证，本次未计票。您的选择已保留，请完成验证后再提交。"


class ProofRefused(Refusal):
    code = "proof_refused"
    status = 422
    message = "人机验证没有通过：{reason}。您的选择已保留，请重新验证后再提交。"


class WeChatNeeded(Refusal):
    code = "wechat_needed"
    status = 403
    message = "本届投票按微信识别，请在微信中打开后投票，本次未计票。您的选择已保留。"


class WeChatRefused(Refusal):
    code = "wechat_refused"
    status = 403
    message = "微信授权没有完成：{reason}。您的选择已保留，请重试。"


class MobileRefused(Refusal):
    code = "mobile_refused"
    status = 422
    message = "{fault}"


class CodeRefused(Refusal):
    code = "code_refused"
    status = 422
    message = "{reason}。您的选择已保留，本次未计票。"


class ForeignRequest(Refusal):
    code = "foreign_request"
    status = 403
    message = "这次提交不是从投票页面发出的，未计票。请打开投票页面再提交。"


class NothingToVoteOn(Refusal):
    code = "nothing_to_vote_on"
    message = "还没有通过形式审查并同意公开展示的项目，不能开放投票。"


class RulesTooLong(Refusal):
    code = "rules_too_long"
    message = "规则全文太长，写不进投票账本：{fault}"


class VoteStillOpen(Refusal):
    code = "vote_still_open"
    message = "网络投票尚未截止（{ends}），截止并等待 {seconds} 秒后才能封账。"


class VoteNotClosed(Refusal):
    code = "vote_not_closed"
    message = "投票账本尚未封账，不能批准终计。请先封账。"


class AlreadyFinal(Refusal):
    code = "already_final"
    message = "票数已经终计，不能再改动。如有异议，请走异议程序。"


class AlreadyApproved(Refusal):
    code = "already_approved"
    message = "您已批准过这份票数，还需另一位组委会成员批准。"


class CaseIsEmpty(Refusal):
    code = "case_is_empty"
    status = 422
    message = "没有找到可以处理的选票。请填写本届已入账的回执码或账本序号。"


class CaseCannotApply(Refusal):
    code = "case_cannot_apply"
    message = "不能{verb}：{fault}"


class SamePerson(Refusal):
    code = "same_person"
    message = "处理须由另一位组委会成员复核，提出人不能复核自己提出的处理。"


class CaseIsDecided(Refusal):
    code = "case_is_decided"
    message = "这项处理已经复核过，不能再次复核。"


class LedgerContradicts(Refusal):
    code = "ledger_contradicts"
    message = (
        "已公布的账本有 {size} 条，与数据库中的账本不一致，已停止公布。可能恢复了较旧的备份，也可能账本被改写："
        "请先查明原因，不要删除已公布的文件。"
    )


class TooEarlyToForget(Refusal):
    code = "too_early_to_forget"
    message = "还不能销毁投票人信息：{reasons}"


class LedgerBusy(Refusal):
    code = "ledger_busy"
    message = "还有选票正在写入，请 1 分钟后再试。"


class NotFinalYet(Refusal):
    code = "not_final_yet"
    message = "票数还没有终计，终计公布后才能申诉。"


class NothingToAppeal(Refusal):
    code = "nothing_to_appeal"
    message = "该项目没有被剔除或暂缓的票，无需申诉。"


class AppealIsOpen(Refusal):
    code = "appeal_is_open"
    message = "已有一份申诉等待组委会答复，答复后如仍有异议可以再次申诉。"


class AppealIsAnswered(Refusal):
    code = "appeal_is_answered"
    message = "这份申诉已经答复，不能再次答复。"
