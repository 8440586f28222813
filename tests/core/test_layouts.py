"""Layouts, components and error pages, rendered with what their comments promise and with nothing at all."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.dates import ZONE

FOLDER = Path(__file__).parents[2] / "templates"
LAYOUTS = sorted(path.name for path in (FOLDER / "layouts").glob("*.html"))
ME = {"name": "李某", "initial": "李", "links": [{"label": "我的项目", "url": "/my/"}], "logout_url": "/logout/"}


def site(**changes):
    edition = SimpleNamespace(name="2026 年大赛", slogan="", host_text="主办甲", contact_phone="0750-1", year=2026)
    nav = [{"label": "参赛项目", "url": "/e/", "current": True}, {"label": "网络投票", "url": "/v/", "current": False}]
    return {"nav": nav, "edition": edition, "footer": [], "legal": [], "me": None, "home_url": "/", **changes}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_renders_with_nothing(name):
    html = render_to_string(f"layouts/{name}")
    assert 'lang="zh-CN"' in html
    if name != "mail.html":
        assert html.count('id="main"') == 1


def test_only_links_that_were_given_are_written():
    html = render_to_string("layouts/public.html", {"site": site()})
    assert html.count('href="/e/" aria-current="page"') == 2
    assert "登录" not in html
    assert "我要报名" not in html
    html = render_to_string("layouts/public.html", {"site": site(login_url="/in/", register_url="/join/")})
    assert 'href="/in/"' in html
    assert 'class="btn btn-primary jg-only-d" href="/join/"' in html


def test_signing_out_is_a_post():
    html = render_to_string("layouts/public.html", {"site": site(me=ME, login_url="/in/")})
    assert '<form method="post" action="/logout/">' in html
    assert 'href="/in/"' not in html


def test_the_console_writes_sections_counts_and_the_chooser():
    items = [{"label": "形式审查", "url": "/f/", "icon": "inbox", "current": True, "count": 12}]
    editions = [{"name": "2026 年", "url": "/a/", "current": True}, {"name": "2025 年", "url": "/b/", "current": False}]
    console = {"nav": [{"title": "项目", "items": items}], "editions": editions}
    html = render_to_string("layouts/console.html", {"console": console, "site": site(me=ME)})
    assert "<h2>项目</h2>" in html
    assert '<span class="visually-hidden">待办 </span>12</span>' in html
    assert 'href="/b/"' in html
    assert 'name="q"' not in html


def test_messages_become_toasts_and_are_escaped():
    messages = [Message(40, "<b>没有保存</b>"), Message(25, "已保存")]
    html = render_to_string("components/toasts.html", {"messages": messages})
    assert html.count("data-toast ") == 2
    assert 'data-tone="danger"' in html
    assert "&lt;b&gt;没有保存&lt;/b&gt;" in html


def test_the_pager_keeps_the_query():
    request = RequestFactory().get("/e/", {"q": "阀", "page": "2"})
    page = Paginator(range(30), 10).get_page(2)
    html = render_to_string("components/pagination.html", {"page_obj": page}, request)
    assert 'rel="next" href="?q=%E9%98%80&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1
    one = Paginator(range(3), 10).get_page(1)
    assert render_to_string("components/pagination.html", {"page_obj": one}, request).strip() == ""


def test_stages_mark_the_current_one():
    stages = [{"name": name, "dates": "", "state": state} for name, state in (("报名", "closed"), ("投票", "open"))]
    html = render_to_string("components/stages.html", {"stages": stages})
    assert html.count('aria-current="step"') == 1
    assert html.index("已结束") < html.index('data-state="now"') < html.index("进行中")


def test_the_countdown_is_right_without_javascript():
    until, at = datetime(2026, 11, 15, 20, tzinfo=ZONE), datetime(2026, 11, 9, 20, 19, tzinfo=ZONE)
    html = render_to_string("components/countdown.html", {"until": until, "at": at, "label": "距投票截止"})
    assert "<b>5</b>" in html
    assert "<b>41</b>" in html
    assert 'data-until="2026-11-15T20:00:00+08:00"' in html


def test_a_dangerous_action_has_a_dialog_with_a_safe_way_out():
    context = {"id": "d", "title": "撤回？", "action": "/x/", "submit": "确认撤回", "cancel_url": "/e/", "danger": True}
    html = render_to_string("components/confirm.html", context)
    assert html.index('href="/e/" data-confirm-cancel') < html.index('class="btn btn-danger" type="submit">确认撤回')


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "refusal"])
def test_an_error_page_needs_no_context(name):
    html = render_to_string(f"errors/{name}.html")
    assert '<h1 id="error-h">' in html
    assert "编号" not in html


@pytest.mark.parametrize("name", ["refusal", "refusal_fragment"])
def test_a_refusal_says_what_is_wrong_and_what_to_do(name):
    refusal = SimpleNamespace(text="今日 5 票已用完", mend="明天 0 点恢复。<i>")
    html = render_to_string(f"errors/{name}.html", {"refusal": refusal, "request_id": "7f3a"})
    assert "今日 5 票已用完" in html
    assert "明天 0 点恢复。&lt;i&gt;" in html
    assert "7f3a" in html


@pytest.mark.parametrize("name", ["refusal", "refusal_fragment"])
def test_a_blocked_step_lists_every_reason(name):
    reasons = [SimpleNamespace(message="隐私告知还没有发布。", url="/org/x/"), SimpleNamespace(message="没有第二名组委会成员。", url="")]
    html = render_to_string(f"errors/{name}.html", {"refusal": SimpleNamespace(text="还有 2 项未完成"), "reasons": reasons})
    assert html.count("<li>") == 2
    assert "没有第二名组委会成员。" in html


def test_a_mail_ends_with_who_wrote_and_why():
    edition = SimpleNamespace(name="2026 年大赛", contact_phone="0750-1", contact_hours="工作日")
    text = render_to_string("layouts/mail.txt", {"edition": edition, "reason": "您是联系人 A&B。"})
    assert text.strip().splitlines() == ["--", "2026 年大赛组委会", "电话 0750-1，工作日", "您是联系人 A&B。"]


def test_the_accessibility_statement_names_the_contact():
    html = render_to_string("pages/accessibility.html", {"site": site()})
    assert "<h1>无障碍声明</h1>" in html
    assert 'href="tel:0750-1"' in html
