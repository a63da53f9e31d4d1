"""What is foreseen, in one plain sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragnetz.benefits.changes import Cause
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.texts import NAMES
from tragnetz.screening.outlook.contents import told_in
from tragnetz.screening.outlook.enums import ForeseenKind
from tragnetz.screening.outlook.models import Foreseen

MORE_FACTS = {
    "assets": "Vermögen",
    "alg1_m": "Arbeitslosengeld im Monat",
    "net_wage_before_m": "Nettolohn vorher im Monat",
    "insured_months_of_30": "Monate mit Beiträgen",
    "maintenance_m": "Unterhalt im Monat",
    "old_age_pension_m": "Altersrente im Monat",
    "disability_pension_m": "Erwerbsminderungsrente im Monat",
    "size_m2": "Wohnfläche",
    "rent_level": "Mietstufe",
    "apart": "rechnet für sich",
}


def names_of(book: Book) -> dict[str, str]:
    """Return the names of all benefits that an outlook may name."""
    return {
        **{key: str(name) for key, name in NAMES.items()},
        **{rule.key: rule.format.name["de"] for rule in book.rules},
    }


def sentence(row: Foreseen, names: dict[str, str]) -> str:
    """Return what changes from when on, by how much and why."""
    told, name = told_in(row), names.get(row.benefit, row.benefit)
    month = date_format(row.month, "F Y")
    words = {"month": month, "name": name, "before": told.before, "after": told.after}
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


def copy_in_words(content: Mapping[str, Any]) -> str:
    """Return all that a reduced copy holds, a line for each person, for the home, and for what was granted."""
    household = content["household"]
    lines = [", ".join(_told(person)) for person in household["persons"]]
    lines.append(", ".join(_told(household.get("housing", {}))))
    lines += [f"{NAMES.get(key, key)}: {_('bewilligt bis')} {month[:7]}" for key, month in content["granted"].items()]
    return "\n".join(filter(None, lines))


def _told(facts: Mapping[str, Any]) -> Iterator[str]:
    roles = {"self": _("fragt selbst"), "partner": _("Partner oder Partnerin"), "child": _("Kind")}
    for name, value in facts.items():
        if name == "role":
            yield str(roles.get(value, _("weitere Person")))
        elif name == "birth":
            yield f"{_('geboren')} {value[:7]}"
        elif name not in {"id", "kind"}:
            label = FACTS[name].meaning if name in FACTS else MORE_FACTS.get(name, name)
            dated = value if isinstance(value, list) else [{"value": value}]
            yield f"{label}: " + "; ".join(_dated(one) for one in dated if isinstance(one, Mapping))


def _dated(one: Mapping[str, Any]) -> str:
    value = one.get("value")
    if isinstance(value, bool):
        value = _("ja") if value else _("nein")
    return f"{value} ({_('ab')} {one['since']})" if one.get("since") else str(value)
