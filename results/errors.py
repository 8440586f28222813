"""What results refuse, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class ComputationRefused(Refusal):
    """The inputs are complete but the rules cannot be applied to them; the pure layer says why."""

    code = "computation_refused"
    status = 422
    message = "{fault}"


class ReasonMissing(Refusal):
    """What corrects or decides something says why."""

    code = "reason_missing"
    status = 422
    message = "请写明{what}的原因：它会记入计算记录和操作日志，并随结果公开。"


class ResultSuperseded(Refusal):
    """Somebody computed a newer version meanwhile."""

    code = "result_superseded"
    message = "第 {version} 版结果已被新版本取代，没有保存任何改动。请刷新页面查看最新版本。"


class ApprovedAlready(Refusal):
    """One person, one approval: the second has to come from somebody else."""

    code = "approved_already"
    message = "您已核准过第 {version} 版结果。按双人核准的要求，还需另一位组委会成员核准。"


class NothingToDecide(Refusal):
    """The committee decides only what the rules leave open."""

    code = "nothing_to_decide"
    message = "“{award}”在{group}没有待决定的并列。请刷新页面查看最新结果。"


class NotPublic(Refusal):
    """An edition nobody can see publishes no result."""

    code = "edition_not_public"
    message = "本届还没有公开，不能公布结果。请先在“赛事设置”中公开本届。"


class NoticeTooShort(Refusal):
    """A public notice ends after it begins."""

    code = "notice_too_short"
    status = 422
    message = "公示截止时间须晚于现在，没有公布结果。请重新填写公示截止时间。"


class NoAwards(Refusal):
    """A result without awards has no certificates."""

    code = "no_awards"
    message = "这一轮结果没有奖项，不需要签发证书。"


class NotPublished(Refusal):
    """Certificates follow the publication."""

    code = "result_not_published"
    message = "结果还没有公布，不能签发证书。请先完成核准和公布。"


class CertificateRevoked(Refusal):
    """A certificate is revoked once."""

    code = "certificate_revoked"
    message = "证书 {number} 已于此前撤销，不能重复撤销。"


class NoSuchExport(Refusal):
    """Nothing was computed yet."""

    code = "nothing_to_export"
    message = "“{round}”还没有计算结果，没有可导出的内容。"


class ComputationRunning(Refusal):
    """One computation of a round at a time."""

    code = "computation_running"
    message = "“{round}”的结果正在计算，请稍候片刻再看。"
