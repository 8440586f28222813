"""IPC and Locarno classes."""

import pytest

from entries.pure.classification import parse_ipc, parse_locarno

IPC = ["G06F3/0488", "H04L29/06", "G05B19/042", "A61K31/00", "C12N15/52", "F24F11/30", "H01F27/30", "H04M1/02", "B25J9/16"]


@pytest.mark.parametrize("text", IPC)
def test_an_ipc_group_is_read(text):
    parsed = parse_ipc(text)

    assert (parsed.canonical, parsed.kind, parsed.faults) == (text, "group", ())


@pytest.mark.parametrize(
    ("raw", "canonical", "kind"),
    [
        ("g06f 3/0488", "G06F3/0488", "group"),
        ("Ｇ０６Ｆ３／０４８８", "G06F3/0488", "group"),
        ("A61K 31/00 (2006.01)I", "A61K31/00", "group"),
        ("A61K31/00（2006.01）", "A61K31/00", "group"),
        ("f24f", "F24F", "subclass"),
    ],
)
def test_an_ipc_class_is_read_however_it_is_written(raw, canonical, kind):
    parsed = parse_ipc(raw)

    assert (parsed.canonical, parsed.kind) == (canonical, kind)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("I01B1/00", "section"),
        ("G06F3", "format"),
        ("G06F3/4", "format"),
        ("G06F٣/٠٤", "format"),
        ("А61K31/00", "section"),
        ("", "empty"),
    ],
)
def test_another_ipc_text_is_refused(raw, code):
    parsed = parse_ipc(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("09-01", "09-01"),
        ("14-03", "14-03"),
        ("23-01", "23-01"),
        ("32-00", "32-00"),
        ("14 – 03", "14-03"),
        ("LOC(13) Cl. 14-03", "14-03"),
    ],
)
def test_a_locarno_class_is_read(raw, canonical):
    parsed = parse_locarno(raw)

    assert (parsed.canonical, parsed.faults) == (canonical, ())


@pytest.mark.parametrize(("raw", "code"), [("33-01", "class"), ("00-01", "class"), ("9-1", "format"), ("", "empty")])
def test_another_locarno_text_is_refused(raw, code):
    parsed = parse_locarno(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")
