"""Rules as sentences that a person reads: what is met, what is not, what we would still ask."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tragnetz.directory.models import Service
from tragnetz.directory.queries import Match
from tragnetz.directory.questions import BENEFITS, CHOICES, EMPLOYMENT, HOUSING, NUMBERS
from tragnetz.eligibility.facts import Facts, clean_facts
from tragnetz.eligibility.rules import Condition, Truth, conditions, parse_rule
from tragnetz.network.models import District, Locality

TITLES = {
    Truth.YES: gettext_lazy("Das passt wahrscheinlich"),
    Truth.UNKNOWN: gettext_lazy("Das kann passen"),
    Truth.NO: gettext_lazy("Das passt eher nicht"),
}
_TRUE = {
    "rent_arrears": gettext_lazy("Sie haben Schulden bei der Miete"),
    "eviction_threat": gettext_lazy("Sie sollen die Wohnung verlieren"),
    "power_cut": gettext_lazy("Der Strom ist gesperrt oder eine Sperre droht"),
    "single_parent": gettext_lazy("Sie sind alleinerziehend"),
    "can_work_3h": gettext_lazy("Sie können mindestens drei Stunden am Tag arbeiten"),
    "insured_12_of_30": gettext_lazy("Sie waren in den letzten 30 Monaten mindestens 12 Monate versichert"),
    "cares_for_relative": gettext_lazy("Sie pflegen jemanden"),
    "pregnant": gettext_lazy("Sie sind schwanger"),
    "disability": gettext_lazy("Sie haben eine Schwerbehinderung"),
    "debts": gettext_lazy("Sie haben Schulden"),
    "violence": gettext_lazy("Sie erleben Gewalt"),
    "dismissal_received": gettext_lazy("Sie haben eine Kündigung bekommen"),
}
_SENTENCES = {
    "age": gettext_lazy("Sie sind mindestens %s Jahre alt"),
    "gross_wage": gettext_lazy("Der Lohn im Haushalt ist mindestens %s Euro vor Abzügen"),
    "care_level": gettext_lazy("Es gibt mindestens Pflegegrad %s"),
    "employment": gettext_lazy("Eins davon: %s"),
    "housing": gettext_lazy("Sie wohnen: %s"),
    "benefits": gettext_lazy("Sie bekommen: %s"),
}
_NUMBERS = {"age", "gross_wage", "care_level"}
_NAMES = {key: label for group in (EMPLOYMENT, HOUSING, BENEFITS) for key, label in group if key}


@dataclass(frozen=True, slots=True)
class Explained:
    """A match with its reasons in words."""

    match: Match
    met: list[str]
    failed: list[str]
    missing: list[str]


def explain(matches: list[Match]) -> list[tuple[Truth, str, list[Explained]]]:
    """Group matches by verdict, each with its reasons; groups without matches are left out."""
    groups = []
    for truth, title in TITLES.items():
        found = [_explained(match) for match in matches if match.verdict.truth is truth]
        if found:
            groups.append((truth, str(title), found))
    return groups


def _explained(match: Match) -> Explained:
    verdict = match.verdict
    return Explained(
        match,
        met=[sentence(condition) for condition in verdict.met],
        failed=[sentence(condition) for condition in verdict.failed],
        missing=list(dict.fromkeys(question(condition) for condition in verdict.missing)),
    )


def conditions_of(service: Service) -> list[str]:
    """Return all conditions of a service as sentences."""
    rule = parse_rule(service.prerequisites) if service.prerequisites else None
    return list(dict.fromkeys(sentence(condition) for condition in conditions(rule)))


def question(condition: Condition) -> str:
    """Return the question that would decide a condition."""
    if condition.fact in NUMBERS:
        return str(NUMBERS[condition.fact][0])
    if condition.fact in CHOICES:
        return str(CHOICES[condition.fact][0])
    if condition.fact == "benefits":
        return _("Was bekommen Sie schon?")
    if condition.fact == "care_level":
        return _("Gibt es schon einen Pflegegrad?")
    return sentence(condition) + "?"


def sentence(condition: Condition) -> str:
    """Return a condition as a sentence that must hold."""
    if condition.fact in _TRUE:
        wanted = bool(condition.value) != condition.negated
        return str(_TRUE[condition.fact]) if wanted else _("Nicht: %s") % _TRUE[condition.fact]
    text = _value_sentence(condition)
    return _("Nicht: %s") % text if condition.negated and condition.fact != "benefits" else text


def _value_sentence(condition: Condition) -> str:
    value = condition.value
    number = value if isinstance(value, int) else 0
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    names = ", ".join(str(_NAMES.get(key, key)) for key in keys)
    if condition.fact in {"district", "locality"}:
        return _("Sie wohnen in %s") % _place_name(condition.fact, str(value))
    if condition.fact == "age" and condition.operator == "at_most":
        return _("Sie sind höchstens %s Jahre alt") % number
    if condition.fact == "benefits" and condition.negated:
        return _("Sie bekommen nicht: %s") % names
    if condition.fact == "children":
        return ngettext("Bei Ihnen lebt mindestens %s Kind", "Bei Ihnen leben mindestens %s Kinder", number) % number
    return str(_SENTENCES[condition.fact]) % (number if condition.fact in _NUMBERS else names)


def _place_name(fact: str, key: str) -> str:
    model = District if fact == "district" else Locality
    found = model.objects.filter(key=key).values_list("name", flat=True).first()
    return str(found or key)


def known_facts(raw: Facts) -> list[tuple[str, str]]:
    """Return known facts as question and answer, in the order of the questions; for a case or a printed sheet."""
    facts = clean_facts(raw)
    rows = []
    for name, (label, _highest) in NUMBERS.items():
        if name in facts:
            rows.append((str(label), str(facts[name])))
    for name, (label, _choices) in CHOICES.items():
        if name in facts:
            rows.append((str(label), _answer(facts[name])))
    if "benefits" in facts:
        rows.append((_("Was bekommen Sie schon?"), _answer(facts["benefits"])))
    rows.extend(
        (label, _place_name(name, str(facts[name])))
        for name, label in (("district", _("Stadtbezirk")), ("locality", _("Ortsteil")))
        if name in facts
    )
    asked = {*NUMBERS, *CHOICES, "benefits", "district", "locality", "situations"}
    rows.extend(
        (str(_TRUE[name]), _answer(value)) for name, value in facts.items() if name in _TRUE and name not in asked
    )
    return rows


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    return ", ".join(str(_NAMES.get(key, key)) for key in keys)
