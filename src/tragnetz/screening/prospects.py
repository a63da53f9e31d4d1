"""What a resident's answers so far say: each benefit with how likely, how much, why, where and with which papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext

from tragnetz.benefits import library
from tragnetz.benefits.check import Check, Finding, check
from tragnetz.benefits.household import HouseholdError
from tragnetz.benefits.rules.book import FEDERAL, Book
from tragnetz.benefits.texts import ASSUMPTIONS, FIGURES, NAMES, TO_CHECK
from tragnetz.benefits.whatif import SEARCHED, Threshold, thresholds
from tragnetz.core.texts import SOURCE_LANGUAGE, Texts, choose, content_language
from tragnetz.directory.issuers import Issuer, issuers_of
from tragnetz.directory.models import Paper, Service
from tragnetz.directory.papers import in_order
from tragnetz.directory.queries import Offered, offered
from tragnetz.directory.responsibility import Responsible
from tragnetz.eligibility.facts import Facts
from tragnetz.screening.completion import Chance, chances, complete, judge, judge_of_nobody, next_question
from tragnetz.screening.households import describe
from tragnetz.screening.texts import OURS

STEP = 10.0  # EUR that an estimate for a resident is rounded to
NEAR = 30.0  # EUR apart that count as one amount


@dataclass(frozen=True, slots=True)
class Amount:
    """EUR a month: from one to the other, or about one when they are the same."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence and whether it holds (`yes`, `no`, `unknown`); the language it is in."""

    text: str
    truth: str
    language: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """One benefit, ready to be shown. `papers`: each with who gives it out, where the directory knows."""

    key: str
    name: str
    verdict: str
    kind: str
    amount: Amount | None
    adds: bool
    statute: str
    why: tuple[Why, ...]
    figures: tuple[tuple[str, int], ...]
    first: str
    note: Texts
    to_check: bool
    service: Service | None
    office: Responsible | None
    papers: tuple[tuple[Paper, Issuer | None], ...]
    opens: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospects:
    """All that can be said after some answers, and what to ask next; `impossible` when the answers cannot be."""

    likely: tuple[Prospect, ...] = ()
    possible: tuple[Prospect, ...] = ()
    unlikely: tuple[Prospect, ...] = ()
    total: Amount | None = None
    question: str | None = None
    law_of: date | None = None
    assumptions: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    impossible: bool = False
    problem: str = ""


def prospects(
    facts: Facts, skipped: Sequence[str], *, rent_level: int | None, book: Book, on: date, language: str
) -> Prospects:
    """Return what the answers say. Without an answer only the first question is told."""
    try:
        law = library.law_of(settings.TRAGNETZ_LAW, on)
        described = describe([], facts, rent_level, on)
        judged = (
            judge(complete(facts), rent_level, law, on, book) if facts else judge_of_nobody(rent_level, law, on, book)
        )
    except HouseholdError:
        return Prospects(impossible=True)
    except library.LawError as error:
        return Prospects(problem=str(error))
    question = next_question(judged, facts, skipped)
    if not facts:
        return Prospects(question=question, law_of=law.date)
    exact = check(described.household, law, on, book)
    rows = chances(judged)
    services = offered([one.benefit for one in rows], facts, on)
    issuers = issuers_of((paper.key for one in services.values() for paper in one.service.papers.all()), facts)
    opens = {key: list(_names(keys, services, book, language)) for key, keys in book.opens().items()}
    shown = [
        _prospect(one, exact, services.get(one.benefit), opens.get(one.benefit, []), issuers, language)
        for one in rows
        if one.benefit in services or one.verdict != "no"
    ]
    texts = [*(OURS[key] for key in described.assumptions), *(ASSUMPTIONS[one.key] for one in exact.assumptions)]
    if question is None:
        borders = thresholds(described.household, law, on, book, SEARCHED)
        shown = [replace(one, hints=tuple(_hint(row) for row in borders if row.benefit == one.key)) for one in shown]
    money = judged.amounts[:, [index for index, name in enumerate(judged.names) if _adds(exact, name)]].sum(axis=1)
    low, high = (
        _rounded(float(value)) for value in (sorted(money)[len(money) // 10], sorted(money)[-len(money) // 10])
    )
    return Prospects(
        likely=tuple(one for one in shown if one.verdict == "yes"),
        possible=tuple(one for one in shown if one.verdict == "unknown"),
        unlikely=tuple(one for one in shown if one.verdict == "no"),
        total=_amount(low, high) if high else None,
        question=question,
        law_of=law.date,
        assumptions=tuple(dict.fromkeys(gettext(text) for text in texts)),
        to_check=tuple(gettext(TO_CHECK[key]) for key in exact.to_check),
    )


def _adds(exact: Check, name: str) -> bool:
    finding = exact.find(name)
    return finding is not None and finding.kind == "money" and finding.adds


def _prospect(
    one: Chance,
    exact: Check,
    found: Offered | None,
    opened: Sequence[str],
    issuers: Mapping[str, Issuer],
    language: str,
) -> Prospect:
    service = found.service if found else None
    finding = exact.find(one.benefit)
    checked = finding.checked if finding else None
    paid = one.verdict != "no" and one.high_m > 0
    return Prospect(
        key=one.benefit,
        name=name_of(one.benefit, finding, service, language),
        verdict=one.verdict,
        kind=finding.kind if finding else "money",
        amount=_amount(_rounded(one.low_m), _rounded(one.high_m)) if paid else None,
        adds=finding.adds if finding else True,
        statute=finding.statute if finding else "",
        why=tuple(_why(finding, language)) if finding else (),
        figures=tuple((gettext(FIGURES[figure.key]), round(figure.amount)) for figure in finding.figures)
        if finding
        else (),
        first=_first(finding, one),
        note=checked.note if checked and checked.note else {},
        to_check=(checked is not None and checked.state == "to_check") or (service is not None and service.to_check),
        service=service,
        office=found.office if found else None,
        papers=tuple((paper, issuers.get(paper.key)) for paper in in_order(service)) if service else (),
        opens=tuple(opened) if one.verdict != "no" else (),
    )


def name_of(key: str, finding: Finding | None, service: Service | None, language: str) -> str:
    """Return a benefit's name: the directory's, the rule's or the law's, the first that is in the language."""
    named = [service.name if service else None, finding.name if finding else None]
    if found := _in_language(named, language):
        return found
    return gettext(NAMES[key]) if key in NAMES else _german(named) or key


def _in_language(named: Iterable[Texts | None], language: str) -> str:
    """Return the first of the names that is there in the language: an offer may speak fewer than the site."""
    wanted = content_language(language)
    return next((texts[wanted] for texts in named if texts and texts.get(wanted)), "")


def _german(named: Iterable[Texts | None]) -> str:
    return _in_language(named, SOURCE_LANGUAGE)


def _names(keys: Iterable[str], services: Mapping[str, Offered], book: Book, language: str) -> Iterable[str]:
    for key in keys:
        named = [services[key].service.name if key in services else None, book.rule(key).format.name]
        yield _in_language(named, language) or _german(named)


def _why(finding: Finding, language: str) -> Iterable[Why]:
    for reason in finding.reasons:
        text, spoken = choose(reason.text, language)
        yield Why(text, reason.truth, spoken)


def _first(finding: Finding | None, one: Chance) -> str:
    """Return the benefits that have priority, when there is a claim that is not paid because of them."""
    if finding is None or one.benefit not in FEDERAL or not finding.claim_m or finding.paid_m or not finding.first:
        return ""
    return ", ".join(gettext(NAMES[key]) for key in finding.first)


def _hint(one: Threshold) -> str:
    """Return where a benefit begins or ends, as a sentence."""
    value = {"value": number_format(_rounded(one.value), use_l10n=True, force_grouping=True)}
    if one.fact == "wage_m":
        text = (
            gettext("Das gibt es bis zu einem Lohn von etwa %(value)s Euro.")
            if one.below
            else gettext("Das gibt es ab einem Lohn von etwa %(value)s Euro.")
        )
    else:
        text = (
            gettext("Das gibt es bis zu einer Kaltmiete von etwa %(value)s Euro.")
            if one.below
            else gettext("Das gibt es ab einer Kaltmiete von etwa %(value)s Euro.")
        )
    return text % value


def _rounded(amount: float) -> int:
    return int(round(amount / STEP) * STEP)


def _amount(low: int, high: int) -> Amount:
    middle = _rounded((low + high) / 2)
    return Amount(middle, middle) if high - low < NEAR else Amount(low, high)
