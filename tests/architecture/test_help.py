"""Where a staff page leads: „Hilfe“ to the section about it, a remark with its own name, each link to a page."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.architecture.test_matrix import PERSONAS
from tragnetz.staff.remarks.routes import route_of
from tragnetz.workspace.guide import book
from tragnetz.workspace.guide.topics import TOPICS

# Pages that every section may be about: the help itself, and the first page, which leads on.
ABOUT_ALL = {"workspace:help", "workspace:help_page", "workspace:help_keyboard"}
SHORTEST, STEM = 4, 5


def plain(text: str) -> list[str]:
    words = re.findall(r"[a-zäöüß]+", unescape(re.sub(r"<[^>]+>", " ", text)).casefold())
    return [word[:STEM] for word in words if len(word) >= SHORTEST]


def about(page: str) -> set[str]:
    """What a page is about: its title without the city's name, its headings, its tab, and where it leads back to."""
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].rpartition(" – ")[0]
    main = page[page.index("<main") : page.index("</main")]
    found = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", main, re.DOTALL)
    found += re.findall(r'<a [^>]*aria-current="page"[^>]*>(.*?)</a>', main, re.DOTALL)
    found += re.findall(r"<a [^>]*>(.*?)</a>", main, re.DOTALL)[:1]
    return {word for one in (title, *found) for word in plain(one)}


def section_of(name: str) -> str:
    """All that the section says to which a page leads."""
    place = TOPICS[name.removeprefix("workspace:")]
    page, _hash, slug = place.partition("#")
    (found,) = [one for one in book.page(page).sections if one.slug == slug]
    return f"{found.title} {found.words}"


@pytest.mark.parametrize("persona", PERSONAS)
def test_help_and_remark_of_each_page_belong_to_it(walked, persona):
    wrong = {}
    for name, answer in walked(persona).pages.items():
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        page = answer.words
        remark = f'href="{reverse("workspace:remark")}?seite={name.replace(":", "%3A")}"'
        if 'class="site-footer' in page and remark not in page:
            wrong[name] = "the remark does not name it"
        elif route_of(name) != name:
            wrong[name] = "the remark would lose its name"
        elif name.startswith("workspace:") and name not in ABOUT_ALL and not about(page) & {*plain(section_of(name))}:
            wrong[name] = f"the section says nothing of {sorted(about(page))}"

    assert wrong == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_link_of_a_page_leads_nowhere(walked, persona):
    dead = {address: status for address, status in walked(persona).linked.items() if status not in {200, 302}}

    assert dead == {}
