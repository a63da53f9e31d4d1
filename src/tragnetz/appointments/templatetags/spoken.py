"""Messages as they are spoken."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tragnetz.appointments.lines.rules import spoken_text
from tragnetz.core.texts import Texts, choose, spoken_language

register = template.Library()


@register.filter
def spoken(texts: Texts) -> str | SafeString:
    """Return a line's message in the page's language, with our address; German is marked where it stands in."""
    wanted = get_language() or "de"
    chosen = choose(texts, wanted)
    words = spoken_text(chosen.text, public_name())
    if chosen.language == spoken_language(wanted):
        return words
    return format_html('<span lang="{}" dir="ltr">{}</span>', chosen.language, words)


def public_name() -> str:
    """Return the name under which the public site is found, as one says it; empty where none is set."""
    return urlsplit(str(settings.TRAGNETZ_PUBLIC_URL)).netloc
