"""What an entry still lacks before it can be submitted: all reasons at once, each with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from accounts.models import Organisation
from competitions.models import EntryRules
from competitions.pure.file_kinds import demand
from competitions.queries.exclusion import exclusions_in_force
from core import clock
from core.errors import Reason
from entries.models import Attachment, Entry, IPAsset
from entries.pure.classification import parse_ipc
from entries.queries.asset_check import RowFindings, check_rows
from entries.queries.dossier import Dossier
from entries.queries.grouping import computed_group
from entries.queries.steps import field_url, words_for

# What the proposal (a PDF that every entry must have) says at length is not asked for a second time.
REQUIRED_TEXTS = ("title", "short_name", "industry", "maturity", "pitch", "summary")
DECLARATIONS = {
    "is_truth_declared": "请勾选承诺：材料真实、权属无争议、不涉密。",
    "is_display_consented": "请勾选同意公开展示：入围网络投票和公示的项目会公开项目名称、简介和专利清单。",
}
AWARD_FREE = "请勾选声明：项目没有获得过国家或省级专利奖。"


def missing_for_submission(dossier: Dossier, at: datetime) -> list[Reason]:
    """Every reason why the entry cannot be submitted at `at`, in the order of the form; empty when it can.

    The time window is not among them: it cannot be mended by filling in (see entries.queries.editing).
    """
    return [
        *applicant_reasons(dossier),
        *project_reasons(dossier),
        *patent_reasons(dossier, clock.local_day(at)),
        *file_reasons(dossier),
        *declaration_reasons(dossier),
    ]


def applicant_reasons(dossier: Dossier) -> list[Reason]:
    found = []
    for index, applicant in enumerate(dossier.applicants, start=1):
        if applicant.organisation.kind == Organisation.Kind.ENTERPRISE and applicant.revenue is None:
            message = f"请填写{applicant.organisation.name}的上一年度营业收入（按汇算清缴数）。"
            found.append(_reason(dossier.entry, f"applicant.{index}.revenue", message))
        if applicant.organisation.kind == Organisation.Kind.OVERSEAS and not applicant.organisation.registration_number:
            message = f"{applicant.organisation.name}还没有填写登记编号，请由该单位在“单位资料”里补充。"
            found.append(_reason(dossier.entry, "applicants", message))
    for applicant in dossier.joint:
        if applicant.joined_at is None:
            message = f"{applicant.organisation.name} 还没有确认联合参赛。请对方打开邀请确认，或移除后再提交。"
            found.append(_reason(dossier.entry, "applicants", message))
    finding = computed_group(dossier)
    if not found and finding.fault:
        found.append(_reason(dossier.entry, "applicants", finding.fault))
    elif not found and dossier.entry.track_id and finding.group is None:
        message = f"“{dossier.entry.track}”没有设{finding.name}，请改选赛道或联系组委会。"
        found.append(_reason(dossier.entry, "track", message))
    return [*found, *limit_reasons(dossier)]


def limit_reasons(dossier: Dossier) -> list[Reason]:
    """What no filling in mends: the lead has as many entries as its kind may, or an organisation is excluded."""
    cap = cap_reason(dossier)
    found = [cap] if cap else []
    excluded = exclusions_in_force(dossier.entry.edition, [one.organisation for one in dossier.applicants])
    for applicant in dossier.applicants:
        record = excluded.get(applicant.organisation_id)
        if record:
            message = f"{applicant.organisation.name} 因“{record.reason}”，{record.until_year} 年及以前的各届不能参赛。如有异议，请联系组委会。"
            found.append(_reason(dossier.entry, "applicants", message))
    return found


def cap_reason(dossier: Dossier) -> Reason | None:
    """The lead organisation has submitted as many entries of this edition as its kind may; None otherwise."""
    organisation = dossier.lead.organisation
    cap = cap_for(dossier)
    if cap is None:
        return None
    count = dossier.led_elsewhere
    if count < cap:
        return None
    message = f"{organisation.name} 已提交 {count} 个项目，本届每个{organisation.get_kind_display()}最多 {cap} 个。"
    return _reason(dossier.entry, "applicants", message)


def cap_for(dossier: Dossier) -> int | None:
    """How many entries the lead organisation may submit; None when its kind has no cap."""
    kind = dossier.lead.organisation.kind
    if kind == Organisation.Kind.ENTERPRISE:
        return dossier.rules.max_entries_enterprise
    if kind in (Organisation.Kind.INDIVIDUAL, Organisation.Kind.TEAM):
        return dossier.rules.max_entries_individual
    if kind in (Organisation.Kind.UNIVERSITY, Organisation.Kind.RESEARCH_INSTITUTE):
        return dossier.rules.max_entries_university
    if kind:
        return dossier.rules.max_entries_other
    return None


def project_reasons(dossier: Dossier) -> list[Reason]:
    entry = dossier.entry
    found = []
    if entry.track_id is None:
        found.append(_reason(entry, "track", "请选择赛道。"))
    for name in REQUIRED_TEXTS:
        if not str(getattr(entry, name)).strip():
            found.append(_reason(entry, name, f"请填写“{words_for(Entry, name)}”。"))
    if entry.ipc_main and parse_ipc(entry.ipc_main).faults:
        found.append(_reason(entry, "ipc_main", parse_ipc(entry.ipc_main).faults[0].message))
    return found


def patent_reasons(dossier: Dossier, today: date) -> list[Reason]:
    """Typed faults and gaps of the rows, then what the portfolio as a whole lacks."""
    entry, rules, assets = dossier.entry, dossier.rules, dossier.assets
    found = []
    for index, (asset, findings) in enumerate(zip(assets, check_rows(assets, today), strict=True), start=1):
        found += [_reason(entry, f"asset.{index}.{column}", f"第 {index} 件：{message}") for column, message in row_gaps(asset, findings)]
    if len(assets) < rules.min_assets:
        found.append(_reason(entry, "assets", f"专利清单至少要有 {rules.min_assets} 件，现有 {len(assets)} 件。"))
    if len(assets) > rules.max_companions + 1:
        text = f"专利清单最多 {rules.max_companions + 1} 件（核心 1 件，其余 {rules.max_companions} 件），现有 {len(assets)} 件。"
        found.append(_reason(entry, "assets", text))
    cores = [(index, asset) for index, asset in enumerate(assets, start=1) if asset.is_core]
    if len(cores) != 1:
        found.append(_reason(entry, "assets", "请选定一件核心专利，评审以它为主线。"))
    for index, core in cores:
        found += [_reason(entry, f"asset.{index}.{column}", text) for column, text in core_faults(rules, core)]
    return found


def row_gaps(asset: IPAsset, findings: RowFindings) -> Iterator[tuple[str, str]]:
    """(column, sentence) for everything that blocks this row."""
    for fault in findings.faults:
        yield fault.column, fault.message
    if not asset.number_raw.strip():
        yield "number", "请填写申请号（布图设计填登记号）。"
    if not asset.title.strip():
        yield "title", "请填写专利名称。"
    if asset.filed_on is None:
        yield "filed_on", "请填写申请日。"
    if asset.status == IPAsset.Status.GRANTED and asset.granted_on is None:
        yield "granted_on", "法律状态是“授权有效”，请填写授权公告日。"
    if not asset.owners.strip():
        yield "owners", "请填写专利权人（申请人）。"


def core_conditions(rules: EntryRules) -> str:
    """What the edition asks of a core patent, in one sentence."""
    types = _core_types(rules)
    parts = [
        *([f"限{types}"] if types else []),
        "须有效且已授权" if rules.core_must_be_granted else "不能已失效",
        *([f"授权公告日不早于 {rules.core_granted_from}"] if rules.core_granted_from else []),
    ]
    return f"核心专利{'，'.join(parts)}；只能选一件，评审以它为主线。"


def _core_types(rules: EntryRules) -> str:
    names = dict(IPAsset.Kind.choices)
    return "、".join(names[kind] for kind in rules.core_types if kind in names)


def core_faults(rules: EntryRules, core: IPAsset) -> Iterator[tuple[str, str]]:
    """(column, sentence) for every rule of the edition the core patent does not meet."""
    if rules.core_types and core.asset_type not in rules.core_types:
        yield "asset_type", f"核心专利的类型应为{_core_types(rules)}，所选的是{core.get_asset_type_display()}，请另选一件作核心。"
    if core.status == IPAsset.Status.ENDED:
        yield "status", "核心专利应当有效，所选的已失效，请另选一件作核心。"
    elif rules.core_must_be_granted and core.granted_on is None:
        yield "granted_on", "核心专利须已授权，请填写授权公告日，或另选一件作核心。"
    if rules.core_granted_from and core.granted_on and core.granted_on < rules.core_granted_from:
        yield "granted_on", f"核心专利的授权公告日应不早于 {rules.core_granted_from}，所选的是 {core.granted_on}。"


def required_files(dossier: Dossier) -> dict[str, str]:
    """Kinds of files the entry must have, each with the sentence that asks for it."""
    needed = {Attachment.Kind.PROPOSAL.value: "请上传项目申报书（PDF）。"}
    if dossier.has_blind_round:
        needed[Attachment.Kind.ANONYMISED.value] = (
            "本届有隐去单位名称的评审，请上传匿名版申报书（PDF）：不出现单位、权利人、发明人和团队成员的名称。"
        )
    needed |= {kind: demand(kind) for kind in dossier.rules.required_files}
    if dossier.rules.needs_recommendation and dossier.lead.organisation.district == "outside":
        needed[Attachment.Kind.RECOMMENDATION.value] = "市外单位参赛，请上传项目落地所在地市场监管部门的推荐函。"
    return needed


def file_reasons(dossier: Dossier) -> list[Reason]:
    present = {one.kind for one in dossier.files}
    needed = required_files(dossier)
    return [_reason(dossier.entry, f"file.{kind}", text) for kind, text in needed.items() if kind not in present]


def declaration_reasons(dossier: Dossier) -> list[Reason]:
    entry = dossier.entry
    return [_reason(entry, name, text) for name, text in declarations(dossier.rules).items() if not getattr(entry, name)]


def declarations(rules: EntryRules) -> dict[str, str]:
    """The declarations the edition asks for, each with the sentence that asks for it."""
    award = {"is_award_free_declared": AWARD_FREE} if rules.needs_award_declaration else {}
    return {**DECLARATIONS, **award}


def unmended_reasons(dossier: Dossier) -> list[Reason]:
    """Comments of the examiner whose field has not been changed yet."""
    review = dossier.review
    comments = [one for one in review.comments.all() if not one.is_mended] if review else []
    return [_reason(dossier.entry, one.field, one.message) for one in comments]


def _reason(entry: Entry, field: str, message: str) -> Reason:
    return Reason(code=field.replace(".", "_"), message=message, field=field, url=field_url(entry, field))
