"""A household of the law as people read it: each fact with its name, nothing as a code; German.

`tests/screening/test_household_words.py` walks the schema: a field or a value without words fails there.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.texts import NAMES

EURO, HOURS, MONTHS, WEEKS = (
    gettext_lazy("Euro"), gettext_lazy("Stunden"), gettext_lazy("Monate"), gettext_lazy("Wochen"),
)  # fmt: skip
ROLES = {
    "self": gettext_lazy("fragt selbst"),
    "partner": gettext_lazy("Partner oder Partnerin"),
    "child": gettext_lazy("Kind"),
    "other": gettext_lazy("weitere Person"),
}
# Of a person, of the home, of all together: what a fact is called.
PERSON = {
    "age": gettext_lazy("Alter"),
    "birth": gettext_lazy("geboren im Monat"),
    "wage_m": gettext_lazy("Lohn vor Abzügen im Monat"),
    "hours_w": gettext_lazy("Arbeit in der Woche"),
    "short_time": gettext_lazy("Kurzarbeit, Lohn im Monat"),
    "seeks_work": gettext_lazy("arbeitslos gemeldet"),
    "alg1_m": gettext_lazy("Arbeitslosengeld im Monat"),
    "net_wage_before_m": gettext_lazy("Nettolohn vorher im Monat"),
    "insured_months_of_30": gettext_lazy("versichert gearbeitet in den letzten 30 Monaten"),
    "old_age_pension_m": gettext_lazy("Altersrente im Monat"),
    "disability_pension_m": gettext_lazy("Erwerbsminderungsrente im Monat"),
    "elterngeld_m": gettext_lazy("Elterngeld im Monat"),
    "maintenance_m": gettext_lazy("Unterhalt im Monat"),
    "capital_income_y": gettext_lazy("Zinsen und Ähnliches im Jahr"),
    "assets": gettext_lazy("Erspartes"),
    "in_education": gettext_lazy("geht zur Schule oder Berufsschule"),
    "disability_degree": gettext_lazy("Grad der Behinderung"),
    "mark_g": gettext_lazy("Merkzeichen G"),
    "privately_insured": gettext_lazy("privat krankenversichert"),
    "tax_class": gettext_lazy("Steuerklasse"),
    "in_daycare": gettext_lazy("geht in Kita, Tagespflege oder OGS"),
    "training": gettext_lazy("Ausbildung"),
    "sick_weeks": gettext_lazy("krankgeschrieben seit"),
    "pregnant": gettext_lazy("schwanger"),
    "birth_due": gettext_lazy("Geburtstermin"),
    "parental_leave": gettext_lazy("in Elternzeit"),
    "care_level": gettext_lazy("Pflegegrad"),
    "residence": gettext_lazy("Aufenthalt"),
    "apart": gettext_lazy("rechnet für sich"),
}
HOME = {
    "kind": gettext_lazy("Wohnung"),
    "cold_rent_m": gettext_lazy("Miete ohne Heizung im Monat"),
    "heating_m": gettext_lazy("Heizkosten im Monat"),
    "size_m2": gettext_lazy("Größe der Wohnung"),
    "rent_level": gettext_lazy("Mietstufe"),
}
TOGETHER = {
    "married": gettext_lazy("verheiratet"),
    "basic_income_for_a_year": gettext_lazy("seit über einem Jahr Grundsicherungsgeld"),
    "receives": gettext_lazy("bekommt schon"),
}
NEVER_TOLD = frozenset({"id", "role", "parents"})  # who is meant stands before the facts; parents are told as roles
SHORT_TIME = {"full_m": gettext_lazy("ohne Kürzung"), "actual_m": gettext_lazy("gekürzt")}
UNITS: Mapping[str, Any] = {
    "age": gettext_lazy("Jahre"), "hours_w": HOURS, "insured_months_of_30": MONTHS, "sick_weeks": WEEKS,
    "size_m2": gettext_lazy("Quadratmeter"), "assets": EURO, "capital_income_y": EURO,
}  # fmt: skip
VALUES = {
    "training": {
        "none": gettext_lazy("keine"),
        "school": gettext_lazy("Schule"),
        "company": gettext_lazy("Ausbildung im Betrieb"),
        "university": gettext_lazy("Studium"),
    },
    "residence": {
        "german": gettext_lazy("deutscher Pass"),
        "eu": gettext_lazy("Pass eines EU-Landes"),
        "permit": gettext_lazy("Aufenthaltserlaubnis"),
        "asylum": gettext_lazy("Asyl beantragt"),
        "tolerated": gettext_lazy("Duldung"),
    },
    "kind": {
        "rent": gettext_lazy("zur Miete"),
        "own": gettext_lazy("Eigentum"),
        "with_others": gettext_lazy("bei anderen"),
        "shelter": gettext_lazy("in einer Unterkunft"),
        "homeless": gettext_lazy("ohne Wohnung"),
    },
}


def household_in_words(household: Mapping[str, Any], benefits: Mapping[str, str]) -> list[str]:
    """Return a household that was kept as JSON: a line for each person, one for the home, one for all together.

    `benefits` are the names of benefits by their keys.
    """
    lines = [", ".join(_person(person)) for person in household.get("persons", [])]
    lines.append(", ".join(_facts(household.get("housing", {}), HOME)))
    shared = {name: value for name, value in household.items() if name not in {"persons", "housing"}}
    received = shared.pop("receives", None)
    told = [*_facts(shared, TOGETHER)]
    if received:
        told.append(f"{TOGETHER['receives']}: {', '.join(benefit_name(key, benefits) for key in received)}")
    return [line for line in [*lines, ", ".join(told)] if line]


def names_of(book: Book) -> dict[str, str]:
    """Return the names of all benefits: those of the law, and those of the city's rules."""
    return NAMES | {rule.key: rule.format.name["de"] for rule in book.rules}


def benefit_name(key: str, names: Mapping[str, str]) -> str:
    """Return what a benefit is called; one that the rules do not know any more is told without its key."""
    return names.get(key) or _("eine Leistung, die es im Programm nicht mehr gibt")


def _person(facts: Mapping[str, Any]) -> Iterator[str]:
    yield str(ROLES.get(facts.get("role", ""), ROLES["other"]))
    yield from _facts(facts, PERSON)


def _facts(facts: Mapping[str, Any], names: Mapping[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if name in NEVER_TOLD:
            continue
        label = names.get(name) or _("eine Angabe aus einer älteren Fassung")
        values = value if isinstance(value, list) else [value]
        yield f"{label}: " + "; ".join(_dated(name, one) for one in values)


def _dated(name: str, one: Any) -> str:  # noqa: ANN401 -- JSON
    has_a_day = isinstance(one, Mapping) and set(one) <= {"value", "since"}
    text, since = _value(name, one.get("value") if has_a_day else one), one.get("since") if has_a_day else None
    return _("%(value)s (ab %(day)s)") % {"value": text, "day": day_in_words(since)} if since else text


def _value(name: str, value: Any) -> str:  # noqa: ANN401 -- JSON
    if value is None or (name in VALUES and value not in VALUES[name]):
        text = _("nicht bekannt")
    elif isinstance(value, bool):
        text = _("ja") if value else _("nein")
    elif isinstance(value, Mapping):
        told = (f"{SHORT_TIME.get(part, '')} {_number(part, amount)}" for part, amount in value.items())
        text = ", ".join(one.strip() for one in told)
    elif name in VALUES:
        text = str(VALUES[name][value])
    elif name == "birth":
        text = month_in_words(value)
    elif name == "birth_due":
        text = day_in_words(value)
    else:
        text = _number(name, value)
    return text


def _number(name: str, value: Any) -> str:  # noqa: ANN401 -- JSON
    if not isinstance(value, int | float):
        return str(value)
    if name.endswith("_m"):
        return euro_in_words(value)
    return f"{_plain(value)} {UNITS.get(name, '')}".strip()


def euro_in_words(amount: float | None) -> str:
    """Return an amount as people write it: "1.400,50 Euro", whole euros without cents."""
    return _("Betrag nicht bekannt") if amount is None else f"{_plain(amount)} {EURO}"


def _plain(value: float) -> str:
    return str(format_decimal(value, "#,##0" if float(value).is_integer() else "#,##0.00", locale="de"))


def month_in_words(day: str) -> str:
    """Return the month of a day that was kept as ISO text: "Oktober 2026"."""
    return format_date(date.fromisoformat(day), "MMMM y", locale="de")


def day_in_words(day: str) -> str:
    """Return a day that was kept as ISO text: "1. Oktober 2026"."""
    return format_date(date.fromisoformat(day), "d. MMMM y", locale="de")
