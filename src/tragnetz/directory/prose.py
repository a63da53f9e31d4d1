"""A whole rule as one or two German sentences, as a colleague would say them: who an offer is for, and who not.

German only: relative clauses are no matter of single translated words. Pages mark the text as German. The sentences
that residents read, condition by condition and in each language, are in `sentences`.
"""

from dataclasses import dataclass, replace

from django.utils.translation import override

from tragnetz.core.amounts import grouped
from tragnetz.directory.names import names_of
from tragnetz.eligibility.facts import FACTS, Kind
from tragnetz.eligibility.rules import Condition, Group, Rule

EVERYBODY = "Für alle Menschen."

# Clauses after "Menschen, die …": that it is so, and that it is not.
_CLAUSES = {
    "partner": ("mit einem Partner oder einer Partnerin zusammenleben", "ohne Partner oder Partnerin leben"),
    "single_parent": ("alleinerziehend sind", "nicht alleinerziehend sind"),
    "pregnant": ("schwanger sind", "nicht schwanger sind"),
    "school_child": ("ein Kind in der Schule haben", "kein Kind in der Schule haben"),
    "daycare_child": ("ein Kind in der Kita haben", "kein Kind in der Kita haben"),
    "registered_unemployed": ("arbeitslos gemeldet sind", "nicht arbeitslos gemeldet sind"),
    "insured_12_of_30": (
        "in den letzten 30 Monaten mindestens 12 Monate versichert waren",
        "in den letzten 30 Monaten weniger als 12 Monate versichert waren",
    ),
    "can_work_3h": (
        "mindestens drei Stunden am Tag arbeiten können",
        "weniger als drei Stunden am Tag arbeiten können",
    ),
    "dismissal_received": ("eine Kündigung bekommen haben", "keine Kündigung bekommen haben"),
    "wage_unpaid": ("vom Betrieb keinen Lohn mehr bekommen", "vom Betrieb ihren Lohn bekommen"),
    "rent_arrears": ("Schulden bei der Miete haben", "keine Schulden bei der Miete haben"),
    "eviction_threat": ("ihre Wohnung verlieren sollen", "ihre Wohnung nicht verlieren sollen"),
    "power_cut": (
        "von einer Stromsperre betroffen oder bedroht sind",
        "nicht von einer Stromsperre betroffen oder bedroht sind",
    ),
    "debts": ("Schulden haben", "keine Schulden haben"),
    "account_seized": ("ein gepfändetes Konto haben", "kein gepfändetes Konto haben"),
    "no_money_for_food": ("kein Geld für Essen haben", "Geld für Essen haben"),
    "violence": ("Gewalt erleben", "keine Gewalt erleben"),
    "maintenance_received": (
        "vom anderen Elternteil Unterhalt bekommen",
        "vom anderen Elternteil keinen Unterhalt bekommen",
    ),
    "cares_for_relative": ("jemanden pflegen", "niemanden pflegen"),
    "disability": ("eine Schwerbehinderung haben", "keine Schwerbehinderung haben"),
    "blind_or_deaf": ("nicht sehen oder nicht hören können", "sehen und hören können"),
    "long_illness": ("länger als sechs Wochen krank sind", "nicht länger als sechs Wochen krank sind"),
    "foreign_degree": ("einen Abschluss aus dem Ausland haben", "keinen Abschluss aus dem Ausland haben"),
    "school_leaving": ("einen Schulabschluss haben", "keinen Schulabschluss haben"),
    "vocational_degree": ("einen Berufsabschluss haben", "keinen Berufsabschluss haben"),
}
_CHOICES = {
    "employed": ("Arbeit haben", "keine Arbeit haben"),
    "short_time_work": ("in Kurzarbeit sind", "nicht in Kurzarbeit sind"),
    "notice_given": ("in einer gekündigten Stelle arbeiten", "nicht in einer gekündigten Stelle arbeiten"),
    "unemployed": ("arbeitslos sind", "nicht arbeitslos sind"),
    "self_employed": ("selbstständig sind", "nicht selbstständig sind"),
    "training": ("eine Ausbildung machen", "keine Ausbildung machen"),
    "student": ("studieren", "nicht studieren"),
    "pupil": ("zur Schule gehen", "nicht zur Schule gehen"),
    "parental_leave": ("in Elternzeit sind", "nicht in Elternzeit sind"),
    "carer": ("wegen Pflege ohne Arbeit sind", "nicht wegen Pflege ohne Arbeit sind"),
    "pensioner": ("in Rente sind", "nicht in Rente sind"),
    "sick_leave": ("lange krank sind", "nicht lange krank sind"),
    "unable_to_work": ("auf Dauer nicht arbeiten können", "nicht auf Dauer arbeitsunfähig sind"),
    "rent": ("zur Miete wohnen", "nicht zur Miete wohnen"),
    "own": ("im eigenen Haus oder der eigenen Wohnung wohnen", "nicht im eigenen Haus oder der eigenen Wohnung wohnen"),
    "with_others": ("bei anderen wohnen", "nicht bei anderen wohnen"),
    "shelter": ("in einer Unterkunft wohnen", "nicht in einer Unterkunft wohnen"),
    "homeless": ("keine Wohnung haben", "eine Wohnung haben"),
    "german": ("einen deutschen Pass haben", "keinen deutschen Pass haben"),
    "eu": ("den Pass eines EU-Landes haben", "keinen Pass eines EU-Landes haben"),
    "permit": ("eine Aufenthaltserlaubnis haben", "keine Aufenthaltserlaubnis haben"),
    "asylum": ("Asyl beantragt haben", "kein Asyl beantragt haben"),
    "tolerated": ("eine Duldung haben", "keine Duldung haben"),
}
# {} is a comparison: "mindestens 18", "weniger als 25".
_AMOUNTS = {
    "age": "{} Jahre alt sind",
    "adults": "mit {} Erwachsenen in einem Haushalt leben",
    "children": "{} Kinder im Haushalt haben",
    "unemployed_months": "seit {} Monaten ohne Arbeit sind",
    "gross_wage": "im Haushalt {} Euro Lohn vor Abzügen haben",
    "net_income": "im Haushalt {} Euro Einkommen haben",
    "rent": "{} Euro Miete mit Heizung zahlen",
    "assets": "{} Euro gespart haben",
    "wage_before": "vorher {} Euro Lohn hatten",
    "pension": "{} Euro Rente im Monat bekommen",
    "maintenance": "{} Euro Unterhalt für die Kinder im Monat bekommen",
    "can_wait_weeks": "{} Wochen warten können",
    "youngest_child_age": "{} Jahre alt ist",
    "care_level": "{} gibt",
}
_PRONOUNS = {"youngest_child_age": "deren jüngstes Kind", "care_level": "bei denen es"}
_NONE = {
    "children": "keine Kinder im Haushalt haben",
    "assets": "nichts gespart haben",
    "care_level": "keinen Pflegegrad gibt",
}
_AGES = {
    ("at_least", True): "jünger als {} Jahre sind",
    ("at_most", True): "älter als {} Jahre sind",
    ("is", False): "{} Jahre alt sind",
}
_ONE = {
    "age": "{}ein Jahr alt sind",
    "adults": "mit {}einem Erwachsenen in einem Haushalt leben",
    "children": "{}ein Kind im Haushalt haben",
    "youngest_child_age": "{}ein Jahr alt ist",
    "unemployed_months": "seit {}einem Monat ohne Arbeit sind",
    "can_wait_weeks": "{}eine Woche warten können",
}
_LISTS = {
    "benefits": ("{} bekommen", "{} nicht bekommen", "weder {} bekommen"),
    "district": ("in {} wohnen", "nicht in {} wohnen", "weder in {} wohnen"),
    "locality": ("in {} wohnen", "nicht in {} wohnen", "weder in {} wohnen"),
    "papers": ("{} haben", "{} nicht haben", "weder {} haben"),
    "situations": ("{} als ihre Lage nennen", "{} nicht als ihre Lage nennen", "weder {} als ihre Lage nennen"),
}
_QUOTED = {"papers", "situations"}


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands after "Menschen, ": the pronoun and the rest; `mixed` when it holds words of its own for and, or."""

    pronoun: str
    text: str
    mixed: bool = False


def rule_sentence(rule: Rule | None) -> str:
    """Return the sentences that say for whom a rule holds, and for whom not."""
    with override("de"):
        return EVERYBODY if rule is None else _sentence(rule)


def _sentence(rule: Rule) -> str:
    together = list(_together(_inward(rule, negated=False)))
    excluded = [part for part in together if isinstance(part, Condition) and _is_exclusion(part)]
    simple = [part for part in together if isinstance(part, Condition) and part not in excluded]
    choices = [part for part in together if isinstance(part, Group)]
    sentences: list[str] = []
    for clauses, word in (
        ([_clause(part) for part in simple], "und"),
        *(([_inner(part) for part in choice.rules], "oder") for choice in choices),
    ):
        if clauses:
            start = "Und nur für Menschen" if sentences else "Für Menschen"
            sentences.append(f"{start}, {_joined(clauses, word)}.")
    if excluded:
        clauses = [_clause(replace(part, negated=False)) for part in excluded]
        start = "Nicht für Menschen" if sentences else "Für alle außer Menschen"
        sentences.append(f"{start}, {_joined(clauses, 'oder')}.")
    return " ".join(sentences)


def _inward(rule: Rule, *, negated: bool) -> Rule:
    """Return a rule in which only conditions are negated, De Morgan's way, and a choice of several is `any`."""
    if isinstance(rule, Condition):
        found = replace(rule, negated=negated)
        if not isinstance(rule.value, frozenset) or FACTS[rule.fact].kind is not Kind.CHOICE or len(rule.value) == 1:
            return found
        single = tuple(replace(found, operator="is", value=value) for value in sorted(rule.value))
        return Group("all" if negated else "any", single)
    if rule.kind == "not":
        return _inward(rule.rules[0], negated=not negated)
    every = (rule.kind == "all") != negated
    parts = tuple(_inward(part, negated=negated) for part in rule.rules)
    kind = "all" if every else "any"
    flat = [inner for part in parts for inner in (part.rules if _is(part, kind) else (part,))]  # type: ignore[union-attr]  # _is tells a group
    return flat[0] if len(flat) == 1 else Group(kind, tuple(dict.fromkeys(flat)))


def _is(rule: Rule, kind: str) -> bool:
    return isinstance(rule, Group) and rule.kind == kind


def _together(rule: Rule) -> tuple[Rule, ...]:
    return rule.rules if isinstance(rule, Group) and rule.kind == "all" else (rule,)


def _is_exclusion(condition: Condition) -> bool:
    """Whether "nicht für Menschen, die …" says it better than a negated clause."""
    return condition.negated and FACTS[condition.fact].kind not in {Kind.NUMBER, Kind.BOOLEAN}


def _inner(rule: Rule) -> _Clause:
    if isinstance(rule, Condition):
        return _clause(rule)
    word = "und zugleich" if rule.kind == "all" else "oder"
    parts = [_inner(part) for part in rule.rules]
    whole = _joined(parts, word)
    if any(part.mixed for part in parts):
        whole = f"({whole})"
    return _Clause("", whole, mixed=True)


def _joined(clauses: list[_Clause], word: str) -> str:
    """Join clauses; the pronoun is said again where it changes, or where a part has its own and, or."""
    said, before = [], None
    mixed = any(clause.mixed for clause in clauses)
    for clause in clauses:
        again = mixed or clause.pronoun != before
        said.append(f"{clause.pronoun} {clause.text}".strip() if again else clause.text)
        before = clause.pronoun
    said = list(dict.fromkeys(said))
    if mixed:
        return f", {word} ".join(said)
    return _series(said, word)


def _clause(condition: Condition) -> _Clause:
    fact, value = condition.fact, condition.value
    if fact in _CLAUSES:
        return _Clause("die", _CLAUSES[fact][bool(value) == condition.negated])
    if FACTS[fact].kind is Kind.NUMBER:
        return _amount(condition, value if isinstance(value, int) else 0)
    keys = sorted(value) if isinstance(value, frozenset) else [str(value)]
    if fact in _LISTS:
        return _Clause("die", _listed(fact, names_of(fact, keys), negated=condition.negated))
    said = [_CHOICES[key][condition.negated] if key in _CHOICES else key for key in keys]
    return _Clause("die", _series(said, "und" if condition.negated else "oder"))


def _series(words: list[str], word: str) -> str:
    return f" {word} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _listed(fact: str, names: list[str], *, negated: bool) -> str:
    # What stands in brackets after a name explains it; a sentence reads better without.
    names = [f"„{name}“" if fact in _QUOTED else name.split(" (")[0] for name in names]
    yes, no, neither = _LISTS[fact]
    if not negated:
        return yes.format(_series(names, "oder"))
    if len(names) == 1:
        return no.format(names[0])
    between = " noch in " if fact in {"district", "locality"} else " noch "
    return neither.format(between.join(names))


def _amount(condition: Condition, number: int) -> _Clause:
    """Return a comparison; numbers are whole, so "not at least 1" is "none"."""
    fact, operator, negated = condition.fact, condition.operator, condition.negated
    none = (operator, negated, number) in {("at_least", True, 1), ("at_most", False, 0), ("is", False, 0)}
    some = (operator, negated, number) in {("at_least", False, 1), ("at_most", True, 0), ("is", True, 0)}
    said = _compared(operator, number, negated=negated, unit="Pflegegrad " if fact == "care_level" else "")
    text = _AMOUNTS[fact].format(said)
    if fact in _NONE and none:
        text = _NONE[fact]
    elif fact == "care_level" and some:
        text = "einen Pflegegrad gibt"
    elif fact == "age" and (operator, negated) in _AGES:
        text = _AGES[operator, negated].format(number)
    elif number == 1 and fact in _ONE:
        text = _ONE[fact].format(said.removesuffix("1"))
    return _Clause(_PRONOUNS.get(fact, "die"), text)


def _compared(operator: str, number: int, *, negated: bool, unit: str = "") -> str:
    words = {
        ("at_least", False): "mindestens",
        ("at_most", False): "höchstens",
        ("is", False): "genau",
        ("at_least", True): "weniger als",
        ("at_most", True): "mehr als",
        ("is", True): "nicht genau",
    }
    return f"{words[operator, negated]} {unit}{grouped(number)}"
