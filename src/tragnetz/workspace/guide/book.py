"""The handbook: Markdown of this repository as safe HTML, by pages and their sections, and the words one finds them by.

HTML inside of the Markdown is shown as text, never run, and markdown-it refuses addresses such as `javascript:`.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

START = "README"
LANGUAGE = "de"  # the handbook speaks German, whatever language the address names
MOST_HITS = 20
TABLE = '<div class="table-scroll" role="region" aria-label="Tabelle {}" tabindex="0">'
CLASSES = {
    "paragraph_open": "kern-body",
    "bullet_list_open": "kern-list kern-list--bullet",
    "ordered_list_open": "kern-list kern-list--number",
    "list_item_open": "kern-body",
    "table_open": "kern-table kern-table--small",
    "thead_open": "kern-table__head",
    "tbody_open": "kern-table__body",
    "tr_open": "kern-table__row",
    "th_open": "kern-table__header",
    "td_open": "kern-table__cell",
}
HEADINGS = {"h1": "kern-heading-large", "h2": "kern-heading-medium", "h3": "kern-title"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
# In the order in which one reads them; what is not here is no page of the site (docs/handbook/en.md is for GitHub).
PAGES = ("telefon", "beratung", "planung", "partner", "verzeichnis", "projekt", "verwaltung", "datenschutz")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading of the second order: `words` is its plain text, for the search."""

    page: str
    page_title: str
    slug: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """One booklet: its title, its text as HTML, and its sections in order."""

    key: str
    title: str
    html: str
    sections: Sequence[Section]

    @property
    def short(self) -> str:
        """The title as far as its colon: what stands in a list."""
        return self.title.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that a search found, with the words around the first place."""

    section: Section
    excerpt: str
    rank: int


def page(key: str) -> Page | None:
    """Return a page of the handbook, or nothing when there is none of that name."""
    return _read(key) if key == START or key in PAGES else None


def pages() -> list[Page]:
    """Return all booklets in order, without the first page."""
    return [_read(key) for key in PAGES]


def picture(name: str) -> Path | None:
    """Return a picture that the handbook shows, or nothing: no other file is ever given away."""
    return _pictures().get(name)


def search(words: str) -> list[Hit]:
    """Return the sections in which each word occurs (in any form that begins alike), the nearest first."""
    terms = [term for term in _plain(words).split() if len(term) > 1]
    if not terms:
        return []
    hits = []
    for one in (section for book in [_read(START), *pages()] for section in book.sections):
        title, text = _plain(one.title), _plain(one.words)
        if all(_stem(term) in title or _stem(term) in text for term in terms):
            rank = sum(20 * (_stem(term) in title) + min(text.count(_stem(term)), 9) for term in terms)
            hits.append(Hit(one, _excerpt(one.words, terms), rank))
    return sorted(hits, key=lambda hit: -hit.rank)[:MOST_HITS]


def slug_of(title: str) -> str:
    """Return the anchor of a heading."""
    return slugify(title.translate(UMLAUTS))


@cache
def _read(key: str) -> Page:
    text = (settings.TRAGNETZ_HANDBOOK / f"{key}.md").read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, heading = key, ("", "")
    found: list[tuple[str, str, list[str]]] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _words_of(tokens[number + 1])
            token.attrJoin("class", HEADINGS.get(token.tag, "kern-title"))
            if token.tag == "h1":
                title = words
            elif token.tag == "h2":
                heading = (slug_of(words), words)
                token.attrSet("id", heading[0])
                found.append((*heading, []))
        elif token.type in CLASSES:
            token.attrJoin("class", CLASSES[token.type])
        elif token.type == "inline":
            _fit(token)
            if found and tokens[number - 1].type != "heading_open":
                found[-1][2].append(_words_of(token))
    sections = [Section(key, title, slug, words, " ".join(texts)) for slug, words, texts in found]
    # A table may be wider than a phone: it scrolls by itself, the page does not.
    html = parser.renderer.render(tokens, parser.options, {})
    numbers = count(1)
    html = re.sub("<table", lambda _found: f"{TABLE.format(next(numbers))}<table", html)
    html = html.replace("</table>", "</table></div>")
    return Page(key, title, html, sections)


def _fit(inline: Token) -> None:
    """Lead links to pages of this site, pictures to our address, and make a link of an address in code."""
    fitted: list[Token] = []
    open_links: list[bool] = []
    for child in inline.children or []:
        if child.type == "link_open":
            target = _address(str(child.attrGet("href") or ""))
            open_links.append(bool(target))
            if not target:
                continue  # a page for developers: its name stays, as text
            child.attrSet("href", target)
            child.attrJoin("class", "kern-link")
        elif child.type == "link_close":
            if not open_links.pop():
                continue
        elif child.type == "image":
            name = Path(str(child.attrGet("src") or "")).stem
            child.attrSet("src", _in_german("workspace:help_picture", name))
            child.attrSet("loading", "lazy")
            for side, length in zip(("width", "height"), _size(name), strict=True):
                child.attrSet(side, length)  # else the text jumps when the picture comes
            child.attrJoin("class", "guide__picture")
        elif child.type == "code_inline" and (address := _page_address(child.content)):
            fitted += _link(address, child)
            continue
        fitted.append(child)
    inline.children = fitted


def _size(name: str) -> tuple[int, int]:
    """Return width and height of a picture in pixels, as its PNG header says; 0 for one that is not there."""
    file = settings.TRAGNETZ_HANDBOOK.parent / "images" / f"{name}.png"
    if not file.exists():
        return 0, 0
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    return width, height


def _link(address: str, inner: Token) -> Iterator[Token]:
    opening, closing = Token("link_open", "a", 1), Token("link_close", "a", -1)
    opening.attrSet("href", address)
    opening.attrSet("class", "kern-link")
    yield from (opening, inner, closing)


def _address(href: str) -> str:
    """Return where a link of the Markdown leads to on the site; nothing for what is no page of it."""
    file, _hash, anchor = href.partition("#")
    if "://" in file:
        return href if file.startswith("https://") else ""
    name = Path(file).stem
    if Path(file).suffix == ".md" and "/" not in file and (name in PAGES or name == START):
        target = _in_german("workspace:help") if name == START else _in_german("workspace:help_page", name)
        return f"{target}#{anchor}" if anchor else target
    return f"#{anchor}" if anchor and not file else ""


def _page_address(code: str) -> str:
    """Return the address of a page that the handbook names in code; nothing for anything else."""
    if not re.fullmatch(r"/[a-z]+/[a-z/-]*", code):
        return ""
    address = f"/{LANGUAGE}{code}"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


def _in_german(name: str, *arguments: str) -> str:
    """Return an address with German in front: what is kept of a page must not depend on who asked first."""
    address = reverse(name, args=arguments)
    return re.sub(r"^/[a-z-]+/", f"/{LANGUAGE}/", address)


def _words_of(inline: Token) -> str:
    return "".join(child.content or " " for child in inline.children or []).strip()


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.casefold().translate(UMLAUTS)).strip()


def _stem(term: str) -> str:
    """Return how a word begins, so that „Fristen“ finds „Frist“: a German ending is cut off long words."""
    return re.sub(r"(en|er|es|e|n|s)$", "", term) if len(term) > 5 else term  # noqa: PLR2004 -- shorter ones lose too much


def _excerpt(text: str, terms: Sequence[str]) -> str:
    """Return the words around the first place where a term stands."""
    words = text.split()
    first = next((number for number, word in enumerate(words) if any(_stem(t) in _plain(word) for t in terms)), 0)
    start, end = max(first - 8, 0), first + 18
    return f"{'… ' if start else ''}{' '.join(words[start:end])}{' …' if end < len(words) else ''}"


@cache
def _pictures() -> dict[str, Path]:
    texts = [(settings.TRAGNETZ_HANDBOOK / f"{key}.md").read_text(encoding="utf-8") for key in (START, *PAGES)]
    names = {name for text in texts for name in re.findall(r"images/([\w-]+)\.png", text)}
    folder = settings.TRAGNETZ_HANDBOOK.parent / "images"
    return {name: folder / f"{name}.png" for name in names if (folder / f"{name}.png").exists()}
