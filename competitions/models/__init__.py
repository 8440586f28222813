from competitions.models.announcement import Announcement
from competitions.models.award_type import AwardQuota, AwardType
from competitions.models.edition import Edition, EntryRules, PresetConfirmation
from competitions.models.exclusion import ExclusionRecord
from competitions.models.file_template import FileTemplate
from competitions.models.page import EditionPage
from competitions.models.role import Role
from competitions.models.round import Round
from competitions.models.rubric import Criterion, Rubric
from competitions.models.stage import Stage, StageOverride
from competitions.models.track import Group, Track

__all__ = [
    "Announcement",
    "AwardQuota",
    "AwardType",
    "Criterion",
    "Edition",
    "EditionPage",
    "EntryRules",
    "ExclusionRecord",
    "FileTemplate",
    "Group",
    "PresetConfirmation",
    "Role",
    "Round",
    "Rubric",
    "Stage",
    "StageOverride",
    "Track",
]
