"""Check a city's folder: every file by itself, then that all ids exist, are unique, and that ranges do not overlap."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tragnetz.benefits.rules.book import book_of
from tragnetz.city.format import Programme, Street
from tragnetz.city.read import Folder, read_folder
from tragnetz.core.documents import Fault
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import conditions_of, parse_rule
from tragnetz.network.shapes import Strict
from tragnetz.reporting.lines.line import lines

# Facts whose values are ids of the city.
_POINTING = {"district": "district", "locality": "locality", "situations": "situation", "papers": "paper"}


def check_city(folder: Path) -> list[Fault]:
    """Return all faults of a city's folder, in the order of files and lines; empty when it can be loaded."""
    read = read_folder(folder)
    return faults_of(read)


def faults_of(read: Folder) -> list[Fault]:
    """Return the faults of a folder that was read."""
    rules = book_of(read.rules).faults
    found = [
        *_unique(read),
        *_references(read),
        *_overlaps(read),
        *_terms(read),
        *_map(read),
        *_bookings(read),
        *_texts(read),
    ]
    return sorted([*read.faults, *found, *rules])


def _at(read: Folder, item: Strict, where: str, reason: str) -> Fault:
    file, line = read.places[id(item)]
    return Fault(file, line, where, reason)


def _unique(read: Folder) -> Iterator[Fault]:
    kinds: list[tuple[str, Iterable[Strict]]] = [
        ("district", read.districts),
        ("organisation", read.organisations),
        ("hotline", read.hotlines),
        ("programme", read.programmes),
        ("topic", read.topics),
        ("situation", read.situations),
        ("household", read.households),
        ("paper", read.papers),
        ("authority", read.authorities),
        ("service", read.services),
    ]
    for kind, items in kinds:
        seen: set[str] = set()
        for item in items:
            key: str = item.id  # type: ignore[attr-defined]  # all kinds above have an id
            if key in seen:
                yield _at(read, item, key, f"this {kind} stands twice")
            seen.add(key)
    nested = [
        *((district, locality.id) for district in read.districts for locality in district.localities),
        *((organisation, site.id) for organisation in read.organisations for site in organisation.sites),
    ]
    seen = set()
    for item, key in nested:
        if key in seen:
            yield _at(read, item, key, "this id stands twice")
        seen.add(key)


def _references(read: Folder) -> Iterator[Fault]:
    known = {
        "district": {district.id for district in read.districts},
        "locality": {locality.id for district in read.districts for locality in district.localities},
        "organisation": {organisation.id for organisation in read.organisations},
        "site": {site.id for organisation in read.organisations for site in organisation.sites},
        "topic": {topic.id for topic in read.topics},
        "paper": {paper.id for paper in read.papers},
        "authority": {authority.id for authority in read.authorities},
        "programme": {programme.id for programme in read.programmes},
        "service": {service.id for service in read.services},
        "situation": {situation.id for situation in read.situations},
    }
    for item, field, kind, keys in _pointers(read):
        for key in keys:
            if key is not None and key not in known[kind]:
                yield _at(read, item, field, f"there is no {kind} `{key}`")


def _pointers(read: Folder) -> Iterator[tuple[Strict, str, str, Iterable[str | None]]]:
    yield from _pointers_of_bookings(read)
    yield from _pointers_of_texts(read)
    for street in read.streets:
        yield street, "locality", "locality", [street.locality]
    for organisation in read.organisations:
        yield organisation, "sites.locality", "locality", [site.locality for site in organisation.sites]
    for hotline in read.hotlines:
        yield hotline, "districts", "district", hotline.districts
    for programme in read.programmes:
        yield programme, "organisations", "organisation", programme.organisations
        yield programme, "target.shared_with", "programme", programme.target.shared_with
    for office in read.offices:
        yield office, "authority", "authority", [office.authority]
        yield office, "otherwise", "authority", [office.otherwise]
        yield office, "organisation", "organisation", [office.organisation]
        yield office, "site", "site", [office.site]
        yield office, "districts", "district", office.districts
    for situation in read.situations:
        yield situation, f"{situation.id}.topics", "topic", situation.topics
        yield situation, f"{situation.id}.services", "service", situation.services
    yield from _pointers_of_rules(read)
    for service in read.services:
        yield service, f"{service.id}.authority", "authority", [service.authority]
        yield service, f"{service.id}.organisation", "organisation", [service.organisation]
        yield service, f"{service.id}.site", "site", [place.site for place in service.all_places()]
        yield service, f"{service.id}.topics", "topic", service.topics
        yield service, f"{service.id}.papers", "paper", service.papers
        yield service, f"{service.id}.districts", "district", service.districts
        yield service, f"{service.id}.situations", "situation", service.situations
        yield service, f"{service.id}.opens", "service", service.opens
        yield service, f"{service.id}.excludes", "service", service.excludes
    for paper in read.papers:
        yield paper, f"{paper.id}.authority", "authority", [paper.authority]
        yield paper, f"{paper.id}.service", "service", [paper.service]
    yield from _pointers_of_demo(read)


def _pointers_of_demo(read: Folder) -> Iterator[tuple[Strict, str, str, Iterable[str | None]]]:
    if read.demo is None:
        return
    for staff in read.demo.staff:
        yield read.demo, f"{staff.id}.organisation", "organisation", [staff.organisation]
        yield read.demo, f"{staff.id}.topics", "topic", staff.topics
        yield read.demo, f"{staff.id}.districts", "district", staff.districts
        yield read.demo, f"{staff.id}.site", "site", [staff.site]
    for moved in read.demo.programmes:
        yield read.demo, f"programmes.{moved.id}", "programme", [moved.id]
        yield read.demo, f"programmes.{moved.id}.home", "locality", [moved.home]


def _pointers_of_texts(read: Folder) -> Iterator[tuple[Strict, str, str, Iterable[str | None]]]:
    for text in read.consent_texts:
        yield text, "organisation", "organisation", [text.organisation]


def _pointers_of_bookings(read: Folder) -> Iterator[tuple[Strict, str, str, Iterable[str | None]]]:
    if read.city is not None and read.city.booking is not None:
        yield read.city, "booking.ways", "site", [key for way in read.city.booking.ways for key in way.between]


def _bookings(read: Folder) -> Iterator[Fault]:
    """Check that each kind of talk and each way between two sites stands once."""
    booking = read.city.booking if read.city else None
    if read.city is None or booking is None:
        return
    seen: set[object] = set()
    for talk in booking.talks:
        if talk.kind in seen:
            yield _at(read, read.city, f"booking.talks.{talk.kind}", "this kind stands twice")
        seen.add(talk.kind)
    for way in booking.ways:
        if frozenset(way.between) in seen or len(set(way.between)) == 1:
            yield _at(read, read.city, "booking.ways", f"{' and '.join(way.between)}: stands twice, or is no way")
        seen.add(frozenset(way.between))


def _texts(read: Folder) -> Iterator[Fault]:
    """Check that each version of a city's own words on consent stands once."""
    seen: set[tuple[object, ...]] = set()
    for text in read.consent_texts:
        known = (text.use, text.purpose, text.organisation, text.regime, text.version)
        if known in seen:
            yield _at(read, text, "version", f"version {text.version} of this text stands twice")
        seen.add(known)


def _pointers_of_rules(read: Folder) -> Iterator[tuple[Strict, str, str, Iterable[str | None]]]:
    """Yield the keys of districts, papers and situations that rules and facts name."""
    ruled: list[tuple[Strict, str, dict[str, Any] | None]] = [
        *((service, f"{service.id}.prerequisites", service.prerequisites) for service in read.services),
        *((programme, f"{programme.id}.target_group", programme.target_group) for programme in read.programmes),
        *((office, "when", office.when) for office in read.offices),
    ]
    for item, where, data in ruled:
        for condition in conditions_of(parse_rule(data) if data else None):
            if condition.fact in _POINTING:
                keys = condition.value if isinstance(condition.value, frozenset) else {str(condition.value)}
                yield item, where, _POINTING[condition.fact], sorted(keys)
    facts: list[tuple[Strict, str, dict[str, Any]]] = [(item, item.id, item.facts) for item in read.situations]
    facts += [(item, item.id, item.facts) for item in read.households]
    for item, name, told in facts:
        for fact, value in clean_facts(told).items():
            if fact in _POINTING:
                keys = value if isinstance(value, frozenset) else {str(value)}
                yield item, f"{name}.facts.{fact}", _POINTING[fact], sorted(keys)


def _map(read: Folder) -> Iterator[Fault]:
    """Check that the map shows each Ortsteil once, or none."""
    localities = [(district, locality) for district in read.districts for locality in district.localities]
    if read.outline_file is not None:
        known, outlined = {locality.id for _district, locality in localities}, {one.locality for one in read.outlines}
        for key in sorted(outlined - known):
            yield Fault(read.outline_file, 1, key, f"there is no locality `{key}`")
        for key in sorted(known - outlined):
            yield Fault(read.outline_file, 1, key, "this locality has no outline: all need one, or none")
    taken: dict[tuple[int, int], str] = {}
    some = any(locality.map for _district, locality in localities)
    for district, locality in localities:
        if locality.map is None:
            if some:
                yield _at(read, district, f"{locality.id}.map", "is missing: all localities need a tile, or none")
            continue
        place = (locality.map.column, locality.map.row)
        if place in taken:
            yield _at(read, district, f"{locality.id}.map", f"the same tile as `{taken[place]}`")
        taken.setdefault(place, locality.id)


def _line(read: Folder, programme: Programme) -> Iterator[Fault]:
    """Check that the funding line exists, and what the project takes of it."""
    if programme.line is None:
        return
    line = lines().get(programme.line)
    if line is None:
        yield _at(read, programme, f"{programme.id}.line", f"there is no funding line `{programme.line}`")
        return
    codes, questions = {one.code for one in line.indicators}, {one.key for one in line.questions}
    for code in sorted(set(programme.terms.indicators) - codes):
        yield _at(read, programme, f"{programme.id}.terms.indicators", f"`{line.key}` has no indicator `{code}`")
    for key in sorted(set(programme.terms.questions) - questions):
        yield _at(read, programme, f"{programme.id}.terms.questions", f"`{line.key}` has no question `{key}`")


def _terms(read: Folder) -> Iterator[Fault]:
    for programme in read.programmes:
        if programme.ends < programme.starts:
            yield _at(read, programme, f"{programme.id}.ends", "ends before it starts")
        yield from _line(read, programme)
    for service in read.services:
        if (service.authority is None) == (service.organisation is None):
            yield _at(read, service, service.id, "needs either an authority or an organisation")
        if service.valid_from and service.valid_until and service.valid_until < service.valid_from:
            yield _at(read, service, f"{service.id}.valid_until", "ends before it starts")
    for office in read.offices:
        if office.otherwise and not office.when:
            yield _at(read, office, "otherwise", "sends nobody on without `when`")
    served = {district for hotline in read.hotlines for district in hotline.districts}
    for district in read.districts:
        if district.id not in served:
            yield _at(read, district, district.id, "no hotline serves this district")


def _overlaps(read: Folder) -> Iterator[Fault]:
    by_name: dict[str, list[Street]] = {}
    for street in read.streets:
        for other in by_name.setdefault(street.street.casefold(), []):
            if _overlap(street, other):
                line = read.places[id(other)][1]
                reason = f"{street.street} overlaps with line {line}: one address would lie in two places"
                yield _at(read, street, "from", reason)
        by_name[street.street.casefold()].append(street)
        if street.from_ and street.to and street.to < street.from_:
            yield _at(read, street, "to", "is smaller than `from`")


def _overlap(one: Street, other: Street) -> bool:
    if {one.side, other.side} == {"even", "odd"}:
        return False
    endless = 10**6
    return (one.from_ or 1) <= (other.to or endless) and (other.from_ or 1) <= (one.to or endless)
