"""Decisions on claims: pure.

Money is counted as an office granted it, in whole months from the first day of the grant: a month that is not whole is
left out, an open end counts until the day that somebody asks about. A later grant stands in the place of an earlier one
for the days that both name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tragnetz.casework.claims.enums import ClaimState, Rhythm
from tragnetz.core.months import months_later

_S = ClaimState
# From where to where. RENEWED comes by a new claim alone (`commands.renew_claim`).
MOVES: Mapping[ClaimState, tuple[ClaimState, ...]] = {
    _S.PLANNED: (_S.SENT, _S.PAPERS, _S.WITHDRAWN),
    _S.PAPERS: (_S.SENT, _S.PLANNED, _S.WITHDRAWN),
    _S.SENT: (_S.GRANTED, _S.REFUSED, _S.ASKED_BACK, _S.WITHDRAWN),
    _S.ASKED_BACK: (_S.SENT, _S.GRANTED, _S.REFUSED, _S.WITHDRAWN),
    _S.GRANTED: (_S.GRANTED, _S.OBJECTION, _S.LAPSED),
    _S.REFUSED: (_S.OBJECTION,),
    _S.OBJECTION: (_S.GRANTED, _S.REFUSED, _S.WITHDRAWN),
    _S.LAPSED: (),
    _S.RENEWED: (),
    _S.WITHDRAWN: (),
}
RENEWABLE = frozenset({_S.GRANTED, _S.LAPSED})
OPEN = frozenset({_S.PLANNED, _S.PAPERS, _S.SENT, _S.ASKED_BACK, _S.OBJECTION})  # somebody has to do something
NEEDS_PAPERS = frozenset({_S.PLANNED, _S.PAPERS, _S.ASKED_BACK})
ORDER = (
    _S.ASKED_BACK, _S.PAPERS, _S.PLANNED, _S.OBJECTION, _S.SENT, _S.GRANTED, _S.REFUSED, _S.LAPSED, _S.RENEWED,
    _S.WITHDRAWN,
)  # fmt: skip
PAST, AHEAD = timedelta(days=5 * 366), timedelta(days=10 * 366)
SLOW = timedelta(days=6 * 7)  # after so long one asks how it stands; a habit of counselling, no rule of law
SOON = timedelta(days=14)  # so early the day page shows what is to be renewed
PROBE = timedelta(days=31)  # so long a fresh decision is looked at; the day itself comes from a deadline
MOST_MONEY = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Grant:
    """What an office granted: EUR every month or once, from a day until a day; without `until_on` no end is named."""

    rhythm: str
    amount: Decimal | None
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """Money of one month, or money that comes once: the day from which it is, and how much."""

    day: date
    rhythm: str
    amount: Decimal


def day_fits(happened_on: date, today: date) -> bool:
    """Whether something about a claim may have happened on a day: in the last five years, not to come."""
    return today - PAST <= happened_on <= today


def fault_of(grant: Grant, today: date) -> str:
    """Return what is wrong with a grant as somebody typed it, in words; nothing when it can be kept."""
    if grant.rhythm and (grant.amount is None or not 0 < grant.amount < MOST_MONEY):
        return _("Bitte schreiben Sie den Betrag aus dem Bescheid.")
    if not today - PAST <= grant.from_on <= today + AHEAD:
        return _("Bitte prüfen Sie das Jahr.")
    if grant.until_on is not None and not grant.from_on <= grant.until_on <= today + AHEAD:
        return _("Das Ende muss nach dem Anfang liegen.")
    return ""


def renew_day(until_on: date | None, lead: timedelta | None) -> date | None:
    """Return from when somebody sees to it that the money goes on; nothing without an end or a way to renew."""
    return until_on - lead if until_on is not None and lead is not None else None


def instalments(grant: Grant, upto: date) -> Iterator[Instalment]:
    """Return the money of one grant: of each whole month that begins until `upto`, or once."""
    if grant.amount is None or not grant.rhythm:
        return
    if grant.rhythm == Rhythm.ONCE:
        if grant.from_on <= upto:
            yield Instalment(grant.from_on, Rhythm.ONCE, grant.amount)
        return
    number = 0
    while (day := months_later(grant.from_on, number)) <= upto:
        number += 1
        if grant.until_on is not None and months_later(grant.from_on, number) - timedelta(days=1) > grant.until_on:
            return
        yield Instalment(day, Rhythm.MONTH, grant.amount)


def money(grants: Iterable[Grant], upto: date, stops_on: date | None = None) -> list[Instalment]:
    """Return what some grants of one claim bring, in the order in which they came; nothing begins after `stops_on`."""
    found: list[Instalment] = []
    for grant in grants:
        found = [one for one in found if not _stands_for(grant, one)]
        found += instalments(grant, upto)
    return sorted((one for one in found if stops_on is None or one.day <= stops_on), key=lambda one: one.day)


def _stands_for(grant: Grant, earlier: Instalment) -> bool:
    """Whether a later grant stands in the place of earlier money."""
    if Rhythm.ONCE in {grant.rhythm, earlier.rhythm}:
        return grant.rhythm == earlier.rhythm and grant.from_on == earlier.day
    return grant.from_on <= earlier.day and (grant.until_on is None or earlier.day <= grant.until_on)


def by_month(found: Iterable[Instalment]) -> dict[date, Decimal]:
    """Return the money of each month, by its first day, the earliest month first."""
    sums: defaultdict[date, Decimal] = defaultdict(Decimal)
    for one in found:
        sums[one.day.replace(day=1)] += one.amount
    return dict(sorted(sums.items()))


_STEPS: Mapping[ClaimState, Promise] = {
    _S.PLANNED: lazy("Antrag stellen. Er darf formlos sein; Unterlagen können später kommen."),
    _S.PAPERS: lazy("Fehlende Unterlagen besorgen. Den Antrag schon jetzt formlos stellen: Das wahrt den Monat."),
    _S.SENT: lazy("Auf den Bescheid warten."),
    _S.ASKED_BACK: lazy("Der Stelle antworten, bevor ihre Frist endet."),
    _S.OBJECTION: lazy("Auf die neue Entscheidung warten."),
    _S.REFUSED: lazy("Den Bescheid prüfen: Lohnt es sich, dagegen vorzugehen?"),
}


def next_step(state: str, state_on: date, renew_on: date | None, until_on: date | None, today: date) -> str:
    """Return what is to be done with a claim, in words; nothing when it is done with."""
    if state == ClaimState.GRANTED:
        if until_on is not None and until_on < today:
            return _("Der Zeitraum ist vorbei: weiter beantragen oder beenden.")
        if renew_on is not None and renew_on <= today:
            return _("Jetzt weiter beantragen.")
        return _("Prüfen, ob der Bescheid stimmt.") if today - state_on <= PROBE else ""
    if state == ClaimState.SENT and today - state_on >= SLOW:
        return _("Seit mehr als sechs Wochen keine Antwort: bei der Stelle nachfragen.")
    return str(_STEPS.get(ClaimState(state), ""))
