"""Who gives out a paper: for a household the office with its address, what one applies for there, or only words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from tragnetz.core.texts import Texts, choose, spoken_language
from tragnetz.directory.kept import Kept, Shelf, kept_now
from tragnetz.directory.models import Authority, Paper, Service
from tragnetz.directory.queries import NEVER_SHOWN, with_places
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


_PAPERS = Shelf[str, Mapping[str, Paper]](most=1)


def issuers_of(keys: Iterable[str], facts: Facts) -> dict[str, Issuer]:
    """Return for papers by key who gives them out to a household; a key that no paper has is left out.

    Papers and offices are read once for each edition of the directory, however many households are asked about. What
    one gets from a sensitive service is told in words alone: its name betrays who looks for it.
    """
    kept = kept_now()
    papers = _papers(kept)
    offices = all_offices(kept)
    return {key: _issuer(papers[key], facts, offices) for key in dict.fromkeys(keys) if key in papers}


def papers_of_authorities() -> dict[Paper, Authority]:
    """Return the papers that the offices of an authority give out, by themselves or by a service of theirs."""
    found = {}
    for row in _papers(kept_now()).values():
        authority = row.service.authority if row.service else row.authority
        if authority is not None:
            found[row] = authority
    return found


def _papers(kept: Kept) -> Mapping[str, Paper]:
    if kept.edition.unfinished is not None:  # it may have changed since within this transaction
        return _read()
    return kept.get(_PAPERS, "all", _read)


def _read() -> dict[str, Paper]:
    services = Service.objects.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    rows = Paper.objects.select_related("authority")
    rows = rows.prefetch_related(Prefetch("service", services.prefetch_related(with_places())))
    return {row.key: row for row in rows}


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
