"""Who may open which page of `competitions` (law 8), and a real address for each."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from competitions.models import Announcement, EditionPage, ExclusionRecord, FileTemplate
from core.models import Webhook
from tests.cast import Cast
from tests.factories import moments

EVERYBODY = {
    "organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant",
    "rival", "stranger", "foreigner", "anonymous",
}  # fmt: skip
ORGANISERS = {"organiser", "organiser2"}
PUBLIC_PAGES = ("edition-home", "announcement-list", "announcement-detail", "edition-rules", "edition-privacy", "file-template", "edition-archive")
ORGANISER_PAGES = (
    "setup", "setup-publish", "setup-basics", "setup-schedule", "setup-groups", "setup-track-new", "setup-track",
    "setup-group-new", "setup-group", "setup-entry-rules", "setup-vote-rules", "setup-rounds", "setup-round",
    "setup-rubrics", "setup-rubric", "setup-awards", "setup-award-new", "setup-award", "setup-pages", "setup-page",
    "setup-page-publish", "role-manage", "role-end", "role-second-factor", "stage-manage", "stage-verb", "announcement-manage", "webhooks",
    "announcement-new", "announcement-preview", "announcement-edit", "setup-exclusions", "exclusion-lift",
    "setup-file-templates", "edition-clone",
)  # fmt: skip
ORGANISER_POSTS = ("preset-confirm", "setup-track-remove", "setup-group-remove", "setup-award-remove", "announcement-discard", "webhook-end", "webhook-ping", "file-template-remove")
AUDIENCE: dict[str, set[str]] = {
    "competitions:edition-create": ORGANISERS | {"foreigner"},
    **{f"competitions:{name}": EVERYBODY for name in PUBLIC_PAGES},
    **{f"competitions:{name}": ORGANISERS for name in ORGANISER_PAGES},
    **{f"POST competitions:{name}": ORGANISERS for name in ORGANISER_POSTS},
}


def addresses(cast: Cast) -> dict[str, str]:
    """An address for each name of `AUDIENCE`; makes the rows the addresses need."""
    slug = cast.edition.slug
    published = Announcement.objects.create(
        edition=cast.edition, title="报名开始", body="欢迎报名。", published_at=moments.SET_UP, written_by=cast.organiser
    )
    draft = Announcement.objects.create(edition=cast.edition, title="草稿", body="正文", written_by=cast.organiser)
    EditionPage.objects.create(edition=cast.edition, kind="rules", version=2, body="## 二", written_by=cast.organiser)
    type(cast.edition).objects.filter(pk=cast.other_edition.pk).update(year=cast.edition.year - 1)
    excluded = ExclusionRecord.objects.create(
        name="示例企业", until_year=2028, reason="弄虚作假", added_at=moments.SET_UP, added_by=cast.organiser
    )
    hook = Webhook.objects.create(
        edition=slug, url="https://example.invalid/", wrapped_secret="x", created_at=moments.SET_UP, created_by="江晓"
    )
    form = FileTemplate(
        edition=cast.edition, kind="commitment", original_name="承诺书.docx", media_type="application/pdf", size=5,
        sha256="0" * 64, uploaded_at=moments.SET_UP, uploaded_by=cast.organiser,
    )  # fmt: skip
    form.file.save("for-the-sweep.pdf", ContentFile(b"%PDF-"))
    more = {
        "file-template": ["commitment"],
        "file-template-remove": ["commitment"],
        "exclusion-lift": [excluded.public_id],
        "webhook-end": [hook.public_id],
        "webhook-ping": [hook.public_id],
        "setup-track": ["patent"],
        "setup-track-remove": ["patent"],
        "setup-group-new": ["patent"],
        "setup-group": ["patent", "startup"],
        "setup-group-remove": ["patent", "startup"],
        "setup-round": ["final"],
        "setup-rubric": ["final"],
        "setup-award": ["gold"],
        "setup-award-remove": ["gold"],
        "setup-page": ["rules"],
        "setup-page-publish": ["rules"],
        "role-second-factor": [cast.judge.public_id],
        "role-end": [cast.judge.public_id, "judge"],
        "stage-verb": ["registration", "pause"],
        "announcement-preview": [draft.public_id],
        "announcement-edit": [draft.public_id],
        "announcement-discard": [draft.public_id],
        "announcement-detail": [published.public_id],
    }
    found = {"competitions:edition-create": reverse("competitions:edition-create")}
    for key in AUDIENCE:
        name = key.removeprefix("POST ").removeprefix("competitions:")
        if name != "edition-create":
            found[key] = reverse(f"competitions:{name}", args=[slug, *more.get(name, [])])
    return found
