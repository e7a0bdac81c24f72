"""A real server, a real Chromium, and pages that fail on any script error or content-policy report."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gumruk.cli.demo import add_people, enter_rates
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock

# Playwright's event loop lives in this thread; the ORM calls of fixtures are still made by one thread only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        launched = playwright.chromium.launch(executable_path=found, args=[*flags, "--disable-sync", "--no-first-run"])
        yield launched
        launched.close()


@pytest.fixture
def demo(transactional_db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody types a password here
    at = clock.now()
    enter_rates(clock.law_day(at), at)
    add_people(clock.law_day(at), at)
    LaneShare.objects.all().delete()  # no lane is drawn by chance


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer, demo: None) -> Iterator[Callable[..., Page]]:
    """Opens the site, signed in as a demonstration person (or as nobody), in a language and at a size."""
    faults: list[str] = []
    contexts = []

    def make(username: str, language: str, size: tuple[int, int] = (1366, 768), **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, base_url=live_server.url, **options)
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto("/sign-in")
        if username:
            page.click(f'button[name="username"][value="{username}"]')
            page.wait_for_url(lambda url: "/sign-in" not in url)  # the sign-in page has an h1 as well
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []
