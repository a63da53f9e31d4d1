"""What is foreseen, in one plain sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragnetz.benefits.changes import Cause
from tragnetz.core.amounts import grouped
from tragnetz.screening.household_words import benefit_name, household_in_words, month_in_words
from tragnetz.screening.outlook.contents import told_in
from tragnetz.screening.outlook.enums import ForeseenKind
from tragnetz.screening.outlook.models import Foreseen


def sentence(row: Foreseen, names: dict[str, str]) -> str:
    """Return what changes from when on, by how much and why."""
    told, name = told_in(row), benefit_name(row.benefit, names)
    month = date_format(row.month, "F Y")
    words = {"month": month, "name": name, "before": grouped(told.before), "after": grouped(told.after)}
    if row.kind == ForeseenKind.RENEW:
        return _("Bewilligt bis Ende %(month)s: %(name)s. Bitte rechtzeitig neu beantragen.") % words
    texts = {
        ForeseenKind.NEW: _("Ab %(month)s kommt voraussichtlich dazu: %(name)s, etwa %(after)s Euro im Monat"),
        ForeseenKind.LOST: _("Ab %(month)s fällt voraussichtlich weg: %(name)s, bisher etwa %(before)s Euro im Monat"),
        ForeseenKind.MORE: _("Ab %(month)s gibt es mehr: %(name)s, etwa %(after)s statt %(before)s Euro im Monat"),
        ForeseenKind.LESS: _("Ab %(month)s gibt es weniger: %(name)s, etwa %(after)s statt %(before)s Euro im Monat"),
    }
    why = _(" und ").join(filter(None, (_why(cause) for cause in told.causes)))
    told_text = texts[ForeseenKind(row.kind)] % words
    return f"{told_text}, {_('weil')} {why}." if why else f"{told_text}."


def _why(cause: Cause) -> str:
    if cause.kind == "law":
        return _("sich das Recht ändert")
    if cause.kind == "birthday":
        whose = {
            "self": _("die Person, die fragt, %d wird"),
            "partner": _("die Partnerin oder der Partner %d wird"),
            "child": _("ein Kind %d wird"),
        }
        return whose.get(cause.role, _("eine weitere Person %d wird")) % (cause.number or 0)
    if cause.name == "alg1_m":
        return _("das Arbeitslosengeld endet")
    return _("sich eine Angabe ändert")


def copy_in_words(content: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return all that a reduced copy holds: a line for each person, the home, what they share, and each grant."""
    lines = household_in_words(content["household"], names)
    for key, month in content["granted"].items():
        lines.append(f"{benefit_name(key, names)}: {_('bewilligt bis Ende')} {month_in_words(month)}")
    return "\n".join(lines)
