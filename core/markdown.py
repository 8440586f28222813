"""Markdown of organisers as safe HTML: rules page, privacy notice, announcements."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import markdown
import nh3
from django.utils.safestring import SafeString
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLE = '<div class="jg-tablewrap" tabindex="0" role="region" aria-label="表格{}"><table class="jg-table">'


class _ShiftHeadings(Treeprocessor):
    """The highest heading of the text becomes h2: the page has its own h1, and no level is skipped."""

    def run(self, root: Element) -> None:
        found = [element for element in root.iter() if element.tag in HEADINGS]
        if not found:
            return
        highest = min(HEADINGS.index(element.tag) for element in found)
        for element in found:
            element.tag = HEADINGS[min(HEADINGS.index(element.tag) - highest + 1, 5)]


class _Shift(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  the library's name
        md.treeprocessors.register(_ShiftHeadings(md), "shift-headings", 5)


def render_markdown(text: str) -> SafeString:
    """HTML that may stand in any page, whoever wrote `text`.

    Scripts, styles, event attributes, pictures, frames and forms are dropped, links may only lead to http(s), mailto and
    tel and carry `rel="nofollow noopener"`. Headings begin at h2, a line break stays one, tables can be scrolled sideways.
    """
    html = markdown.markdown(text, extensions=["tables", "sane_lists", "nl2br", _Shift()], output_format="html")
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")
    return SafeString(_wrap_tables(clean))


def _wrap_tables(html: str) -> str:
    """Each table in a region of its own name: 表格 when it is the only one, else 表格 1, 表格 2 …"""
    first, *rest = html.split("<table>")
    names = [""] if len(rest) == 1 else [f" {place}" for place in range(1, len(rest) + 1)]
    parts = (TABLE.format(name) + part for name, part in zip(names, rest, strict=True))
    return "".join([first, *parts]).replace("</table>", "</table></div>")
