"""By what the figures can be narrowed, with the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.casework.models import Case
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import District, Membership, Organisation
from tragnetz.reporting.access import visible_programmes
from tragnetz.reporting.outcomes.filters import NAMES, SPLITS

LEAST_STAFF = 3  # an organisation with fewer counsellors is no group: its figures would be one person's


@dataclass(frozen=True, slots=True)
class Choices:
    """Names by key: of Stadtbezirke, topics, organisations, projects. `splits`: by which of them one may compare."""

    names: Mapping[str, Mapping[str, str]]
    years: range
    splits: tuple[str, ...]

    def name(self, kind: str, key: str) -> str:
        """Return what a key is called."""
        return self.names[kind].get(key, key) or _("nicht bekannt")


def choices_for(actor: Actor, year: int) -> Choices:
    """Return what an actor may choose. One query for each kind, and one for the first year."""
    members = Membership.objects.filter(roles__contains=[Role.COUNSELLOR], ended_on=None)
    staff = dict(members.order_by().values_list("organisation__key").annotate(number=Count("pk")))
    large = {key for key, number in staff.items() if number >= LEAST_STAFF}
    organisations = dict(
        Organisation.objects.filter(key__in=staff).order_by("short_name").values_list("key", "short_name")
    )
    names = {
        "bezirk": dict(District.objects.values_list("key", "name")),
        "thema": {row.key: choose(row.name, get_language() or "de").text for row in topics()},
        "organisation": {key: name for key, name in organisations.items() if key in large},
        "projekt": dict(visible_programmes(actor).values_list("key", "short_name")),
    }
    # If one group had to be left out, the sum would tell it: then nobody is compared.
    splits = SPLITS if set(staff) == large else tuple(name for name in SPLITS if name != "organisation")
    return Choices({name: names[name] for name in NAMES}, range(first_year(year), year + 1), splits)


def first_year(year: int) -> int:
    """Return the year of the first case, `year` without any."""
    first = Case.objects.order_by().aggregate(first=Min("opened_on"))["first"]
    return first.year if first else year
