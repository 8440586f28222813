"""Law 9 and the strict CSP: nothing comes from another host, nothing is inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.arch.sources import ROOT, name

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"})
ASSETS = sorted(
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in {".css", ".js", ".svg", ".html"} and "vendor" not in path.relative_to(ROOT).parts
)
NAMESPACES = re.compile(r"https?://www\.w3\.org/")
FOREIGN = re.compile(r"""(?:\b(?:src|href|action|data|poster)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?|\bfrom\s+["']|fetch\(\s*["'`])(?:https?:)?//[\w.]""", re.I)
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:json|ld\+json)[\"'])[^>]*>", re.I),
    "style element": re.compile(r"<style[\s>]", re.I),
    "style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
}
ALONE = re.compile(r"""\{% include ["']([^"']+)["'][^%]* only %\}""")
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment .*?endcomment %\}|<!--.*?-->", re.S)


def text_of(path: Path) -> str:
    return COMMENTS.sub("", NAMESPACES.sub("", path.read_text(encoding="utf-8")))


def is_foreign(text: str) -> bool:
    return FOREIGN.search(text) is not None


def test_no_page_or_asset_names_another_host() -> None:
    assert len(TEMPLATES) > 20 and len(ASSETS) > 20
    assert [name(path) for path in [*TEMPLATES, *ASSETS] if is_foreign(text_of(path))] == []


@pytest.mark.parametrize("kind", INLINE)
def test_templates_have_nothing_inline(kind: str) -> None:
    assert [name(path) for path in TEMPLATES if INLINE[kind].search(text_of(path))] == []


def test_no_form_is_included_without_its_token() -> None:
    """`only` keeps the token out of the context: the form would be sent without it and refused with 403."""
    forms = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES if "{% csrf_token %}" in text_of(path)}
    included = {(name(path), part) for path in TEMPLATES for part in ALONE.findall(text_of(path))}
    assert len(forms) > 20 and included
    assert {(where, part) for where, part in included if part in forms} == set()


@pytest.mark.parametrize(
    "text", ['<script src="//cdn.example/x.js">', "@import 'https://fonts.example/a'", "url(http://x.example/a)", 'href="https://x.example"']
)
def test_another_host_is_seen(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("script", "<script>1</script>"),
        ("style element", "<style>a{}</style>"),
        ("style attribute", '<p class="a" style="top:0">'),
        ("event attribute", '<a href="#" onclick="x()">'),
        ("javascript address", '<a href="javascript:x">'),
    ],
)
def test_something_inline_is_seen(kind: str, text: str) -> None:
    assert INLINE[kind].search(text)


def test_a_script_with_a_source_and_a_json_island_are_not_inline() -> None:
    assert not INLINE["script"].search('<script type="module" src="/static/js/page.js"></script>')
    assert not INLINE["script"].search('<script type="application/json" id="d">{}</script>')
