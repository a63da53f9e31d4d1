"""Rules as sentences that a person reads: what is met, what is not, what we would still ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tragnetz.directory.models import Service
from tragnetz.directory.queries import Match
from tragnetz.directory.questions import (
    AMOUNTS,
    BENEFITS,
    CHECK_CHOICES,
    CHECK_NUMBERS,
    CHOICES,
    EMPLOYMENT,
    HOUSING,
    NUMBERS,
    OTHERS,
)
from tragnetz.eligibility.facts import Facts, FactValue, clean_facts
from tragnetz.eligibility.rules import Condition, Rule, Truth, parse_rule
from tragnetz.network.models import District, Locality

TITLES = {
    Truth.YES: gettext_lazy("Das passt wahrscheinlich"),
    Truth.UNKNOWN: gettext_lazy("Das kann passen"),
    Truth.NO: gettext_lazy("Das passt eher nicht"),
}
_TRUE = {
    "partner": gettext_lazy("Sie leben mit einem Partner oder einer Partnerin zusammen"),
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
    "registered_unemployed": gettext_lazy("Sie sind arbeitslos gemeldet"),
    "wage_unpaid": gettext_lazy("Der Betrieb zahlt keinen Lohn mehr"),
    "account_seized": gettext_lazy("Ihr Konto ist gepfändet"),
    "no_money_for_food": gettext_lazy("Sie haben kein Geld für Essen"),
    "maintenance_received": gettext_lazy("Der andere Elternteil zahlt Unterhalt"),
    "blind_or_deaf": gettext_lazy("Sie können nicht sehen oder nicht hören"),
    "long_illness": gettext_lazy("Sie sind länger als sechs Wochen krank"),
    "foreign_degree": gettext_lazy("Sie haben einen Abschluss aus dem Ausland"),
    "school_child": gettext_lazy("Ein Kind geht zur Schule"),
    "daycare_child": gettext_lazy("Ein Kind geht in die Kita"),
    "school_leaving": gettext_lazy("Sie haben einen Schulabschluss"),
    "vocational_degree": gettext_lazy("Sie haben einen Berufsabschluss"),
}
_QUANTITIES = {
    "adults": gettext_lazy("Erwachsene im Haushalt"),
    "youngest_child_age": gettext_lazy("Alter des jüngsten Kindes"),
    "unemployed_months": gettext_lazy("Monate ohne Arbeit"),
    "gross_wage": gettext_lazy("Lohn im Haushalt vor Abzügen, in Euro"),
    "net_income": gettext_lazy("Einkommen im Haushalt, in Euro"),
    "rent": gettext_lazy("Miete mit Heizung, in Euro"),
    "assets": gettext_lazy("Erspartes, in Euro"),
    "children": gettext_lazy("Kinder im Haushalt"),
    "wage_before": gettext_lazy("Lohn vorher, in Euro"),
    "pension": gettext_lazy("Rente im Monat, in Euro"),
}
_SENTENCES = {
    "age": gettext_lazy("Sie sind mindestens %s Jahre alt"),
    "care_level": gettext_lazy("Es gibt mindestens Pflegegrad %s"),
    "employment": gettext_lazy("Eins davon: %s"),
    "housing": gettext_lazy("Sie wohnen: %s"),
    "benefits": gettext_lazy("Sie bekommen: %s"),
    "residence": gettext_lazy("Ihr Aufenthalt: %s"),
    "situations": gettext_lazy("Ihre Lage: %s"),
}
_NUMBERS = {"age", "care_level"}
_EXACT = {"age": gettext_lazy("Alter in Jahren"), "care_level": gettext_lazy("Pflegegrad")}
_NAMES = {
    "bafoeg": "BAföG",
    "bab": gettext_lazy("Berufsausbildungsbeihilfe"),
    "krankengeld": gettext_lazy("Krankengeld"),
    "elterngeld": gettext_lazy("Elterngeld"),
    "unterhaltsvorschuss": gettext_lazy("Unterhaltsvorschuss"),
    "pflegegeld": gettext_lazy("Pflegegeld"),
    "pupil": gettext_lazy("Ich gehe zur Schule"),
    "unable_to_work": gettext_lazy("Ich kann auf Dauer nicht arbeiten"),
    "german": gettext_lazy("deutscher Pass"),
    "eu": gettext_lazy("Pass eines EU-Landes"),
    "permit": gettext_lazy("Aufenthaltserlaubnis"),
    "asylum": gettext_lazy("Asyl beantragt"),
    "tolerated": gettext_lazy("Duldung"),
} | {key: label for group in (EMPLOYMENT, HOUSING, BENEFITS) for key, label in group if key}


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


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition as a sentence, or several of which one is enough (`choices`)."""

    text: str
    choices: list[str]


def requirements_of(service: Service) -> list[Requirement]:
    """Return all conditions of a service in words; where one of several is enough, they stand together."""
    return conditions_in_words(parse_rule(service.prerequisites) if service.prerequisites else None)


def conditions_in_words(rule: Rule | None, places: Mapping[str, str] | None = None) -> list[Requirement]:
    """Return all conditions of a rule in words; where one of several is enough, they stand together."""
    return [] if rule is None else _requirements(rule, places, negated=False)


def in_short(rule: Rule | None, places: Mapping[str, str]) -> list[str]:
    """Return the conditions of a rule as one sentence each."""
    either = f" {_('oder')} "
    return [either.join(one.choices) or one.text for one in conditions_in_words(rule, places)]


def _requirements(rule: Rule, places: Mapping[str, str] | None, *, negated: bool) -> list[Requirement]:
    if isinstance(rule, Condition):
        return [Requirement(sentence(replace(rule, negated=negated), places), [])]
    if rule.kind == "not":
        return _requirements(rule.rules[0], places, negated=not negated)
    parts = [_requirements(part, places, negated=negated) for part in rule.rules]
    if (rule.kind == "all") != negated:
        return [requirement for part in parts for requirement in part]
    choices = [f" {_('und')} ".join(_plain(requirement) for requirement in part) for part in parts]
    return [Requirement(_("Eins davon muss stimmen:"), list(dict.fromkeys(choices)))]


def _plain(requirement: Requirement) -> str:
    return " / ".join(requirement.choices) if requirement.choices else requirement.text


def question(condition: Condition) -> str:
    """Return the question that would decide a condition."""
    if condition.fact in NUMBERS:
        return str(NUMBERS[condition.fact][0])
    if condition.fact in CHOICES:
        return str(CHOICES[condition.fact][0])
    return str(OTHERS[condition.fact])


def sentence(condition: Condition, places: Mapping[str, str] | None = None) -> str:
    """Return a condition as a sentence that must hold; `places` are the names of places, if read already."""
    if condition.fact in _TRUE:
        wanted = bool(condition.value) != condition.negated
        return str(_TRUE[condition.fact]) if wanted else _("Nicht: %s") % _TRUE[condition.fact]
    text = _value_sentence(condition, places)
    return _("Nicht: %s") % text if condition.negated and condition.fact != "benefits" else text


def stated(facts: Facts, places: Mapping[str, str]) -> list[str]:
    """Return what is known of a household as sentences; only what is said there, nothing of what is unknown."""
    return [_stated(fact, value, places) for fact, value in facts.items()]


def _stated(fact: str, value: FactValue, places: Mapping[str, str]) -> str:
    if fact in _QUANTITIES or fact in _NUMBERS:
        return f"{_QUANTITIES.get(fact) or _EXACT[fact]}: {value}"
    if isinstance(value, frozenset) and not value:
        return _("Sie bekommen keine dieser Leistungen")
    if fact == "employment":
        return str(_NAMES.get(str(value), value))
    return sentence(Condition(fact, "is", value), places)


def _value_sentence(condition: Condition, places: Mapping[str, str] | None) -> str:
    value = condition.value
    number = value if isinstance(value, int) else 0
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    names = ", ".join(str(_NAMES.get(key, key)) for key in keys)
    if condition.fact in {"district", "locality"}:
        return _("Sie wohnen in %s") % _listed([_place_name(condition.fact, key, places) for key in keys])
    if condition.fact == "age" and condition.operator == "at_most":
        return _("Sie sind höchstens %s Jahre alt") % number
    if condition.fact == "benefits" and condition.negated:
        return _("Sie bekommen nicht: %s") % names
    if condition.fact in _QUANTITIES and (condition.fact != "children" or condition.operator != "at_least"):
        least = (
            _("%(what)s: höchstens %(number)s")
            if condition.operator == "at_most"
            else _("%(what)s: mindestens %(number)s")
        )
        return least % {"what": _QUANTITIES[condition.fact], "number": number}
    if condition.fact == "children":
        return ngettext("Bei Ihnen lebt mindestens %s Kind", "Bei Ihnen leben mindestens %s Kinder", number) % number
    return str(_SENTENCES[condition.fact]) % (number if condition.fact in _NUMBERS else names)


def _listed(names: list[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else _("%(first)s oder %(last)s")
        % {
            "first": ", ".join(names[:-1]),
            "last": names[-1],
        }
    )


def _place_name(fact: str, key: str, places: Mapping[str, str] | None = None) -> str:
    if places is not None:
        return places.get(key, key)
    model = District if fact == "district" else Locality
    found = model.objects.filter(key=key).values_list("name", flat=True).first()
    return str(found or key)


def known_facts(raw: Facts) -> list[tuple[str, str]]:
    """Return known facts as question and answer, in the order of the questions; for a case or a printed sheet."""
    facts = clean_facts(raw)
    rows = []
    for name, (label, _highest) in (NUMBERS | AMOUNTS | CHECK_NUMBERS).items():
        if name in facts:
            rows.append((str(label), str(facts[name])))
    for name, (label, _choices) in (CHOICES | CHECK_CHOICES).items():
        if name in facts:
            rows.append((str(label), _answer(facts[name])))
    if "benefits" in facts:
        rows.append((_("Was bekommen Sie schon?"), _answer(facts["benefits"])))
    rows.extend(
        (label, _place_name(name, str(facts[name])))
        for name, label in (("district", _("Stadtbezirk")), ("locality", _("Ortsteil")))
        if name in facts
    )
    asked = {
        *NUMBERS,
        *AMOUNTS,
        *CHECK_NUMBERS,
        *CHOICES,
        *CHECK_CHOICES,
        "benefits",
        "district",
        "locality",
        "situations",
    }
    rows.extend(
        (str(_TRUE[name]), _answer(value)) for name, value in facts.items() if name in _TRUE and name not in asked
    )
    return rows


def answer_name(key: str) -> str:
    """Return an answer that one can choose in words."""
    return str(_NAMES.get(key, key))


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    return ", ".join(answer_name(key) for key in keys)
