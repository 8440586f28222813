"""What the platform finds by itself when an entry is examined, in the order of the examiner's questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from accounts.pure.uscc import parse_uscc
from core import clock
from entries.models import Attachment
from entries.queries.asset_check import check_rows
from entries.queries.completeness import (
    cap_for,
    core_faults,
    file_reasons,
    row_gaps,
)
from entries.queries.dossier import Dossier
from entries.queries.duplicates import Likeness, Repeat, likenesses
from entries.queries.grouping import computed_group

OK, DOUBT, HAND = "ok", "no", "hand"
NAMES_SHOWN = 200  # characters


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence: `tone` ok (checked and right), no (doubtful), hand (only a person can tell)."""

    tone: str
    message: str


@dataclass(slots=True)
class Question:
    """One question of the examiner with what was found about it."""

    heading: str
    hint: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def tone(self) -> str:
        tones = [one.tone for one in self.findings]
        return DOUBT if DOUBT in tones else HAND if HAND in tones else OK

    @property
    def doubts(self) -> int:
        return sum(one.tone == DOUBT for one in self.findings)


def questions(dossier: Dossier, at: datetime, likeness: Likeness | None = None) -> list[Question]:
    """The check list of an entry at `at`. Nothing here decides: the examiner does. `likeness` where it has been asked for
    several entries together."""
    likeness = likeness or likenesses([dossier])[dossier.entry.pk]
    return [
        Question("主体资格符合组别要求", "按上一年度营业收入确定组别", [*_group(dossier), *_caps(dossier), *_codes(dossier)]),
        Question("核心专利符合条件", "类型、授权情况和件数按本届要求", _core(dossier)),
        Question("专利号与日期", "按编码规则校验，并与其他项目比对", [*_numbers(dossier, at), *_repeated(likeness)]),
        Question("专利权属清晰", "申请人与申报主体一致，或有授权书", _owners(dossier)),
        Question("附件齐全、清晰、已盖章", "必交材料", _files(dossier)),
        Question("无保密与敏感内容", "简介、图片可公开展示", _declarations(dossier)),
    ]


def _group(dossier: Dossier) -> list[Finding]:
    finding = computed_group(dossier)
    if finding.fault:
        return [Finding(DOUBT, finding.fault)]
    if finding.group is None:
        return [Finding(DOUBT, f"赛道没有设{finding.name}。")]
    return [Finding(OK, f"{finding.name}：{finding.reason}")]


def _caps(dossier: Dossier) -> list[Finding]:
    cap = cap_for(dossier)
    if cap is None:
        return []
    organisation = dossier.lead.organisation
    count = dossier.led_elsewhere + 1
    words = f"{organisation.name} 本届已报 {count} 个项目，最多 {cap} 个"
    return [Finding(OK if count <= cap else DOUBT, words)]


def _codes(dossier: Dossier) -> list[Finding]:
    wrong = []
    for applicant in dossier.applicants:
        organisation = applicant.organisation
        if organisation.uscc and parse_uscc(organisation.uscc).faults:
            wrong.append(Finding(DOUBT, f"{organisation.name}：{parse_uscc(organisation.uscc).faults[0].message}"))
    return wrong or [Finding(HAND, "统一社会信用代码格式正确；是否有效请在公示系统查询")]


def _core(dossier: Dossier) -> list[Finding]:
    rules, count = dossier.rules, len(dossier.assets)
    cores = [one for one in dossier.assets if one.is_core]
    if len(cores) != 1:
        return [Finding(DOUBT, f"核心专利应为 1 件，现有 {len(cores)} 件")]
    found = [Finding(DOUBT, message) for _, message in core_faults(rules, cores[0])]
    if not found:
        granted = f"，授权公告日 {cores[0].granted_on}" if cores[0].granted_on else ""
        found = [Finding(OK, f"{cores[0].get_asset_type_display()} {cores[0]}{granted}")]
    fits = rules.min_assets <= count <= rules.max_companions + 1
    found.append(Finding(OK if fits else DOUBT, f"共 {count} 件，要求 {rules.min_assets}—{rules.max_companions + 1} 件"))
    return found


def _numbers(dossier: Dossier, at: datetime) -> list[Finding]:
    found = []
    checked = check_rows(dossier.assets, clock.local_day(at))
    for index, (asset, row) in enumerate(zip(dossier.assets, checked, strict=True), start=1):
        found += [Finding(DOUBT, f"第 {index} 件：{message}") for _, message in row_gaps(asset, row)]
        found += [Finding(HAND, f"第 {index} 件：{one.message}") for one in row.warnings]
    return found or [Finding(OK, f"{len(checked)} 件号码和日期全部通过校验")]


def _repeated(likeness: Likeness) -> list[Finding]:
    """Patents that stand in other entries: of the same applicant to be looked at, of another one a case to be decided.
    Titles that are much alike are named as a hint."""
    found = [_repeat(one) for one in likeness.repeats]
    for percent, other in likeness.similar:
        found.append(Finding(HAND, f"项目名称与“{f'{other.code} {other.title}'.strip()}”相近（{percent}%），请核对是否同一项目"))
    return found or [Finding(OK, "与本届和往届其他项目无重复专利，项目名称无相近")]


def _repeat(one: Repeat) -> Finding:
    if one.is_own:
        return Finding(HAND, f"第 {one.place} 件 {one.number} 同一单位在{one.where}中也报过，请核对是否重复申报")
    return Finding(DOUBT, f"第 {one.place} 件 {one.number} 也在{one.where}中，申报主体不同，请核对权属后作出结论")


def _owners(dossier: Dossier) -> list[Finding]:
    names = [one.organisation.name for one in dossier.applicants]
    strange = [
        Finding(HAND, f"第 {index} 件的专利权人“{asset.owners}”不是申报主体，请核对授权书")
        for index, asset in enumerate(dossier.assets, start=1)
        if asset.owners and not any(name in asset.owners for name in names)
    ]
    return strange or [Finding(OK, "专利权人都包含申报主体"), Finding(HAND, "共有人是否同意请核对材料")]


def _files(dossier: Dossier) -> list[Finding]:
    missing = [Finding(DOUBT, reason.message) for reason in file_reasons(dossier)]
    return [*missing, Finding(HAND, f"共 {len(dossier.files)} 个文件；是否清晰、盖章请打开核对"), *_anonymised(dossier)]


def _anonymised(dossier: Dossier) -> list[Finding]:
    """What judges of a blind round are shown instead of the proposal: only a person sees whether a picture names somebody."""
    if not any(one.kind == Attachment.Kind.ANONYMISED for one in dossier.files):
        return []
    people = [name for asset in dossier.assets for name in (asset.owners, asset.inventors) if name]
    names = "、".join(dict.fromkeys([one.organisation.name for one in dossier.applicants] + people))
    return [Finding(HAND, f"匿名版申报书请逐页核对（含页眉页脚、图片和盖章）：不应出现 {names[:NAMES_SHOWN]}，也不应出现团队成员姓名")]


def _declarations(dossier: Dossier) -> list[Finding]:
    declared = dossier.entry.is_truth_declared and dossier.entry.is_display_consented
    words = "已承诺真实、不涉密，并同意公开展示" if declared else "没有承诺真实、不涉密，或没有同意公开展示"
    return [Finding(OK if declared else DOUBT, words), Finding(HAND, "简介、图片内容请通读")]
