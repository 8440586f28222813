"""What an applicant promises and agrees to, word for word, each text with its version (standard library only).

A version rises with every change of its text, so that a consent can be shown in the words that were agreed to.
"""

from __future__ import annotations

TRUTH, DISPLAY, SHARING, AWARD = "is_truth_declared", "is_display_consented", "is_sharing_consented", "is_award_free_declared"
PROMISES = [
    "提交的申报材料真实、完整、有效，对材料的真实性负责。",
    "参赛专利权属清楚、无争议，共有权利人同意参赛，不侵犯他人知识产权。",
    "申报内容不涉及国家秘密，可以按大赛规则评审。",
    "已阅读并同意大赛规则，接受形式审查、评审和公示的结果，配合核查。",
]
AWARD_PROMISE = "参赛项目没有获得过国家级、省级专利奖。"
# field → (version, text)
DECLARATIONS: dict[str, tuple[int, str]] = {
    TRUTH: (2, "承诺提交的材料真实，专利权属清楚、无争议、不侵权，内容不涉及国家秘密，并同意大赛规则。"),
    AWARD: (1, "声明项目没有获得过国家级、省级专利奖。"),
    DISPLAY: (1, "同意在大赛网站公开展示项目名称、单位、公开简介和专利清单，用于网络投票和公示。"),
    SHARING: (1, "同意组委会把项目简介、需求和联系方式提供给参加对接的投融资机构。可以不同意，不影响参赛；以后也可以撤回。"),
}


def asked_for(*, excludes_awarded: bool) -> dict[str, tuple[int, str]]:
    """The declarations of an edition. Not every one keeps projects out that have won a national or provincial award, so
    that nobody declares what is no condition."""
    return {name: one for name, one in DECLARATIONS.items() if excludes_awarded or name != AWARD}


def promises(*, excludes_awarded: bool) -> list[str]:
    """The letter of commitment, sentence by sentence."""
    return [*PROMISES[:-1], *([AWARD_PROMISE] if excludes_awarded else []), PROMISES[-1]]
