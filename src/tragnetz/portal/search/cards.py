"""The cards of what a search found: made once, kept until the directory changes or what they tell is no longer so."""

from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.translation import get_language

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.directory.listing import Listed

MOST_CARDS = 5_000  # some 8 MB


class Card(NamedTuple):
    """A service as it is shown. Between both parts the page tells why it was found: that differs by what was typed."""

    row: Listed
    top: str
    badges: str


_PARTS: Shelf[tuple[Any, ...], tuple[str, str]] = Shelf(MOST_CARDS)


def cards(rows: list[Listed], chosen_day: str, kept: Kept) -> list[Card]:
    """Return the cards of services in the page's language; `chosen_day` is the day when they must be open, in words."""
    language = get_language()
    keys = [(language, chosen_day, *row.looks) for row in rows]
    by_key = dict(zip(keys, rows, strict=True))
    made = kept.many(_PARTS, keys, lambda missing: {key: _parts(by_key[key], chosen_day) for key in missing})
    return [Card(row, *made[key]) for key, row in zip(keys, rows, strict=True)]


def _parts(row: Listed, chosen_day: str) -> tuple[str, str]:
    context = {"row": row, "service": row.service, "chosen_day": chosen_day}
    return get_template("portal/search/card.html").render(context), get_template("portal/badges.html").render(context)
