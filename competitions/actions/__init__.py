"""What may be done to an edition; each verb in the file of its noun."""

from competitions.actions.announcement import (
    discard_draft,
    publish_announcement,
    publish_draft,
    write_announcement,
)
from competitions.actions.award import remove_award_type, save_award_type, set_award_decision, set_award_quota
from competitions.actions.confirmation import confirm_preset
from competitions.actions.edition import (
    archive_edition,
    create_edition,
    publish_edition,
    save_basics,
)
from competitions.actions.entry_rules import save_entry_rules
from competitions.actions.exclusion import add_exclusion, lift_exclusion
from competitions.actions.file_template import remove_file_template, save_file_template
from competitions.actions.page import publish_page, write_page
from competitions.actions.role import end_role, grant_role, invite_person
from competitions.actions.round import set_round_rules, set_round_seats
from competitions.actions.rubric import save_rubric
from competitions.actions.stage import (
    extend_stage,
    pause_stage,
    release_gate,
    resume_stage,
    schedule_stage,
    schedule_stages,
)
from competitions.actions.track import remove_group, remove_track, save_group, save_track

__all__ = [
    "add_exclusion",
    "lift_exclusion",
    "archive_edition",
    "confirm_preset",
    "create_edition",
    "discard_draft",
    "end_role",
    "extend_stage",
    "grant_role",
    "invite_person",
    "pause_stage",
    "publish_announcement",
    "publish_draft",
    "publish_edition",
    "publish_page",
    "release_gate",
    "remove_award_type",
    "remove_file_template",
    "remove_group",
    "remove_track",
    "resume_stage",
    "save_award_type",
    "save_basics",
    "save_entry_rules",
    "save_file_template",
    "save_group",
    "save_rubric",
    "save_track",
    "schedule_stage",
    "schedule_stages",
    "set_award_decision",
    "set_award_quota",
    "set_round_rules",
    "set_round_seats",
    "write_announcement",
    "write_page",
]
