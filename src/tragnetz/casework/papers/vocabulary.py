"""The one vocabulary of papers: those of the city's directory, and a few that no directory lists."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose
from tragnetz.directory.models import Paper


class CommonPaper(TextChoices):
    """Papers that come up in every case and that no claim asks for by a name of its own."""

    LETTER = "letter", _("Brief")
    CERTIFICATE = "certificate", _("andere Urkunde oder Zeugnis")
    CONTRACT = "contract", _("anderer Vertrag")
    OTHER = "other", _("etwas anderes")


def vocabulary(language: str = "de") -> dict[str, str]:
    """Return all papers by key with their names: those of the directory by name, then the common ones. One query."""
    listed = {key: choose(name, language).text for key, name in Paper.objects.values_list("key", "name")}
    ordered = dict(sorted(listed.items(), key=lambda one: one[1].casefold()))
    return ordered | {row.value: str(row.label) for row in CommonPaper if row.value not in listed}


def paper_titles(keys: Iterable[str], language: str = "de") -> dict[str, str]:
    """Return the names of papers by key; one that is no more in the directory is called by its key. One query."""
    wanted = set(keys)
    found = {row.value: str(row.label) for row in CommonPaper} | {
        key: choose(name, language).text
        for key, name in Paper.objects.filter(key__in=wanted).values_list("key", "name")
    }
    return {key: found.get(key, key) for key in wanted}


def is_paper(key: str) -> bool:
    """Whether a key is one of the vocabulary."""
    return key in CommonPaper.values or Paper.objects.filter(key=key).exists()
