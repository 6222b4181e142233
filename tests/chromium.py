"""A real Chromium for the tests of pages. The fixtures are known to all tests by the outermost conftest: a process can
start one Playwright."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; the tests that need it are skipped where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a page that is slow on a busy machine is not wrong
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One profile for all tests. Beginning one costs more than most tests do in it: a process that draws pages and a
    cache with the compiled scripts. A tab on loopback stays open, since that process ends with its last tab.
    """
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    kept = opened.new_page()
    kept.route("**/*", lambda asked: asked.fulfill(body=""))
    kept.goto("http://127.0.0.1/")
    return opened


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A new tab, which leaves nothing behind for the next."""
    opened = context.new_page()
    visited: set[str] = set()
    opened.on("framenavigated", lambda frame: visited.add(frame.url))
    yield opened
    for each in context.pages[1:]:
        each.close()
    _forget(context, visited)


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A new tab that fails the test for errors in its console and for requests to other hosts."""
    wrong: list[str] = []
    tab.on("console", lambda said: wrong.append(f"{said.text} {said.location}") if said.type == "error" else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on(
        "request", lambda r: wrong.append(r.url) if not re.match(r"(http://127\.0\.0\.1|data:|blob:)", r.url) else None
    )
    yield tab
    assert wrong == []


@pytest.fixture
def scriptless(tab: Page) -> Page:
    """A new tab in which no script of a page runs."""
    tab.context.new_cdp_session(tab).send("Emulation.setScriptExecutionDisabled", {"value": True})
    return tab


def _forget(context: BrowserContext, visited: set[str]) -> None:
    """Leave the profile as if these addresses had never been visited, but for its cache of files."""
    context.clear_permissions()
    session = context.new_cdp_session(context.pages[0])
    for origin in {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in visited if url.startswith("http")}:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()
