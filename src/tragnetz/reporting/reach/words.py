"""What is counted, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tragnetz.reporting.reach.cells import Unit

UNIT_NAMES: Mapping[Unit, object] = {
    "persons": _("Personen"),
    "households": _("Haushalte"),
    "families": _("Familien"),
    "children": _("Kinder"),
}
