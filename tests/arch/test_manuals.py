"""The manuals in docs/manuals quote the pages as they stand.

Convention: quotation marks are for the interface alone and stand in bold, **“提交报名”**; what changes from case to case is
written as …, **“签发 … 张证书”**. A page that is reworded fails here until the manual follows.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.arch.sources import APPS, ROOT, name, python_files

FOLDER = ROOT / "docs" / "manuals"
MANUALS = sorted(FOLDER.glob("*.md"))
READERS = {"applicant.md", "judge.md", "organiser.md", "examiner.md", "voter.md", "auditor.md"}
LONGEST = 120
GAP = 120  # characters of markup and variables a … may stand for
QUOTED = re.compile(r"\*\*“(.*?)”\*\*")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)


@cache
def interface() -> str:
    """Everything the software may say: templates without their comments, Python of the apps and tools, our scripts."""
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    scripts = list((ROOT / "static" / "js").rglob("*.js"))
    paths = [*templates, *scripts, *python_files(*APPS, "tools")]
    return "\n".join(COMMENTS.sub("", path.read_text(encoding="utf-8")) for path in paths)


def quoted(text: str) -> list[str]:
    return QUOTED.findall(text)


def is_said(word: str) -> bool:
    parts = [part.strip() for part in word.split("…")]
    if len(parts) == 1:
        return bool(parts[0]) and parts[0] in interface()
    return any(parts) and re.search(f".{{0,{GAP}}}?".join(re.escape(part) for part in parts), interface()) is not None


def unsaid(text: str) -> list[str]:
    return [word for word in quoted(text) if not is_said(word)]


def loose_quotes(text: str) -> list[str]:
    """Lines with quotation marks around something that is not in bold, and so not checked."""
    return [line for line in text.splitlines() if set(QUOTED.sub("", line)) & {"“", "”"}]


def dead_links(text: str, folder: Path) -> list[str]:
    return [link for link in LINK.findall(text) if "://" not in link and not (folder / link).exists()]


def test_there_is_a_manual_for_each_reader_and_the_first_page_leads_to_it() -> None:
    assert {path.name for path in MANUALS} == READERS | {"README.md"}
    assert set(LINK.findall((FOLDER / "README.md").read_text(encoding="utf-8"))) >= READERS
    assert "docs/manuals/README.md" in LINK.findall((ROOT / "README.zh-CN.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("manual", MANUALS, ids=name)
def test_a_manual_says_what_the_pages_say(manual: Path) -> None:
    text = manual.read_text(encoding="utf-8")
    assert unsaid(text) == []
    assert loose_quotes(text) == []
    assert dead_links(text, manual.parent) == []
    assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("manual", sorted(READERS))
def test_a_manual_quotes_the_interface(manual: str) -> None:
    assert len(set(quoted((FOLDER / manual).read_text(encoding="utf-8")))) > 10


def test_a_made_up_word_is_reported() -> None:
    assert unsaid("点 **“提交报名”** 或 **“一键夺冠”**，再点 **“签发 … 张奖券”**。") == ["一键夺冠", "签发 … 张奖券"]
    assert unsaid("点 **“签发 … 张证书”**。") == []
    assert unsaid("点 **“”** 或 **“…”**。") == ["", "…"]


def test_a_quotation_that_nobody_checks_is_reported() -> None:
    assert loose_quotes("点 **“提交报名”**。\n点“一键夺冠”。\n**“以“…”的身份接受”**") == ["点“一键夺冠”。"]


def test_a_dead_link_is_reported() -> None:
    assert dead_links("[一](judge.md) [二](no-such.md#part) [三](https://example.invalid/x)", FOLDER) == ["no-such.md"]
