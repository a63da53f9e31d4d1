"""What benefits are called: by the directory, else by the rules of the city, else by the law."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from tragnetz.benefits.texts import NAMES
from tragnetz.core.texts import choose
from tragnetz.directory.models import Service
from tragnetz.screening.rulebook import current_book

if TYPE_CHECKING:
    from tragnetz.casework.claims.models import Claim


def benefit_names(keys: Iterable[str], language: str = "de") -> dict[str, str]:
    """Return the names of benefits by their keys; one that nobody names any more is called by its key."""
    wanted = {key for key in keys if key}
    found = {
        key: choose(name, language).text
        for key, name in Service.objects.filter(key__in=wanted).values_list("key", "name")
    }
    if wanted - found.keys():
        rules = {rule.key: choose(rule.format.name, language).text for rule in current_book().rules}
        with override(language):
            found |= {
                key: rules.get(key) or (gettext(NAMES[key]) if key in NAMES else key) for key in wanted - found.keys()
            }
    return found


def name_of(claim: "Claim", names: Mapping[str, str]) -> str:
    """Return what a claim is called: by its benefit, else as somebody wrote it."""
    return names[claim.benefit] if claim.benefit else str(claim.title)
