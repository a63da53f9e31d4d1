"""Who gives out a paper: for a household the office with its address, what one applies for there, or only words."""

from collections.abc import Iterable
from dataclasses import dataclass

from tragnetz.core.texts import Texts, choose, spoken_language
from tragnetz.directory.kept import kept_now
from tragnetz.directory.models import Paper, Service
from tragnetz.directory.papers import all_papers
from tragnetz.directory.responsibility import (
    Offices,
    Responsible,
    all_offices,
    of_authority,
    resolve,
    responsible_office,
)
from tragnetz.eligibility.facts import Facts
from tragnetz.network.hours import weekly_hours


@dataclass(frozen=True, slots=True)
class Issuer:
    """Where one gets a paper. `service` is what one applies for; `where` and `hint` are the directory's words.

    `depends`: which of several offices it is, nobody can say yet; `office` is then the authority alone.
    """

    office: Responsible | None
    service: Service | None
    where: Texts
    hint: Texts
    depends: bool = False


def issuers_of(keys: Iterable[str], facts: Facts) -> dict[str, Issuer]:
    """Return for papers by key who gives them out to a household; a key that no paper has is left out.

    Papers and offices are read once for each edition of the directory, however many households are asked about. What
    one gets from a sensitive service is told in words alone: its name betrays who looks for it.
    """
    kept = kept_now()
    papers = all_papers(kept)
    offices = all_offices(kept)
    return {key: _issuer(papers[key], facts, offices) for key in dict.fromkeys(keys) if key in papers}


def _issuer(paper: Paper, facts: Facts, offices: Offices) -> Issuer:
    service = paper.service
    if service is not None and service.sensitive:
        return Issuer(None, None, paper.where, paper.hint)
    authority = paper.authority if service is None else service.authority
    if authority is None:
        office = responsible_office(service, facts, offices) if service is not None else None
        return Issuer(office, service, paper.where, paper.hint)
    found = resolve(authority, facts, offices)
    if found.decides is not None and (found.certain or not found.others):
        return Issuer(found.decides.office, service, paper.where, paper.hint)
    return Issuer(of_authority(found.stops[-1].authority), service, paper.where, paper.hint, bool(found.others))


def parts_told(issuer: Issuer, language: str) -> list[str]:
    """Return where one gets a paper, piece by piece in a language: office, address, phone, hours, then words.

    What is missing in the language is told in German if the office's name is a German one anyway; other words are left
    out.
    """
    found = [] if issuer.office is None else office_told(issuer.office, language)
    for texts in (issuer.where, issuer.hint):
        text, spoken = choose(texts, language)
        if text and spoken == spoken_language(language):
            found.append(text)
    return found


def office_told(office: Responsible, language: str) -> list[str]:
    """Return an office piece by piece: name, address, phone, opening hours, website where there is no address."""
    found = [choose(office.name, language).text]
    if office.site is not None:
        found.append(office.site.address)
    if office.phone:
        found.append(office.phone)
    found += weekly_hours(office.hours, language)
    if office.site is None and office.url:
        found.append(office.url)
    return found
