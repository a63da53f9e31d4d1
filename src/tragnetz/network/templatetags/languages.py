"""Template filter of languages."""

from django import template

from tragnetz.network import languages

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the page's language."""
    return languages.language_name(code)
