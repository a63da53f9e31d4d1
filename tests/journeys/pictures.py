"""Pictures for README and handbook, made by the journeys: `make pictures` renews docs/images.

Beside each picture stands what its page said (docs/images/said): headings, menu, labels and buttons, without what
changes from day to day. The journey compares it in each run, so that no picture shows a page that has changed since.
`tests/architecture/test_docs.py` fails when a page shows a picture that no journey makes.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest
from playwright.sync_api import Page

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
# What holds a page together, in its order: words of people, tables and amounts are left out, they differ by day, and
# what a line of the telephone says, what cannot wait and which times are free, which differs by the hour.
SAID = """() => {
  const kinds = [['h1, h2', 'heading'], ['nav a', 'menu'], ['label, legend', 'label'], ['button, summary', 'button']];
  const found = [];
  for (const one of document.querySelectorAll(kinds.map(([select]) => select).join(', '))) {
    const kind = kinds.find(([select]) => one.matches(select))[1];
    if (!one.checkVisibility() || one.closest('.line, .presence, .urgent') || one.querySelector('[name=slot]')) continue;
    const copy = one.cloneNode(true);
    copy.querySelectorAll('input, select, textarea, svg').forEach((each) => each.remove());
    const text = copy.textContent.replace(/\\s+/g, ' ').trim();
    if (text) found.push(`${kind}: ${text}`);
  }
  return found;
}"""
DAYS = re.compile(
    r"\b(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|[Hh]eute|[Üü]bermorgen|[Gg]estern|Mo|Di|Mi|Do|Fr|Sa|So|"
    r"Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    r"Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\b[.,]?"
)
NUMBERS = re.compile(r"\d[\d.,:/-]*")


# Chromium as the tests have it speaks English alone: its fields for days and files stand as a German one shows them.
GERMAN = """() => {
  for (const one of document.querySelectorAll('input[type=date]')) {
    const [year, month, day] = one.value.split('-');
    one.type = 'text';
    one.dataset.picture = one.value;
    one.value = day ? `${day}.${month}.${year}` : 'tt.mm.jjjj';
  }
  for (const one of document.querySelectorAll('input[type=file]')) {
    if (one.files.length) continue;
    one.type = 'text';
    one.dataset.picture = 'file';
    one.value = 'Datei auswählen: keine ausgewählt';
  }
}"""
AS_IT_WAS = """() => {
  for (const one of document.querySelectorAll('[data-picture]')) {
    const kept = one.dataset.picture;
    one.removeAttribute('data-picture');
    one.value = '';
    one.type = kept === 'file' ? 'file' : 'date';
    if (kept !== 'file') one.value = kept;
  }
}"""


def shoot(page: Page, name: str, *, at: str = "") -> None:
    """Take a picture of what a person sees now, from the top of the page or from the element `at`, or compare with it.

    With TRAGNETZ_SCREENSHOTS the picture and what its page said are written. Else the test fails where the page says
    something else than it did when the picture was made.
    """
    lines, kept = said(page), IMAGES / "said" / f"{name}.txt"
    if os.environ.get("TRAGNETZ_SCREENSHOTS"):
        page.evaluate("window.scrollTo(0, 0)")
        if at:
            page.locator(at).first.evaluate("element => window.scrollBy(0, element.getBoundingClientRect().top - 16)")
        page.evaluate(GERMAN)
        page.screenshot(path=IMAGES / f"{name}.png")
        page.evaluate(AS_IT_WAS)
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif changed := aged(lines, kept):
        pytest.fail(f"The picture docs/images/{name}.png is old: its page says something else now. `make pictures` "
                    f"renews it.\n{changed}", pytrace=False)  # fmt: skip


def said(page: Page) -> list[str]:
    """Return what a page says in a form that is the same every day; what stands there several times, once."""
    found: list[str] = page.evaluate(SAID)
    return list(dict.fromkeys(lasting(one) for one in found))


def lasting(text: str) -> str:
    """Return a text without its days and numbers."""
    return " ".join(NUMBERS.sub("0", DAYS.sub("Tag", text)).split())


def aged(lines: list[str], kept: Path) -> str:
    """Return what has changed since a picture was made; empty when nothing has."""
    before = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    return "\n".join(unified_diff(before, lines, "picture", "page", lineterm="", n=0))
