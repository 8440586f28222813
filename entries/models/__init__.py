from entries.models.applicant import EntryApplicant
from entries.models.asset import IPAsset
from entries.models.attachment import Attachment
from entries.models.entry import Entry
from entries.models.formality import FieldComment, FormalityReview
from entries.models.snapshot import PortfolioSnapshot
from entries.models.submission import EntryTransition, Submission

__all__ = [
    "Attachment",
    "Entry",
    "EntryApplicant",
    "EntryTransition",
    "FieldComment",
    "FormalityReview",
    "IPAsset",
    "PortfolioSnapshot",
    "Submission",
]
