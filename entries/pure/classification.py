"""Classes of patents (IPC) and of designs (Locarno): form only, without the class tables."""

import re

from core.parsed import Fault, Parsed, refused
from core.text import fold_number

_IPC_VERSION = re.compile(r"\([0-9]{4}\.[0-9]{2}\)[A-Z]*$")
_IPC_GROUP = re.compile(r"[A-H][0-9]{2}[A-Z][0-9]{1,4}/[0-9]{2,6}")
_IPC_SUBCLASS = re.compile(r"[A-H][0-9]{2}[A-Z]")
_LOCARNO_LABEL = re.compile(r"^LOC(?:\([0-9]{1,2}\))?CL\.?")
_LOCARNO = re.compile(r"(?:0[1-9]|[12][0-9]|3[0-2])-[0-9]{2}")


def parse_ipc(raw: str) -> Parsed:
    """Read an IPC class; canonical `G06F3/0488` (kind `group`) or the shorter level `F24F` (kind `subclass`).

    A version mark such as `(2006.01)I` is dropped. Refuses a section outside A–H and a group without its subgroup.
    """
    text = _IPC_VERSION.sub("", fold_number(raw))
    if _IPC_GROUP.fullmatch(text):
        return Parsed("ipc", text, kind="group")
    if _IPC_SUBCLASS.fullmatch(text):
        return Parsed("ipc", text, kind="subclass")
    return refused("ipc", _ipc_fault(text))


def _ipc_fault(text: str) -> Fault:
    if not text:
        return Fault("empty", "IPC 分类号还没有填写，例如 G06F3/0488。")
    if not "A" <= text[0] <= "H":
        return Fault("section", "IPC 分类号的首字母应为 A—H，请照检索报告或公布公告核对。")
    return Fault("format", "IPC 分类号应写作 G06F3/0488，或只写小类 G06F，请照公布公告核对。")


def parse_locarno(raw: str) -> Parsed:
    """Read a Locarno class of a design; canonical `14-03`. Refuses classes outside 01–32 and single digits."""
    text = _LOCARNO_LABEL.sub("", fold_number(raw))
    if _LOCARNO.fullmatch(text):
        return Parsed("locarno", text)
    return refused("locarno", _locarno_fault(text))


def _locarno_fault(text: str) -> Fault:
    if not text:
        return Fault("empty", "洛迦诺分类号还没有填写，例如 14-03。")
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        return Fault("class", f"大类应在 01—32 之间，现为 {text[:2]}，请照外观设计公告核对。")
    return Fault("format", "洛迦诺分类号应为两位大类、短横、两位小类，例如 14-03，请照外观设计公告核对。")
