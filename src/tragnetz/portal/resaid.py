"""A page in another language with what somebody typed on it so far: nothing is sent, judged or lost."""

from django import forms
from django.http import HttpRequest

ANOTHER_LANGUAGE = "sprache"  # what the menu of languages sends with the form of a page


def only_reads_on(request: HttpRequest) -> bool:
    """Whether a form came only to be read on in another language."""
    return ANOTHER_LANGUAGE in request.POST


def as_typed[FormT: forms.Form](form: FormT) -> FormT:
    """Return a form as it stands, without a word about what is still missing in it."""
    form.full_clean()
    form.errors.clear()
    return form
