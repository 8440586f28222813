"""What is refused about an upload, and how to mend it."""

from __future__ import annotations

from core.errors import Refusal


class UploadUnfinished(Refusal):
    """Asked to finish before the last byte came."""

    code = "upload_unfinished"
    message = "“{name}”还没有传完（{received} / {size}），请继续上传。"


class UploadLost(Refusal):
    """The part file is not what the row says; nothing can be made of it."""

    code = "upload_lost"
    message = "“{name}”已传的部分不完整，没有保存。请重新选择文件上传。"


class UploadGone(Refusal):
    """No such session for this person: refused, given up, expired or somebody else's."""

    code = "upload_gone"
    status = 404
    message = "这次上传已结束或已失效，请重新选择文件。"


class ChunkMisplaced(Refusal):
    """A piece that does not follow the last one; the answer tells where to go on."""

    code = "chunk_misplaced"
    message = "上传位置不一致，应从第 {offset} 字节继续。"


class ChunkTooLarge(Refusal):
    """A piece longer than allowed, or running past the end of the file."""

    code = "chunk_too_large"
    status = 413
    message = "单次上传的数据过大，请刷新页面后继续上传。"


class TooManyUploads(Refusal):
    """One person has too many begun files."""

    code = "too_many_uploads"
    message = "您有 {count} 个文件没有传完，请先传完或放弃其中一些。"


class NoRoom(Refusal):
    """The object's quota cannot take the file; said before the first byte."""

    code = "no_room"
    message = "“{name}”有 {size}，剩余空间只有 {room}（含正在上传的文件）。请先删除不需要的文件。"


class DiskFull(Refusal):
    """The server is short of space: the organiser's business, not the sender's."""

    code = "disk_full"
    status = 507
    message = "服务器存储空间不足，暂时不能上传。请联系组委会。"
