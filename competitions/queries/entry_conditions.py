"""The conditions of entry in sentences: the same on the set-up page, on the start page of the registration and in the
first draft of the rules page."""

from __future__ import annotations

from competitions.models import EntryRules
from competitions.pure.file_kinds import FILE_KINDS
from competitions.queries.page_text import CORE_TYPES
from core import dates
from core.figures import wan


def condition_sentences(rules: EntryRules) -> list[str]:
    """What an applicant must know before beginning, one sentence a rule, as the edition is set now."""
    year = rules.edition.year
    found = [_caps(rules), _assets(rules), _core(rules)]
    found.append(f"上一年度营业收入（联合参赛的合并计算各参赛企业）不超过 {wan(rules.startup_revenue_limit)}的归入初创组，超过的归入成长组；没有企业参加的归入初创组。")
    if rules.required_files:
        found.append(f"除项目申报书外，提交时还须上传{'、'.join(FILE_KINDS[one] for one in rules.required_files)}。")
    if rules.needs_recommendation:
        found.append("市外单位须提交项目落地所在地市场监管部门的推荐函。")
    if rules.needs_award_declaration:
        found.append("已获国家或省级专利奖的项目不能参赛，提交时须作声明。")
    rounds = rules.max_correction_rounds
    found.append(f"形式审查最多可补正 {rounds} 次，每次 {rules.correction_days} 天。" if rounds else "形式审查不接受补正，请一次提交完整材料。")
    if rules.attachments_until:
        found.append(f"通过形式审查后，附件可补充到 {dates.moment(rules.attachments_until, year)}。")
    if rules.filings_until:
        found.append(f"参赛后新申请的专利可填报到 {dates.moment(rules.filings_until, year)}。")
    return found


def _caps(rules: EntryRules) -> str:
    caps = [f"每家企业最多报 {rules.max_entries_enterprise} 个项目", f"每位个人或每个团队最多 {rules.max_entries_individual} 个"]
    if rules.max_entries_university is not None:
        caps.append(f"每所高校、科研院所最多 {rules.max_entries_university} 个")
    if rules.max_entries_other is not None:
        caps.append(f"其他单位最多 {rules.max_entries_other} 个")
    return "，".join(caps) + "；联合参赛的计入牵头单位。"


def _assets(rules: EntryRules) -> str:
    most = rules.max_companions + 1
    return f"每个项目列 {rules.min_assets}—{most} 件专利，其中指定 1 件核心专利。"


def _core(rules: EntryRules) -> str:
    types = "、".join(CORE_TYPES.get(code, code) for code in rules.core_types)
    text = f"核心专利应为{types}" if types else "核心专利不限类型"
    if rules.core_must_be_granted:
        text += "，已授权并维持有效"
    if rules.core_granted_from:
        text += f"，授权公告日不早于 {rules.core_granted_from}"
    return text + "。"
