"""A browser context that keeps a record of what its page asked for, axe on a page, and signing in without a form."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass
class Phone:
    context: BrowserContext
    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def open_context(browser: Browser, origin: str, width: int, height: int = 900, *, scripts: bool = True) -> Phone:
    """A page of `width` × `height` CSS pixels whose requests and errors are written down; without `scripts` none runs."""
    context = browser.new_context(
        base_url=origin,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=scripts,
    )
    phone = Phone(context, context.new_page())
    phone.page.on("request", lambda request: phone.requests.append(request.url))
    phone.page.on("pageerror", lambda error: phone.errors.append(str(error)))
    phone.page.on("console", lambda line: phone.errors.append(line.text) if line.type == "error" else None)
    return phone


def sign_in(page: Page, origin: str, user: User) -> None:
    """Gives the page a session of `user`, as the sign-in form would."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.PasswordBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": origin}])


def axe_faults(page: Page) -> list[str]:
    """What axe finds on the page (WCAG 2.x A and AA): one line a fault with the rule and the first element."""
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {fault['help']} — {fault['nodes'][0]['html'][:160]}" for fault in found]


RULED = """() => {
  const ruled = new Set();
  const walk = rules => { for (const rule of rules) {
    if (rule.cssRules) walk(rule.cssRules);
    for (const name of (rule.selectorText || '').matchAll(/\\.([\\w-]+)/g)) ruled.add(name[1]);
  } };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  const used = [...document.querySelectorAll('[class*="jg-"]')].flatMap(node => [...node.classList]);
  return [...new Set(used)].filter(name => name.startsWith('jg-') && !ruled.has(name));
}"""


def classes_without_a_rule(page: Page) -> list[str]:
    """Classes of the house that no style sheet of this page knows: its sheet is not loaded here."""
    return list(page.evaluate(RULED))


def is_wider_than_the_screen(page: Page) -> bool:
    """The page can be scrolled sideways, which no page may at any width."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
