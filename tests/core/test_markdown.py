"""What organisers write cannot harm who reads it."""

from __future__ import annotations

import pytest

from core.markdown import render_markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[点](javascript:alert(1))",
        "[点](JaVaScRiPt:alert(1))",
        "[点](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='vbscript:x'>点</a>",
        "<p onclick='alert(1)' style='position:fixed'>文</p>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://example.invalid'></iframe>",
        "<form action='/x'><input name=a></form>",
        "<style>body{display:none}</style>",
        "![图](https://example.invalid/a.png)",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "`</code><script>alert(1)</script>`",
    ],
)
def test_nothing_active_is_left(text: str) -> None:
    html = str(render_markdown(text)).lower()
    tags = html.replace("&lt;", "‹").replace("&gt;", "›")
    for word in ("<script", "<img", "<svg", "<iframe", "<form", "<input", "<style", "<math", 'href="javascript', 'href="data',
                 'href="vbscript', " onclick=", " onerror=", " onload=", "style="):  # fmt: skip
        assert word not in tags


def test_links_are_marked_and_kept() -> None:
    html = render_markdown("[规则](https://example.invalid/a?b=1&c=2)")
    assert html == (
        '<p><a href="https://example.invalid/a?b=1&amp;c=2" rel="nofollow noopener">规则</a></p>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 一\n\n## 二", "<h2>一</h2>\n<h3>二</h3>"),
        ("## 一\n\n#### 二", "<h2>一</h2>\n<h4>二</h4>"),
        ("###### 末", "<h2>末</h2>"),
        ("<h1>原文</h1>", "原文"),
    ],
)
def test_the_highest_heading_becomes_h2(text: str, expected: str) -> None:
    assert str(render_markdown(text)) == expected


def test_tables_scroll_and_lines_break() -> None:
    html = render_markdown("甲\n乙\n\n| 项 | 数 |\n|---|---:|\n| 金奖 | 2 |")
    assert html.startswith("<p>甲<br>\n乙</p>")
    assert '<div class="jg-tablewrap" tabindex="0" role="region" aria-label="表格"><table class="jg-table">' in html
    assert html.count("<div") == html.count("</div>") == 1


def test_several_tables_have_names_of_their_own() -> None:
    html = render_markdown("| 甲 |\n|---|\n| 1 |\n\n文字\n\n| 乙 |\n|---|\n| 2 |")
    assert html.count('aria-label="表格 1"') == html.count('aria-label="表格 2"') == 1
    assert html.count("<div") == html.count("</div>") == 2


def test_text_that_looks_like_markup_stays_text() -> None:
    assert render_markdown("a < b & `<table>`") == "<p>a &lt; b &amp; <code>&lt;table&gt;</code></p>"
