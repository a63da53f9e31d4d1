"""Template filters shared by all sites."""

from datetime import date
from typing import Any

from babel.dates import format_date, format_skeleton
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tragnetz.core.texts import Texts, choose, spoken_language

register = template.Library()


@register.filter
def text(texts: Texts | None) -> str | SafeString:
    """Return the text in the page's language; a German fallback is marked so that screen readers speak it right."""
    wanted = get_language() or "de"
    chosen = choose(texts, wanted)
    if not chosen.text or chosen.language == spoken_language(wanted):
        return chosen.text
    return format_html('<span lang="{}" dir="ltr">{}</span>', chosen.language, chosen.text)


@register.filter
def plain_text(texts: Texts | None) -> str:
    """Return the text in the page's language without any mark-up: for attributes and titles."""
    return choose(texts, get_language() or "de").text


@register.filter
def day(value: date) -> str:
    """Return weekday, day and month as the page's language writes them: `Dienstag, 24. November`."""
    found = format_skeleton("MMMMEEEEd", value, locale=spoken_language(get_language() or "de"))
    return str(found)


@register.filter
def iso_day(value: str) -> str:
    """Return a day kept as text (ISO 8601) as the page's language writes it: `24. November 2026`."""
    locale = spoken_language(get_language() or "de")
    return str(format_date(date.fromisoformat(value[:10]), "long", locale=locale))


@register.filter
def tel(phone: str) -> str:
    """Return a phone number as the target of a `tel:` link, in international form."""
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return "+49" + digits[1:] if digits.startswith("0") else digits


@register.filter
def get_item(mapping: dict[str, Any], key: str) -> Any:  # noqa: ANN401 -- a template map holds anything
    """Return one value of a map, or nothing."""
    return mapping.get(key)
