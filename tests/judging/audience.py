"""Who may open which page of judges, chief judge and organiser (law 8)."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from entries.models import Attachment
from judging.models import ConflictOfInterest, JudgeProfile
from tests.cast import Cast
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, invited, lock_sheet_at
from tests.judging import audience_stage
from tests.judging.scene import MARKS, build_scene

SIGNED_IN = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner"]
)
PUBLIC = SIGNED_IN | {"anonymous"}
OWN = frozenset({"judge"})
CHIEF = frozenset({"chief"})
ORGANISER = frozenset({"organiser", "organiser2"})

AUDIENCE: dict[str, frozenset[str]] = {
    "judging:task-list": SIGNED_IN,
    "judging:declaration": frozenset({"judge", "judge2", "conflicted", "chief"}),
    "judging:score": OWN,
    "POST judging:autosave": OWN,
    "judging:submit": OWN,
    "judging:recuse": OWN,
    "judging:attachment": OWN,
    "judging:own-profile": frozenset({"judge", "judge2", "conflicted", "chief"}),
    "judging:invitation": PUBLIC,
    "judging:invitations": ORGANISER,
    "POST judging:invitation-resend": ORGANISER,
    "POST judging:invitation-withdraw": ORGANISER,
    "judging:seat-profile": ORGANISER,
    "judging:statistics": ORGANISER | {"chief", "auditor"},
    "judging:compare": frozenset({"judge", "judge2", "conflicted", "chief"}),
    "judging:own-file": frozenset({"judge", "judge2", "conflicted", "chief"}),
    "judging:chair": CHIEF,
    "judging:unlock": CHIEF,
    "judging:panel-manage": ORGANISER,
    "POST judging:seat-add": ORGANISER,
    "judging:seat-remove": ORGANISER,
    "judging:assignment-preview": ORGANISER,
    "POST judging:assignment-add": ORGANISER,
    "judging:assignment-withdraw": ORGANISER,
    "judging:assignment-adjust": ORGANISER,
    "judging:assignment-extra": ORGANISER,
    "judging:conflicts": ORGANISER,
    "judging:suspicion": ORGANISER,
    "judging:conflict-lift": ORGANISER,
    "judging:progress": ORGANISER | {"chief", "auditor"},
    "POST judging:remind": ORGANISER,
    **audience_stage.AUDIENCE,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A real address for each name: an entry given to the judge, another one whose sheet judge2 has submitted."""
    scene = build_scene(cast, entry_count=2)
    own, slug = scene.assignment, cast.edition.slug
    submitted = AssignmentFactory(seat=scene.seats["judge2"], entry=scene.entries[1])
    lock_sheet_at(submitted, MARKS)
    conflict = ConflictOfInterest.objects.create(
        judge=cast.conflicted,
        entry=scene.entries[0],
        source="declared",
        reason="师生",
        at=moments.DURING_PRELIMINARY,
        recorded_by=cast.conflicted,
    )
    JudgeProfile.objects.create(
        user=cast.judge2, past_employers=scene.entries[0].organisations.get().name, updated_at=moments.DURING_PRELIMINARY
    )
    invitation = invited(cast, "invited-by-mail")
    file = Attachment.objects.create(
        entry=scene.entries[0],
        kind="proposal",
        file=ContentFile(b"%PDF-1.4", name="proposal.pdf"),
        original_name="申报书.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=moments.DURING_REGISTRATION,
        uploaded_by=cast.applicant,
    )
    panel = [slug, "preliminary"]
    args: dict[str, list] = {
        "judging:task-list": [],
        "judging:own-profile": [slug],
        "judging:invitation": ["invited-by-mail"],
        "judging:invitations": [slug],
        "POST judging:invitation-resend": [slug, invitation.public_id],
        "POST judging:invitation-withdraw": [slug, invitation.public_id],
        "judging:attachment": [own.public_id, file.public_id],
        "judging:own-file": [*panel, "csv"],
        "judging:chair": [slug],
        "judging:unlock": [slug, submitted.public_id],
        "judging:seat-remove": [*panel, 3],
        "judging:seat-profile": [*panel, 3],
        "judging:assignment-withdraw": [*panel, own.public_id],
        "judging:assignment-adjust": [*panel, own.public_id],
        "judging:assignment-extra": [*panel, scene.entries[0].public_id],
        "judging:conflict-lift": [*panel, conflict.pk],
        "judging:suspicion": [*panel, 2, scene.entries[0].public_id],
    }
    for name in ("score", "autosave", "submit", "recuse"):
        args[f"judging:{name}"] = [own.public_id]
    names = {name: name.removeprefix("POST ") for name in AUDIENCE if name not in audience_stage.AUDIENCE}
    own_pages = {name: reverse(bare, args=args.get(name, args.get(bare, panel))) for name, bare in names.items()}
    return {**own_pages, **audience_stage.addresses(cast)}
