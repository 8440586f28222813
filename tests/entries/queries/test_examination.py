from django.core.files.base import ContentFile

from entries.models import Attachment
from entries.queries.dossier import open_dossier
from entries.queries.examination import HAND, questions
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories import moments


def messages(entry) -> list[str]:
    return [one.message for question in questions(open_dossier(entry), AT) for one in question.findings if one.tone == HAND]


def test_the_anonymised_file_is_on_the_examiners_list_with_the_names_to_look_for(cast):
    entry = build_submitted_entry(cast)
    assert not [one for one in messages(entry) if "匿名版" in one]
    Attachment.objects.create(
        entry=entry, kind="anonymised", file=ContentFile(b"%PDF-1.4", name="x.pdf"), original_name="匿名.pdf", size=8,
        media_type="application/pdf", sha256="0" * 64, uploaded_at=moments.DURING_REGISTRATION, uploaded_by=cast.applicant,
    )  # fmt: skip
    (found,) = [one for one in messages(entry) if "匿名版" in one]
    assert entry.applicants.get().organisation.name in found
