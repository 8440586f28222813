"""Files from outside: what they really are, whether they are sound, and how they are handed out again.

A suffix proves nothing: the kind is read from the first bytes and from the structure. Pictures are drawn anew, which
strips whatever was hidden in them. A file is looked at on the disk, piece by piece, so that 200 MB never sit in memory,
and nothing reaches the store before every check has passed.

`check_upload` for a file of a form, `core.uploads` for one that comes in chunks; both give a `CheckedFile`, whose
`stored()` goes into a FileField. `private_file` answers a download.
"""

from core.files.check import CheckedFile, check_path, check_upload, plain_name
from core.files.errors import (
    FileBomb,
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileKindRefused,
    FileOutdated,
    FileRefused,
    FileTooLarge,
    FileWithMacros,
    PictureTooLarge,
)
from core.files.kinds import DOCX, JPG, MEDIA_TYPES, MP4, PDF, PNG, PPTX, XLSX, sniff
from core.files.response import private_file

__all__ = [
    "DOCX",
    "JPG",
    "MEDIA_TYPES",
    "MP4",
    "PDF",
    "PNG",
    "PPTX",
    "XLSX",
    "CheckedFile",
    "FileBomb",
    "FileBroken",
    "FileEmpty",
    "FileEncrypted",
    "FileKindRefused",
    "FileOutdated",
    "FileRefused",
    "FileTooLarge",
    "FileWithMacros",
    "PictureTooLarge",
    "check_path",
    "check_upload",
    "plain_name",
    "private_file",
    "sniff",
]
