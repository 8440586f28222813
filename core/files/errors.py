"""Why a file is not taken. Each sentence names the file, the fault and the mend."""

from __future__ import annotations

from core.errors import Refusal


class FileRefused(Refusal):
    """A file was not taken; nothing of it was kept."""

    status = 422


class FileEmpty(FileRefused):
    code = "file_empty"
    message = "“{name}”是空文件（0 字节），请重新选择。"


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = "“{name}”有 {size}，超过上限 {limit}。请压缩后再上传。"


class FileKindRefused(FileRefused):
    code = "file_kind"
    message = "“{name}”的内容不是可以接收的格式。这里接收 {allowed}，请另存为其中一种再上传。"


class FileOutdated(FileRefused):
    """The binary formats before 2007: nothing in them can be checked."""

    code = "file_outdated"
    message = "“{name}”是旧版 Office 格式（.doc、.xls、.ppt），不能接收。请另存为 .docx、.xlsx、.pptx，或导出为 PDF。"


class FileBroken(FileRefused):
    code = "file_broken"
    message = "“{name}”打不开，文件可能不完整。请确认能正常打开后重新上传。"


class FileEncrypted(FileRefused):
    code = "file_encrypted"
    message = "“{name}”设有密码，评审无法打开。请去掉密码后重新上传。"


class FileWithMacros(FileRefused):
    code = "file_macros"
    message = "“{name}”含有宏程序，不能接收。请另存为不含宏的格式，或导出为 PDF。"


class FileBomb(FileRefused):
    """An archive that grows out of all proportion when it is opened."""

    code = "file_bomb"
    message = "“{name}”解压后大小异常，不能接收。请用 Office 或 WPS 重新另存一份再上传。"


class PictureTooSmall(FileRefused):
    code = "picture_too_small"
    message = "“{name}”只有 {width}×{height} 像素，放大后会模糊。请换一张不小于 {least_width}×{least_height} 像素的图片。"


class PictureTooLarge(FileRefused):
    code = "picture_too_large"
    message = "“{name}”的尺寸是 {width}×{height} 像素，超过上限（{limit} 万像素）。请缩小后再上传。"
