"""Scoring tables an edition starts from (domain.md §3.2): invention track, preliminary on paper and final on stage.

The weights are proposals, not published figures; the organiser confirms or changes them. Each sums to 100.
"""

from decimal import Decimal

from competitions.pure.rubric import CriterionRow


def _first(code: str, name: str, points: int, guidance: str = "") -> CriterionRow:
    return CriterionRow(code, name, Decimal(points), guidance=guidance)


def _second(code: str, name: str, points: int, guidance: str) -> CriterionRow:
    return CriterionRow(code, name, Decimal(points), parent=code[0], guidance=guidance)


PRELIMINARY_RUBRIC = (
    _first("A", "专利质量与布局", 40),
    _second("A1", "核心专利质量", 15, "创造性高度、权利要求的保护范围和稳定性；看授权文本，不看宣传材料。"),
    _second("A2", "专利组合", 15, "件数和类型是否与项目相称，是否覆盖产品和技术链的关键环节。"),
    _second("A3", "海外布局", 5, "PCT 申请和在目标市场的申请、授权情况；没有海外业务的看是否有合理安排。"),
    _second("A4", "侵权可判定性", 5, "侵权是否容易发现和举证，竞争对手绕开保护的难度。"),
    _first("B", "技术先进性", 20),
    _second("B1", "新颖程度与领先程度", 10, "与现有同类技术和主要竞争对手相比的差距，有无第三方数据支持。"),
    _second("B2", "成熟度与可替代性", 10, "处于研发、中试还是量产，近期有无被其他路线取代的可能。"),
    _first("C", "市场与转化", 25),
    _second("C1", "市场前景", 10, "目标市场的规模、增长和竞争情况，项目在其中的位置。"),
    _second("C2", "已取得的经济效益", 10, "近年销售、利润、出口等，以材料中的凭证为准；成长阶段不同的项目看趋势。"),
    _second("C3", "运用情况", 5, "许可、转让、质押融资、作价入股和参与标准制定的情况。"),
    _first("D", "团队与知识产权管理", 10),
    _second("D1", "团队", 5, "带头人和成员的专业背景、分工和稳定性。"),
    _second("D2", "知识产权管理", 5, "专利导航、挖掘和风险分析的开展情况，专职人员与制度。"),
    _first("E", "材料质量", 5, "内容完整、前后一致、表述清楚，数据注明来源。"),
)

FINAL_RUBRIC = (
    _first("A", "专利价值与布局", 30),
    _second("A1", "核心专利价值", 10, "核心专利对产品的支撑作用，保护范围能否真正用于维权。"),
    _second("A2", "组合壁垒与海外布局", 15, "专利组合能否挡住模仿者，海外布局与市场计划是否一致。"),
    _second("A3", "参赛期间新增申请", 5, "报名之后新提交的申请是否补上了布局的空白；数量多不等于得分高。"),
    _first("B", "技术先进性", 20, "技术水平、成熟度，以及出现替代技术的可能。"),
    _first("C", "市场与商业模式", 25),
    _second("C1", "市场", 10, "市场规模、增长和竞争格局的判断是否有依据。"),
    _second("C2", "模式与资金计划", 15, "收入来源是否清楚，经营数据是否可信，融资用途是否合理。"),
    _first("D", "转化与社会效益", 10, "在本市落地、许可转让、带动产业链和参与标准的情况。"),
    _first("E", "团队", 5, "核心成员是否齐备，路演人是否了解项目全貌。"),
    _first("F", "现场表现", 10),
    _second("F1", "路演表达", 5, "在规定时间内讲清项目，重点突出，演示材料简明。"),
    _second("F2", "答辩", 5, "听懂问题，正面回答，数据与申报材料一致。"),
)
