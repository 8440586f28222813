from entries.models.applicant import EntryApplicant
from entries.models.asset import IPAsset
from entries.models.asset_sheet import AssetSheet
from entries.models.attachment import Attachment, RetiredAttachment
from entries.models.details import ApplicantProfile, EntryDetails, TeamMember, Transaction, YearFigure
from entries.models.entry import LONG_TEXTS, Entry
from entries.models.examination import ExaminerAssignment, Reminder
from entries.models.extension import DeadlineExtension
from entries.models.formality import FieldComment, FormalityReview
from entries.models.joint_invitation import JointInvitation
from entries.models.snapshot import PortfolioSnapshot
from entries.models.submission import EntryTransition, Submission

__all__ = [
    "LONG_TEXTS",
    "ApplicantProfile",
    "AssetSheet",
    "Attachment",
    "DeadlineExtension",
    "Entry",
    "EntryApplicant",
    "EntryDetails",
    "EntryTransition",
    "ExaminerAssignment",
    "FieldComment",
    "FormalityReview",
    "IPAsset",
    "JointInvitation",
    "PortfolioSnapshot",
    "RetiredAttachment",
    "Reminder",
    "Submission",
    "TeamMember",
    "Transaction",
    "YearFigure",
]
