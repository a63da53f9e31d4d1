"""Pictures for README and handbook, made by the journeys: TRAGNETZ_SCREENSHOTS=1 renews docs/images.

`tests/architecture/test_docs.py` fails when a page shows a picture that no journey makes.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def shoot(page: Page, name: str, *, at: str = "") -> None:
    """Take a picture of what a person sees now: from the top of the page, or from the element `at`."""
    if os.environ.get("TRAGNETZ_SCREENSHOTS"):
        page.evaluate("window.scrollTo(0, 0)")
        if at:
            page.locator(at).first.evaluate("element => window.scrollBy(0, element.getBoundingClientRect().top - 16)")
        page.screenshot(path=IMAGES / f"{name}.png")
