"""Template filters shared by all sites."""

import re
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tragnetz.core.clock import now
from tragnetz.core.days import locale_of, written_day
from tragnetz.core.texts import SOURCE_LANGUAGE, Texts, choose, spoken_language

register = template.Library()
_YEAR = re.compile(r",? y(\s*'[^']*'\.)?")  # in a pattern of CLDR, with the word for "year" after it


@register.filter
def text(texts: Texts | None) -> str | SafeString:
    """Return the text in the page's language; a German fallback is marked so that screen readers speak it right."""
    wanted = get_language() or "de"
    chosen = choose(texts, wanted)
    if not chosen.text or chosen.language == spoken_language(wanted):
        return chosen.text
    return format_html('<span lang="{}" dir="ltr">{}</span>', chosen.language, chosen.text)


@register.filter
def german(words: object) -> str | SafeString:
    """Return German words (names of offices, streets, laws) marked as such where the page speaks another language.

    A screen reader then speaks them as German, and they keep their order within a line from right to left.
    """
    words = str(words or "")
    if not words or spoken_language(get_language() or "de") == SOURCE_LANGUAGE:
        return words
    return format_html('<span lang="{}" dir="ltr">{}</span>', SOURCE_LANGUAGE, words)


@register.filter
def plain_text(texts: Texts | None) -> str:
    """Return the text in the page's language without any mark-up: for attributes and titles."""
    return choose(texts, get_language() or "de").text


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """Return weekday, day and month as the page's language writes them, in short: `Di., 24. November`."""
    found = format_skeleton("MMMMEEEEd", value, locale=locale_of(spoken_language(get_language() or "de")))
    return str(found)


@register.filter(expects_localtime=True)
def full_day(value: date) -> str:
    """Return weekday, day and month in full: `Dienstag, 24. November`."""
    locale = locale_of(spoken_language(get_language() or "de"))
    with_year = Locale.parse(locale).date_formats["full"].pattern
    return str(format_date(value, _YEAR.sub("", with_year), locale=locale))


@register.filter(expects_localtime=True)
def coming_day(value: datetime) -> str:
    """Return `full_day`, or "heute" for an instant of today: nobody has to look up which day it is."""
    return gettext("heute") if value.date() == now().astimezone(value.tzinfo).date() else full_day(value)


@register.filter(expects_localtime=True)
def long_day(value: date | None) -> str:
    """Return day, month and year as the page's language writes them: `24. November 2026`; nothing without a day.

    Django's own formats say the month as it is called alone: `24. Ноябрь`, not `24 ноября`.
    """
    return written_day(value, spoken_language(get_language() or "de")) if value else ""


@register.filter(expects_localtime=True)
def month_day(value: date) -> str:
    """Return day and month as the page's language writes them: `24. November`."""
    return str(format_skeleton("MMMMd", value, locale=locale_of(spoken_language(get_language() or "de"))))


@register.filter
def iso_day(value: str) -> str:
    """Return a day kept as text (ISO 8601) as the page's language writes it: `24. November 2026`."""
    return long_day(date.fromisoformat(value[:10]))


@register.filter
def tel(phone: str) -> str:
    """Return a phone number as the target of a `tel:` link, in international form."""
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return "+49" + digits[1:] if digits.startswith("0") else digits


@register.filter
def get_item(mapping: dict[str, Any], key: str) -> Any:  # noqa: ANN401 -- a template map holds anything
    """Return one value of a map, or nothing."""
    return mapping.get(key)
