"""The public verbs of entries. The examiner's and organiser's stand in entries/actions/formality.py."""

from entries.actions.applicants import add_applicant, add_named_applicant, remove_applicant, save_revenues
from entries.actions.assets import save_assets
from entries.actions.attachment import attach_file, remove_file
from entries.actions.entry import save_entry, start_entry
from entries.actions.submission import recall_entry, resubmit_entry, submit_entry, withdraw_entry
from entries.actions.transition import advance

__all__ = [
    "add_applicant",
    "add_named_applicant",
    "advance",
    "attach_file",
    "recall_entry",
    "remove_applicant",
    "remove_file",
    "resubmit_entry",
    "save_assets",
    "save_entry",
    "save_revenues",
    "start_entry",
    "submit_entry",
    "withdraw_entry",
]
