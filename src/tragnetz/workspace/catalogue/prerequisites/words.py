"""What the editor of rules calls facts, comparisons, values and faults."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.directory.names import NAMES, OF_THE_CITY, names_of, values_of_city
from tragnetz.eligibility.editing import Fault
from tragnetz.eligibility.facts import FACTS, FactValue, Kind
from tragnetz.eligibility.rules import Condition

THEMES: list[tuple[Any, dict[str, Any]]] = [
    (
        gettext_lazy("Person"),
        {
            "age": gettext_lazy("Alter"),
            "residence": gettext_lazy("Pass oder Aufenthalt"),
            "pregnant": gettext_lazy("schwanger"),
            "school_leaving": gettext_lazy("hat einen Schulabschluss"),
            "vocational_degree": gettext_lazy("hat einen Berufsabschluss"),
            "foreign_degree": gettext_lazy("hat einen Abschluss aus dem Ausland"),
            "violence": gettext_lazy("erlebt Gewalt"),
            "situations": gettext_lazy("Lage"),
        },
    ),
    (
        gettext_lazy("Familie"),
        {
            "children": gettext_lazy("Kinder unter 25 im Haushalt"),
            "youngest_child_age": gettext_lazy("Alter des jüngsten Kindes"),
            "single_parent": gettext_lazy("alleinerziehend"),
            "partner": gettext_lazy("lebt mit Partner oder Partnerin"),
            "adults": gettext_lazy("Erwachsene im Haushalt"),
            "school_child": gettext_lazy("ein Kind geht zur Schule"),
            "daycare_child": gettext_lazy("ein Kind geht in die Kita"),
            "maintenance_received": gettext_lazy("der andere Elternteil zahlt Unterhalt"),
        },
    ),
    (
        gettext_lazy("Arbeit"),
        {
            "employment": gettext_lazy("Arbeit oder Ausbildung"),
            "registered_unemployed": gettext_lazy("arbeitslos gemeldet"),
            "unemployed_months": gettext_lazy("Monate ohne Arbeit"),
            "insured_12_of_30": gettext_lazy("war 12 von 30 Monaten versichert"),
            "can_work_3h": gettext_lazy("kann drei Stunden am Tag arbeiten"),
            "dismissal_received": gettext_lazy("hat eine Kündigung bekommen"),
            "wage_unpaid": gettext_lazy("bekommt vom Betrieb keinen Lohn mehr"),
        },
    ),
    (
        gettext_lazy("Wohnen"),
        {
            "housing": gettext_lazy("Wohnform"),
            "rent": gettext_lazy("Miete mit Heizung"),
            "rent_arrears": gettext_lazy("hat Schulden bei der Miete"),
            "eviction_threat": gettext_lazy("soll die Wohnung verlieren"),
            "power_cut": gettext_lazy("Stromsperre, oder sie droht"),
        },
    ),
    (
        gettext_lazy("Geld"),
        {
            "benefits": gettext_lazy("bekommt schon"),
            "gross_wage": gettext_lazy("Lohn im Haushalt vor Abzügen"),
            "net_income": gettext_lazy("Einkommen im Haushalt"),
            "wage_before": gettext_lazy("Lohn vorher"),
            "pension": gettext_lazy("Rente"),
            "maintenance": gettext_lazy("Unterhalt für die Kinder"),
            "assets": gettext_lazy("Erspartes"),
            "debts": gettext_lazy("hat Schulden"),
            "account_seized": gettext_lazy("Konto ist gepfändet"),
            "no_money_for_food": gettext_lazy("hat kein Geld für Essen"),
        },
    ),
    (
        gettext_lazy("Gesundheit und Pflege"),
        {
            "disability": gettext_lazy("hat eine Schwerbehinderung"),
            "long_illness": gettext_lazy("ist länger als sechs Wochen krank"),
            "blind_or_deaf": gettext_lazy("kann nicht sehen oder nicht hören"),
            "care_level": gettext_lazy("Pflegegrad"),
            "cares_for_relative": gettext_lazy("pflegt jemanden"),
        },
    ),
    (gettext_lazy("Ort"), {"district": gettext_lazy("Stadtbezirk"), "locality": gettext_lazy("Ortsteil")}),
    (gettext_lazy("Papiere"), {"papers": gettext_lazy("hat diese Papiere")}),
    (gettext_lazy("Warten"), {"can_wait_weeks": gettext_lazy("kann so lange warten")}),
]
LABELS: dict[str, Any] = {fact: label for _theme, facts in THEMES for fact, label in facts.items()}
GROUPS = {
    "all": gettext_lazy("Alles muss stimmen"),
    "any": gettext_lazy("Eins davon muss stimmen"),
    "not": gettext_lazy("Nichts davon darf stimmen"),
}
UNITS = {
    "age": gettext_lazy("Jahre"),
    "youngest_child_age": gettext_lazy("Jahre"),
    "unemployed_months": gettext_lazy("Monate"),
    "can_wait_weeks": gettext_lazy("Wochen"),
    **dict.fromkeys(
        ("rent", "gross_wage", "net_income", "wage_before", "pension", "maintenance"), gettext_lazy("Euro im Monat")
    ),
    "assets": gettext_lazy("Euro"),
}  # fmt: skip
_OPERATORS = {
    "at_least": gettext_lazy("mindestens"),
    "at_most": gettext_lazy("höchstens"),
    "is": gettext_lazy("ist"),
    "in": gettext_lazy("ist eins davon"),
    "includes": gettext_lazy("dieses"),
    "includes_any": gettext_lazy("eins davon"),
}
FAULTS = {
    Fault.NO_FACT: gettext_lazy("Bitte wählen Sie, worum es geht. Oder nehmen Sie die Zeile weg."),
    Fault.NO_VALUE: gettext_lazy("Hier fehlt noch die Angabe."),
    Fault.NO_NUMBER: gettext_lazy("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 18."),
    Fault.ONE_ONLY: gettext_lazy("Bitte wählen Sie nur eins. Oder wählen Sie „eins davon“."),
    Fault.UNFIT: gettext_lazy("Das passt nicht zusammen. Bitte wählen Sie neu."),
    Fault.TOO_DEEP: gettext_lazy("Zu viele Gruppen ineinander. Bitte holen Sie die Zeile weiter nach oben."),
}
_VALUES = NAMES | {
    "employed": gettext_lazy("hat Arbeit"),
    "short_time_work": gettext_lazy("in Kurzarbeit"),
    "notice_given": gettext_lazy("gekündigt, arbeitet noch"),
    "unemployed": gettext_lazy("arbeitslos"),
    "self_employed": gettext_lazy("selbstständig"),
    "training": gettext_lazy("in Ausbildung"),
    "student": gettext_lazy("im Studium"),
    "pupil": gettext_lazy("in der Schule"),
    "parental_leave": gettext_lazy("in Elternzeit"),
    "carer": gettext_lazy("pflegt und arbeitet nicht"),
    "pensioner": gettext_lazy("in Rente"),
    "sick_leave": gettext_lazy("lange krank"),
    "unable_to_work": gettext_lazy("kann auf Dauer nicht arbeiten"),
    "homeless": gettext_lazy("ohne Wohnung"),
}


def operator_label(fact: str, operator: str) -> str:
    """Return a comparison in words; numbers are `genau`, not `ist`."""
    if operator == "is" and FACTS[fact].kind is Kind.NUMBER:
        return _("genau")
    return str(_OPERATORS[operator])


def values_of(fact: str) -> list[tuple[str, str]]:
    """Return the values that a fact may have, with their names."""
    if fact in OF_THE_CITY:
        return values_of_city(fact)
    return [(key, str(_VALUES.get(key, key))) for key in FACTS[fact].values]


def short(condition: Condition, known: FactValue | None = None) -> str:
    """Return a condition in few words for a list, with what is known: `Alter: mindestens 40 Jahre (hier: 34)`."""
    fact = condition.fact
    label = str(LABELS[fact])
    if isinstance(condition.value, bool):
        wanted = condition.value != condition.negated
        said = label if wanted else _("nicht: %s") % label
    else:
        text = value_words(fact, condition.value)
        if FACTS[fact].kind is Kind.NUMBER or (isinstance(condition.value, frozenset) and len(condition.value) > 1):
            text = f"{operator_label(fact, condition.operator)} {text}"
        said = f"{label}: {_('nicht %s') % text if condition.negated else text}"
    return said if known is None or isinstance(known, bool) else f"{said} ({_('hier: %s') % value_words(fact, known)})"


def value_words(fact: str, value: FactValue) -> str:
    """Return the value of a fact in words."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    if isinstance(value, int):
        return f"{value} {UNITS.get(fact, '')}".strip()
    keys = sorted(value) if isinstance(value, frozenset) else [value]
    if fact in OF_THE_CITY:
        return ", ".join(names_of(fact, keys))
    return ", ".join(str(_VALUES.get(key, key)) for key in keys)
