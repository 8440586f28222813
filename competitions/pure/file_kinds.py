"""The kinds of files an edition may demand with every entry (standard library only). The proposal is always demanded, the
anonymised one and the recommendation follow from other rules."""

FILE_KINDS = {
    "commitment": "承诺书",
    "certificate": "专利证书",
    "deck": "路演演示文稿",
    "video": "项目视频",
    "cover": "项目封面",
    "other": "其他材料",
}
DEMANDS = {
    "commitment": "请上传盖章的承诺书扫描件：打印后由单位盖章（个人签名），再扫描或拍照。",
    "certificate": "请上传核心专利的专利证书。",
    "cover": "请上传项目封面图片。",
    "other": "请上传本届要求的其他材料，内容见大赛规则。",
}
TEMPLATE_KINDS = ("commitment", "recommendation_letter", "proposal", "anonymised", "deck", "other")


def demand(kind: str) -> str:
    """The sentence that asks an applicant for a file of `kind` (a key of FILE_KINDS)."""
    return DEMANDS.get(kind, f"请上传{FILE_KINDS[kind]}。")
