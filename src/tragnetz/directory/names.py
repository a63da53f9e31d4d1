"""The names of what facts may be: keys of choices, districts, papers, situations, as people say them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose
from tragnetz.directory.models import Paper, Situation
from tragnetz.directory.questions import BENEFITS, EMPLOYMENT, HOUSING
from tragnetz.network.models import District, KeyedModel, Locality

NAMES: dict[str, Any] = {
    "bafoeg": "BAföG",
    "bab": _("Berufsausbildungsbeihilfe"),
    "krankengeld": _("Krankengeld"),
    "elterngeld": _("Elterngeld"),
    "unterhaltsvorschuss": _("Unterhaltsvorschuss"),
    "pflegegeld": _("Pflegegeld"),
    "pupil": _("Ich gehe zur Schule"),
    "unable_to_work": _("Ich kann auf Dauer nicht arbeiten"),
    "german": _("deutscher Pass"),
    "eu": _("Pass eines EU-Landes"),
    "permit": _("Aufenthaltserlaubnis"),
    "asylum": _("Asyl beantragt"),
    "tolerated": _("Duldung"),
} | {key: label for group in (EMPLOYMENT, HOUSING, BENEFITS) for key, label in group if key}

_ROWS: dict[str, tuple[type[KeyedModel], Callable[[Any], str]]] = {
    "district": (District, lambda row: str(row.name)),
    "locality": (Locality, lambda row: str(row.name)),
    "papers": (Paper, lambda row: choose(row.name, get_language() or "de").text),
    "situations": (Situation, lambda row: choose(row.name, get_language() or "de").text),
}
OF_THE_CITY = frozenset(_ROWS)  # facts whose values are rows of the network


def names_of(fact: str, keys: Iterable[str]) -> list[str]:
    """Return the names of values of a fact, in a steady order; an unknown key stands for itself."""
    wanted = sorted(keys)
    if fact not in _ROWS:
        return [str(NAMES.get(key, key)) for key in wanted]
    model, name = _ROWS[fact]
    known = {row.key: name(row) for row in model.objects.filter(key__in=wanted)}
    return [known.get(key, key) for key in wanted]


def values_of_city(fact: str) -> list[tuple[str, str]]:
    """Return all keys that a fact may have in this city, with their names."""
    model, name = _ROWS[fact]
    return [(row.key, name(row)) for row in model.objects.all()]
