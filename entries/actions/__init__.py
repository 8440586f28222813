"""The public verbs of entries."""

from entries.actions.applicants import add_applicant, add_named_applicant, remove_applicant, save_revenues
from entries.actions.asset_sheet import drop_sheet, import_sheet, keep_sheet, map_sheet, mend_sheet
from entries.actions.assets import save_assets
from entries.actions.attachment import attach_file, remove_file, replace_file
from entries.actions.certificate import link_certificate
from entries.actions.decision import accept_entry, reject_entry, return_entry
from entries.actions.entry import save_entry, start_entry
from entries.actions.formality import drop_comment, note_comment, pick_up_entry, release_review
from entries.actions.group import override_group
from entries.actions.joint import accept_joint, decline_joint, invite_again
from entries.actions.standing import disqualify_entry, reinstate_entry
from entries.actions.submission import recall_entry, resubmit_entry, submit_entry, withdraw_entry
from entries.actions.transition import advance

__all__ = [
    "accept_entry",
    "accept_joint",
    "add_applicant",
    "add_named_applicant",
    "advance",
    "attach_file",
    "decline_joint",
    "disqualify_entry",
    "drop_comment",
    "invite_again",
    "drop_sheet",
    "import_sheet",
    "keep_sheet",
    "link_certificate",
    "map_sheet",
    "mend_sheet",
    "note_comment",
    "override_group",
    "pick_up_entry",
    "recall_entry",
    "reinstate_entry",
    "reject_entry",
    "release_review",
    "remove_applicant",
    "remove_file",
    "replace_file",
    "resubmit_entry",
    "return_entry",
    "save_assets",
    "save_entry",
    "save_revenues",
    "start_entry",
    "submit_entry",
    "withdraw_entry",
]
