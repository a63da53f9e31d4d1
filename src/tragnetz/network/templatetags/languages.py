"""Names of languages, and a page in another one."""

from django import template
from django.urls import reverse
from django.utils.translation import override

from tragnetz.network import languages

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the page's language."""
    return languages.language_name(code)


@register.simple_tag
def page_in(code: str, name: str) -> str:
    """Return the address of a page of the site in another language."""
    with override(code):
        return reverse(name)
