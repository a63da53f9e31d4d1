"""Decisions on contacts: pure."""

from datetime import date, timedelta

from tragnetz.casework.enums import ContactKind

TALKS = frozenset(ContactKind) - {ContactKind.ALONE}  # what counts as a contact with somebody
MINUTES = {
    ContactKind.PHONE: 15, ContactKind.OFFICE: 60, ContactKind.HOME: 60, ContactKind.VIDEO: 45,
    ContactKind.ESCORT: 90, ContactKind.LETTER: 10, ContactKind.ALONE: 10,
}  # fmt: skip
FARTHEST = timedelta(days=366)


def day_fits(held_on: date, today: date) -> bool:
    """Whether a contact may be entered for a day: not to come, and not longer than a year ago."""
    return today - FARTHEST <= held_on <= today


def inserted(text: str, template: str) -> str:
    """Return a text with a template added on a line of its own."""
    return f"{text.rstrip()}\n{template}".lstrip()
