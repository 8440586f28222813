"""What results refuse, and how to mend it."""

from __future__ import annotations

from core.errors import Blocked, Reason, Refusal


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


class ResultStale(Blocked):
    """What a version was computed from is different now: it is neither approved nor published. `reasons`: what changed, and
    the page where it is computed anew."""

    code = "result_stale"
    message = "第 {version} 版结果计算之后有变化，这一版没有反映，不能{doing}。请重新计算，再核准新的一版。"

    def __init__(self, changes: list[Reason], *, version: int, doing: str) -> None:
        self.reasons = changes
        Refusal.__init__(self, version=version, doing=doing)


class ApprovedAlready(Refusal):
    """One person, one approval: the second has to come from somebody else."""

    code = "approved_already"
    message = "您已核准过第 {version} 版结果。按双人核准的要求，还需另一位组委会成员核准。"


class NothingToDecide(Refusal):
    """The committee decides only what the rules leave open."""

    code = "nothing_to_decide"
    message = "“{award}”在{group}没有待决定的并列。请刷新页面查看最新结果。"


class ByeNotAllowed(Refusal):
    """An entry cannot go on unranked."""

    code = "bye_not_allowed"
    status = 422
    message = "不能登记直接晋级：{why}"


class ByeGiven(Refusal):
    """One bye an entry and round."""

    code = "bye_given"
    message = "{code} 号项目已登记直接晋级，没有重复登记。"


class ByeTooLate(Refusal):
    """Byes are part of what was published."""

    code = "bye_too_late"
    message = "“{round}”结果已经公布，直接晋级名单不能再改。确需更正的，请先受理异议并说明原因。"


class NotPublic(Refusal):
    """An edition nobody can see publishes no result."""

    code = "edition_not_public"
    message = "本届还没有公开，不能公布结果。请先在“赛事设置”中公开本届。"


class NoticeTooShort(Refusal):
    """A public notice ends after it begins."""

    code = "notice_too_short"
    status = 422
    message = "公示截止时间须晚于现在，没有公布结果。请重新填写公示截止时间。"


class ObjectionNotYet(Refusal):
    """A notice takes objections from its publication on."""

    code = "objection_not_yet"
    message = "公示从 {opens} 开始，提出或收到的时间不能早于公示开始，也不能晚于现在。"


class ObjectionTooLate(Refusal):
    """In time or not at all."""

    code = "objection_too_late"
    message = "“{title}”的异议受理已于 {closes} 截止，您在 {came} 提出，不能受理。如有新的违规线索，请直接联系组委会。"


class ObjectionUnsigned(Refusal):
    """A unit stamps what it says."""

    code = "objection_unsigned"
    status = 422
    message = "以单位名义提出异议，须上传加盖公章的异议书扫描件，没有提交。请补充后再提交。"


class ObjectionNotFound(Refusal):
    """No objection with this number was filed with this contact; which of the two is wrong is not told."""

    code = "objection_not_found"
    status = 404
    message = "没有查到。请核对受理号，以及提出异议时填写的手机号或邮箱；两项须同时相符。"


class EntryUnnamed(Refusal):
    """Only an entry can be disqualified."""

    code = "entry_unnamed"
    status = 422
    message = "这件异议没有指明涉及的项目，不能裁定取消资格。请改选“更正后重新计算”，或在理由中说明。"


class NothingToCarryOut(Refusal):
    """A ruling is carried out once."""

    code = "nothing_to_carry_out"
    message = "异议 {number} 没有需要执行的裁定，或已经执行。请刷新页面查看最新状态。"


class EffectOpen(Refusal):
    """First the correction, then the answer."""

    code = "effect_open"
    message = "异议 {number} 已裁定成立并影响结果，请先执行裁定、核准并公布更正版结果，再答复。"


class NoticeOpen(Refusal):
    """Awards wait until their notice is over."""

    code = "notice_open"
    message = "获奖名单的公示还没有结束，不能签发证书。请在公示期满、异议全部答复后，到“公示与异议”中结束公示。"


class ObjectionsOpen(Refusal):
    """Awards wait for every objection."""

    code = "objections_open"
    message = "还有 {count} 件异议没有答复，不能签发证书。请先在“公示与异议”中处理完毕。"


class SimulatorClosed(Refusal):
    """Rules are tried before anybody enters under them."""

    code = "simulator_closed"
    message = "报名已经开始，规则已经公布，不能再试改。结果计算之后，可以在“结果稳健性”中看规则变化的影响。"


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


class PackageRunning(Refusal):
    """A package of the edition is being built already."""

    code = "package_running"
    message = "{name}正在准备中，请等它完成后再下载。"


class PackageEmpty(Refusal):
    """There is nothing a package of this kind would hold."""

    code = "package_empty"
    message = "还没有可以打包的{name}。"
