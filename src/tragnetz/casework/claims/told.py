"""What the person reads of their claims: the benefit, the office, how it stands, what is missing. Never our notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.names import benefit_names
from tragnetz.casework.claims.queries import shown, with_moves
from tragnetz.casework.claims.rules import OPEN
from tragnetz.casework.models import Case, Compartment
from tragnetz.casework.papers.queries import Need, missing_papers, sheet_of
from tragnetz.core.texts import choose
from tragnetz.directory.issuers import parts_told

REFUSED_SHOWN = timedelta(days=92)  # while something may still be done about it


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that is still missing, in the person's language; whether a claim of the household waits for it.

    `where` tells piece by piece where the household gets it.
    """

    key: str
    name: str
    for_household: bool
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim in the person's language: how long it is granted, when to ask again, which papers are missing."""

    name: str
    state: str
    office: str
    until_on: date | None
    renew_on: date | None
    papers: tuple[Asked, ...]


def told_claims(case: Case, parts: Iterable[Compartment], today: date, language: str) -> list[Told]:
    """Return the claims of some parts of a case that go on or were decided; those first that wait for papers."""
    parts = list(parts)
    alive = Q(state__in=[*OPEN, ClaimState.GRANTED]) | Q(state=ClaimState.REFUSED, state_on__gt=today - REFUSED_SHOWN)
    rows = list(with_moves(case.claims.filter(alive, compartment__in=parts)))
    if not rows:
        return []
    names = benefit_names((row.benefit for row in rows), language)
    sheet = sheet_of(case, today, parts=parts, language=language)
    found = []
    for row in rows:
        one = shown(row, names, today, language)
        papers = tuple(_asked(missing_papers(row, sheet), parts, language))
        until = one.grant.until_on if one.grant is not None and row.state == ClaimState.GRANTED else None
        found.append(Told(one.name, row.state, one.office, until, row.renew_on, papers))
    return sorted(found, key=lambda told: (not told.papers, told.state not in OPEN, told.name))


def asked_papers(case: Case, parts: Iterable[Compartment], today: date, language: str) -> list[Asked]:
    """Return the papers that claims of some parts of a case wait for, each once."""
    parts = list(parts)
    found: dict[str, Asked] = {}
    for one in _asked(sheet_of(case, today, parts=parts).to_get, parts, language):
        known = found.get(one.key)
        found[one.key] = replace(one, for_household=one.for_household or (known is not None and known.for_household))
    return list(found.values())


def _asked(needs: Iterable[Need], parts: Iterable[Compartment], language: str) -> Iterator[Asked]:
    household = {part.pk for part in parts if part.person_id is None}
    for need in needs:
        where = tuple(parts_told(need.issuer, language))
        yield Asked(need.paper.key, choose(need.paper.name, language).text, need.part_id in household, where)
