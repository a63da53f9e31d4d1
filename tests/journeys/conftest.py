"""A real browser on a real server. Without chromium the tests are skipped, loudly; in CI that is a failure."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import handlers
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.database import has_room
from tests.factories import make_network

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's own event loop runs in this thread
expect.set_options(timeout=20_000)  # a busy machine may take its time; a right page ends the wait at once
PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# The first has no windows, which none of us sees: half the work of the others.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for two seconds: to make its scripts fast, on threads beside it, took a fifth of the browser's work.
    "--js-flags=--no-opt --no-maglev --single-threaded-gc",
]


class KeptFiles(handlers.StaticFilesHandler):
    """Lets a browser keep styles and fonts, as in real use: else it asks for each of them again on every page."""

    def get_response(self, request):
        response = super().get_response(request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response


@pytest.fixture(scope="session", autouse=True)
def _kept_files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", KeptFiles)  # before the first `live_server` takes it
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        if os.environ.get("TRAGNETZ_REQUIRE_BROWSER"):
            pytest.fail("No chromium: the browser tests must not be skipped here.")
        pytest.skip("NO CHROMIUM: BROWSER TESTS SKIPPED")
    with sync_playwright() as playwright:
        # Where memory has room for them, its pieces need not be files on a disk.
        left_out = ["--disable-dev-shm-usage"] if has_room() else []
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS, ignore_default_args=left_out)
        yield started
        started.close()


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page, and wait until that page is complete.

    Without the wait the next look may meet a page that is still being read: seen on a slow machine.
    """
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@pytest.fixture
def site(live_server, committed_herne):
    return live_server.url


@pytest.fixture
def small_site(live_server, transactional_db):
    """A small network, for journeys that need no city."""
    make_network()
    return live_server.url
