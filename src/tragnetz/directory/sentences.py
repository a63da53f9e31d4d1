"""Rules as sentences that a person reads: what is met, what is not, what we would still ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tragnetz.directory.models import Service
from tragnetz.directory.names import NAMES, names_of
from tragnetz.directory.queries import Match
from tragnetz.directory.questions import (
    AMOUNTS,
    CHECK_CHOICES,
    CHECK_NUMBERS,
    CHOICES,
    NUMBERS,
    OTHERS,
)
from tragnetz.eligibility.facts import FACTS, Facts, FactValue, Kind, clean_facts
from tragnetz.eligibility.rules import Condition, Rule, Truth, parse_rule

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
_FALSE = {
    "partner": gettext_lazy("Sie leben ohne Partner oder Partnerin"),
    "rent_arrears": gettext_lazy("Sie haben keine Schulden bei der Miete"),
    "eviction_threat": gettext_lazy("Ihre Wohnung ist nicht in Gefahr"),
    "power_cut": gettext_lazy("Der Strom ist nicht gesperrt, und keine Sperre droht"),
    "single_parent": gettext_lazy("Sie sind nicht alleinerziehend"),
    "can_work_3h": gettext_lazy("Sie können weniger als drei Stunden am Tag arbeiten"),
    "insured_12_of_30": gettext_lazy("Sie waren in den letzten 30 Monaten weniger als 12 Monate versichert"),
    "cares_for_relative": gettext_lazy("Sie pflegen niemanden"),
    "pregnant": gettext_lazy("Sie sind nicht schwanger"),
    "disability": gettext_lazy("Sie haben keine Schwerbehinderung"),
    "debts": gettext_lazy("Sie haben keine Schulden"),
    "violence": gettext_lazy("Sie erleben keine Gewalt"),
    "dismissal_received": gettext_lazy("Sie haben keine Kündigung bekommen"),
    "registered_unemployed": gettext_lazy("Sie sind nicht arbeitslos gemeldet"),
    "wage_unpaid": gettext_lazy("Der Betrieb zahlt den Lohn"),
    "account_seized": gettext_lazy("Ihr Konto ist nicht gepfändet"),
    "no_money_for_food": gettext_lazy("Sie haben Geld für Essen"),
    "maintenance_received": gettext_lazy("Der andere Elternteil zahlt keinen Unterhalt"),
    "blind_or_deaf": gettext_lazy("Sie können sehen und hören"),
    "long_illness": gettext_lazy("Sie sind nicht länger als sechs Wochen krank"),
    "foreign_degree": gettext_lazy("Sie haben keinen Abschluss aus dem Ausland"),
    "school_child": gettext_lazy("Kein Kind geht zur Schule"),
    "daycare_child": gettext_lazy("Kein Kind geht in die Kita"),
    "school_leaving": gettext_lazy("Sie haben keinen Schulabschluss"),
    "vocational_degree": gettext_lazy("Sie haben keinen Berufsabschluss"),
}
# What is compared with a number: the sentence takes the comparison ("mindestens 3").
_QUANTITIES = {
    "age": gettext_lazy("Ihr Alter in Jahren ist %s"),
    "adults": gettext_lazy("Erwachsene in Ihrem Haushalt: %s"),
    "children": gettext_lazy("Kinder in Ihrem Haushalt: %s"),
    "gross_wage": gettext_lazy("Der Lohn im Haushalt vor Abzügen ist %s Euro"),
    "net_income": gettext_lazy("Das Einkommen im Haushalt ist %s Euro"),
    "rent": gettext_lazy("Die Miete mit Heizung ist %s Euro"),
    "assets": gettext_lazy("Sie haben %s Euro gespart"),
    "wage_before": gettext_lazy("Der Lohn vorher war %s Euro"),
    "pension": gettext_lazy("Ihre Rente im Monat ist %s Euro"),
    "maintenance": gettext_lazy("Der Unterhalt für die Kinder im Monat ist %s Euro"),
    "care_level": gettext_lazy("Der Pflegegrad ist %s"),
    "can_wait_weeks": gettext_lazy("So viele Wochen können Sie warten: %s"),
}
_COMPARED = {
    ("at_least", False): gettext_lazy("mindestens %s"),
    ("at_most", False): gettext_lazy("höchstens %s"),
    ("is", False): gettext_lazy("genau %s"),
    ("at_least", True): gettext_lazy("weniger als %s"),
    ("at_most", True): gettext_lazy("mehr als %s"),
    ("is", True): gettext_lazy("nicht genau %s"),
}
# Comparisons that people say in words of their own.
_OWN_WORDS = {
    ("age", "at_least", False): gettext_lazy("Sie sind mindestens %s Jahre alt"),
    ("age", "at_most", False): gettext_lazy("Sie sind höchstens %s Jahre alt"),
    ("age", "is", False): gettext_lazy("Sie sind %s Jahre alt"),
    ("age", "at_least", True): gettext_lazy("Sie sind jünger als %s Jahre"),
    ("age", "at_most", True): gettext_lazy("Sie sind älter als %s Jahre"),
    ("care_level", "at_least", False): gettext_lazy("Es gibt mindestens Pflegegrad %s"),
    ("can_wait_weeks", "at_least", False): gettext_lazy("Sie können so lange warten: %s Wochen"),
}
# One value of a choice: that it is so, and that it is not.
_CHOSEN = {
    "employed": (gettext_lazy("Sie haben Arbeit"), gettext_lazy("Sie haben keine Arbeit")),
    "short_time_work": (gettext_lazy("Sie sind in Kurzarbeit"), gettext_lazy("Sie sind nicht in Kurzarbeit")),
    "notice_given": (
        gettext_lazy("Ihnen wurde gekündigt und Sie arbeiten noch"),
        gettext_lazy("Ihre Stelle ist nicht gekündigt"),
    ),
    "unemployed": (gettext_lazy("Sie sind arbeitslos"), gettext_lazy("Sie sind nicht arbeitslos")),
    "self_employed": (gettext_lazy("Sie sind selbstständig"), gettext_lazy("Sie sind nicht selbstständig")),
    "training": (gettext_lazy("Sie machen eine Ausbildung"), gettext_lazy("Sie machen keine Ausbildung")),
    "student": (gettext_lazy("Sie studieren"), gettext_lazy("Sie studieren nicht")),
    "pupil": (gettext_lazy("Sie gehen zur Schule"), gettext_lazy("Sie gehen nicht zur Schule")),
    "parental_leave": (gettext_lazy("Sie sind in Elternzeit"), gettext_lazy("Sie sind nicht in Elternzeit")),
    "carer": (
        gettext_lazy("Sie pflegen und arbeiten nicht"),
        gettext_lazy("Sie sind nicht wegen Pflege ohne Arbeit"),
    ),
    "pensioner": (gettext_lazy("Sie bekommen Rente"), gettext_lazy("Sie bekommen keine Rente")),
    "sick_leave": (gettext_lazy("Sie sind lange krank"), gettext_lazy("Sie sind nicht lange krank")),
    "unable_to_work": (
        gettext_lazy("Sie können auf Dauer nicht arbeiten"),
        gettext_lazy("Sie sind nicht auf Dauer arbeitsunfähig"),
    ),
    "rent": (gettext_lazy("Sie wohnen zur Miete"), gettext_lazy("Sie wohnen nicht zur Miete")),
    "own": (
        gettext_lazy("Sie wohnen im eigenen Haus oder der eigenen Wohnung"),
        gettext_lazy("Sie wohnen nicht im eigenen Haus oder der eigenen Wohnung"),
    ),
    "with_others": (gettext_lazy("Sie wohnen bei anderen"), gettext_lazy("Sie wohnen nicht bei anderen")),
    "shelter": (gettext_lazy("Sie wohnen in einer Unterkunft"), gettext_lazy("Sie wohnen nicht in einer Unterkunft")),
    "homeless": (gettext_lazy("Sie haben keine Wohnung"), gettext_lazy("Sie haben eine Wohnung")),
    "german": (gettext_lazy("Sie haben einen deutschen Pass"), gettext_lazy("Sie haben keinen deutschen Pass")),
    "eu": (
        gettext_lazy("Sie haben den Pass eines EU-Landes"),
        gettext_lazy("Sie haben keinen Pass eines EU-Landes"),
    ),
    "permit": (
        gettext_lazy("Sie haben eine Aufenthaltserlaubnis"),
        gettext_lazy("Sie haben keine Aufenthaltserlaubnis"),
    ),
    "asylum": (gettext_lazy("Sie haben Asyl beantragt"), gettext_lazy("Sie haben kein Asyl beantragt")),
    "tolerated": (gettext_lazy("Sie haben eine Duldung"), gettext_lazy("Sie haben keine Duldung")),
}
# What may be one of several: that it is so, and that it is not.
_LISTED = {
    "benefits": (gettext_lazy("Sie bekommen: %s"), gettext_lazy("Sie bekommen nicht: %s")),
    "district": (gettext_lazy("Sie wohnen in %s"), gettext_lazy("Sie wohnen nicht in %s")),
    "locality": (gettext_lazy("Sie wohnen in %s"), gettext_lazy("Sie wohnen nicht in %s")),
    "papers": (gettext_lazy("Sie haben dieses Papier: %s"), gettext_lazy("Sie haben nicht dieses Papier: %s")),
    "situations": (gettext_lazy("Ihre Lage: %s"), gettext_lazy("Nicht Ihre Lage: %s")),
}
# How sentences begin that go on within another: German capitals are nouns and the polite address but for these words;
# in other languages only these keep theirs.
_GERMAN_OPENERS = frozenset({"Das", "Der", "Die", "Ein", "Es", "Kein", "Nicht", "So"})
_ALWAYS_CAPITAL = frozenset({"Alman", "Duldung", "Państwa", "Państwo", "Państwu"})


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
    return requirements(parse_rule(service.prerequisites) if service.prerequisites else None)


def requirements(rule: Rule | None, places: Mapping[str, str] | None = None) -> list[Requirement]:
    """Return all conditions of a rule in words, as residents read them; `places` as in `sentence`."""
    return [] if rule is None else _requirements(rule, places, negated=False)


def in_short(rule: Rule | None, places: Mapping[str, str]) -> list[str]:
    """Return the conditions of a rule as one sentence each."""
    return [_joined(f" {_('oder')} ", one.choices) or one.text for one in requirements(rule, places)]


def _requirements(rule: Rule, places: Mapping[str, str] | None, *, negated: bool) -> list[Requirement]:
    if isinstance(rule, Condition):
        return [Requirement(sentence(replace(rule, negated=negated), places), [])]
    if rule.kind == "not":
        return _requirements(rule.rules[0], places, negated=not negated)
    parts = [_requirements(part, places, negated=negated) for part in rule.rules]
    if (rule.kind == "all") != negated:
        return [requirement for part in parts for requirement in part]
    choices = [_joined(f" {_('und')} ", [_plain(requirement) for requirement in part]) for part in parts]
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
    """Return a condition as a sentence that must hold; `places` are names of places (and more), if read already."""
    value = condition.value
    if condition.fact in _TRUE:
        wanted = bool(value) != condition.negated
        return str((_TRUE if wanted else _FALSE)[condition.fact])
    if FACTS[condition.fact].kind is Kind.NUMBER:
        return _quantity(condition, value if isinstance(value, int) else 0)
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    if condition.fact in _LISTED:
        if places is not None and (condition.fact in {"district", "locality"} or places.keys() >= set(keys)):
            named = [places.get(key, key) for key in keys]
        else:
            named = names_of(condition.fact, keys)
        names = f" {_('oder')} ".join(named)
        return str(_LISTED[condition.fact][condition.negated]) % names
    joined = _(" und ") if condition.negated else _(" oder ")
    return _joined(joined, [str(_CHOSEN[key][condition.negated]) if key in _CHOSEN else key for key in keys])


def _joined(word: str, sentences: list[str]) -> str:
    """Return sentences as one; those after the first begin small, as within a sentence."""
    return word.join(_continued(text) if number else text for number, text in enumerate(sentences))


def _continued(text: str) -> str:
    first, language = text.split(" ", 1)[0], get_language() or "de"
    german_name = language.startswith("de") and first not in _GERMAN_OPENERS
    if german_name or first in _ALWAYS_CAPITAL or first[1:2].isupper():
        return text
    small = {"İ": "i", "I": "ı"}.get(text[:1], text[:1].lower()) if language == "tr" else text[:1].lower()
    return small + text[1:]


def stated(facts: Facts, places: Mapping[str, str]) -> list[str]:
    """Return what is known of a household as sentences; only what is said there, nothing of what is unknown."""
    return [_stated(fact, value, places) for fact, value in facts.items()]


def _stated(fact: str, value: FactValue, places: Mapping[str, str]) -> str:
    if isinstance(value, frozenset) and not value:
        return _("Sie bekommen keine dieser Leistungen")
    return sentence(Condition(fact, "is", value), places)


def _quantity(condition: Condition, number: int) -> str:
    asked, written = (condition.fact, condition.operator, condition.negated), _written(number)
    if asked == ("children", "at_least", False):
        return ngettext("Bei Ihnen lebt mindestens %s Kind", "Bei Ihnen leben mindestens %s Kinder", number) % written
    if asked == ("children", "is", False) and number == 0:
        return _("Bei Ihnen leben keine Kinder")
    if asked in _OWN_WORDS:
        return str(_OWN_WORDS[asked]) % written
    compared = str(_COMPARED.get((condition.operator, condition.negated), "%s")) % written
    if condition.fact == "youngest_child_age":
        return ngettext("Das jüngste Kind ist %s Jahr alt", "Das jüngste Kind ist %s Jahre alt", number) % compared
    if condition.fact == "unemployed_months":
        return ngettext("Sie sind seit %s Monat ohne Arbeit", "Sie sind seit %s Monaten ohne Arbeit", number) % compared
    return str(_QUANTITIES[condition.fact]) % compared


def _written(number: FactValue) -> str:
    """Return a number as the page's language writes it: `1.200`."""
    return number_format(str(number), use_l10n=True, force_grouping=True)


def known_facts(raw: Facts) -> list[tuple[str, str]]:
    """Return known facts as question and answer, in the order of the questions; for a case or a printed sheet."""
    facts = clean_facts(raw)
    rows = []
    for name, (label, _highest) in (NUMBERS | AMOUNTS | CHECK_NUMBERS).items():
        if name in facts:
            rows.append((str(label), _written(facts[name])))
    for name, (label, _choices) in (CHOICES | CHECK_CHOICES).items():
        if name in facts:
            rows.append((str(label), _answer(facts[name])))
    if "benefits" in facts:
        rows.append((_("Was bekommen Sie schon?"), _answer(facts["benefits"])))
    rows.extend(
        (label, names_of(name, [str(facts[name])])[0])
        for name, label in (("district", _("Stadtbezirk")), ("locality", _("Ortsteil")))
        if name in facts
    )
    papers = facts.get("papers")
    if isinstance(papers, frozenset):
        rows.append((str(OTHERS["papers"]), ", ".join(names_of("papers", papers))))
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
        (str(OTHERS[name]), _written(value))
        for name, value in facts.items()
        if FACTS[name].kind is Kind.NUMBER and name not in asked
    )
    rows.extend(
        (str(_TRUE[name]), _answer(value)) for name, value in facts.items() if name in _TRUE and name not in asked
    )
    return rows


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    return ", ".join(str(NAMES.get(key, key)) for key in keys)
