"""Reads of the directory: lists, what may fit a household, who is responsible."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from tragnetz.directory.models import Authority, Office, Service, ServiceAtLocation, ServiceStatus, Situation, Topic
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Condition, Group, Rule, Truth, Verdict, evaluate, parse_rule
from tragnetz.network.models import Organisation, Site

NEVER_SHOWN = ("keywords", "search_text", "search_words", "search_vector", "vectors")
MOST_MATCHES = 25
_ORDER = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who decides or helps. `certain` is false when the district, or a fact, is still needed to tell offices apart."""

    name: dict[str, str]
    organisation: Organisation | None
    site: Site | None
    phone: str
    url: str
    hours: list[dict[str, object]]
    to_check: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A service and who is responsible for it."""

    service: Service
    office: "Responsible | None"


@dataclass(frozen=True, slots=True)
class Match:
    """A service for a household: whether it may fit, why, and who is responsible."""

    service: Service
    verdict: Verdict
    office: Responsible | None


def topics() -> list[Topic]:
    """Return all topics in order."""
    return list(Topic.objects.all())


def situations() -> list[Situation]:
    """Return all situations in order."""
    return list(Situation.objects.all())


def situation(key: str) -> Situation | None:
    """Return one situation."""
    return Situation.objects.prefetch_related("topics").filter(key=key).first()


def services(on: date, *, topic: str = "", kind: str = "") -> QuerySet[Service]:
    """Return the services that are offered on a day, by name."""
    rows = Service.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        Q(valid_from=None) | Q(valid_from__lte=on),
        status__in=(ServiceStatus.ACTIVE, ServiceStatus.PAUSED),
    )
    if topic:
        rows = rows.filter(topics__key=topic)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    return rows.order_by("search_name")


def with_places() -> Prefetch[str, QuerySet[ServiceAtLocation], str]:
    """Return what reads services' places together with their sites, in one query."""
    return Prefetch("places", ServiceAtLocation.objects.select_related("site__network"))


def service(key: str) -> Service | None:
    """Return one service with all that its page shows, also when its term has ended."""
    rows = Service.objects.select_related("authority", "organisation")
    return rows.prefetch_related("topics", "papers", "districts", with_places()).filter(key=key).first()


def services_in_order(keys: Iterable[str], on: date) -> list[Service]:
    """Return services in the order of their keys; those that are not offered any more are left out."""
    keys = list(keys)
    found = {row.key: row for row in services(on).filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def offered(keys: Iterable[str], facts: Facts, on: date) -> dict[str, Offered]:
    """Return services by key with papers and the responsible office; in three queries, however many."""
    offices = _offices()
    rows = services(on).filter(key__in=list(keys)).prefetch_related("papers", with_places())
    return {row.key: Offered(row, responsible_office(row, facts, offices)) for row in rows}


def match_services(facts: Facts, on: date, *, topic_keys: set[str], first: list[str]) -> list[Match]:
    """Return what may fit a household: likely before unclear before rather not, the situation's own services first.

    `first` are service keys in the order in which the situations name them. At most MOST_MATCHES of each sort.
    """
    rows = services(on).prefetch_related("papers", with_places())
    if topic_keys or first:
        rows = rows.filter(Q(topics__key__in=topic_keys) | Q(key__in=first)).distinct()
    if facts.get("violence") is not True:
        # Shown when somebody looks for it, never in a list that others may read along.
        rows = rows.filter(Q(sensitive=False) | Q(key__in=first))
    place = {key: index for index, key in enumerate(dict.fromkeys(first))}
    offices = _offices()
    matches = []
    for row in rows:
        verdict = evaluate(rule_of(row, facts), facts)
        matches.append(Match(row, verdict, responsible_office(row, facts, offices)))
    matches.sort(key=lambda match: _rank(match, place))
    sorts = [[match for match in matches if match.verdict.truth is truth][:MOST_MATCHES] for truth in _ORDER]
    return [match for sort in sorts for match in sort]


def rule_of(row: Service, facts: Facts) -> Rule | None:
    """Return what a household must fulfil for a service: its prerequisites, and to wait as long as one waits now.

    The wait is asked only of those who told how long they can wait: it is no secret prerequisite for the others.
    """
    rule = parse_rule(row.prerequisites) if row.prerequisites else None
    weeks = row.waiting.get("weeks")
    if not weeks or "can_wait_weeks" not in facts:
        return rule
    wait = Condition("can_wait_weeks", "at_least", int(weeks))
    return wait if rule is None else Group("all", (rule, wait))


def match_situations(rows: Iterable[Situation], facts: Facts, on: date) -> list[Match]:
    """Return what may fit a household in its situations: of their topics, what they name first."""
    rows = list(rows)
    topic_keys = {topic.key for row in rows for topic in row.topics.all()}
    return match_services(facts, on, topic_keys=topic_keys, first=[key for row in rows for key in row.services])


def _rank(match: Match, place: dict[str, int]) -> tuple[int, int, int, int]:
    """Sort by verdict, then what the situation names first, then what more is known to fit, then what asks less."""
    verdict = match.verdict
    named = place.get(match.service.key, len(place))
    return (_ORDER[verdict.truth], named, -len(verdict.met), len(verdict.missing))


def _offices() -> dict[str, list[Office]]:
    offices: dict[str, list[Office]] = {}
    rows = Office.objects.select_related("authority", "organisation", "site__network").prefetch_related("districts")
    for office in rows:
        offices.setdefault(office.authority.key, []).append(office)
    return offices


def responsible_office(
    row: Service, facts: Facts, offices: dict[str, list[Office]] | None = None
) -> Responsible | None:
    """Return who is responsible for a service at this address; certain only if no other office could be."""
    if row.authority is None:
        return _of_organisation(row)
    candidates = (offices if offices is not None else _offices()).get(row.authority.key, [])
    fitting = [(office, _fits(office, facts)) for office in candidates]
    likely = [office for office, truth in fitting if truth is Truth.YES]
    possible = [office for office, truth in fitting if truth is Truth.UNKNOWN]
    if likely or possible:
        office = (likely or possible)[0]
        certain = len(likely) == 1 or (not likely and len(possible) == 1 and len(candidates) == 1)
        return _of_office(office, certain=certain)
    return _of_authority(row.authority)


def _fits(office: Office, facts: Facts) -> Truth:
    districts = {district.key for district in office.districts.all()}
    in_district = Truth.YES
    if districts:
        known = facts.get("district")
        in_district = Truth.UNKNOWN if known is None else (Truth.YES if known in districts else Truth.NO)
    rule = evaluate(parse_rule(office.when) if office.when else None, facts).truth
    if Truth.NO in {in_district, rule}:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in {in_district, rule} else Truth.YES


def _of_office(office: Office, *, certain: bool) -> Responsible:
    return Responsible(
        name=office.name,
        organisation=office.organisation,
        site=office.site,
        phone=office.phone,
        url=office.url or office.organisation.url,
        hours=office.hours,
        to_check=office.checked.get("state") == "to_check",
        certain=certain,
    )


def _of_authority(authority: Authority) -> Responsible:
    return Responsible(authority.name, None, None, authority.phone, authority.url, [], to_check=True, certain=False)


def _of_organisation(row: Service) -> Responsible | None:
    if row.organisation is None:
        return None
    place = next(iter(row.places.all()), None)
    return Responsible(
        name={"de": row.organisation.name},
        organisation=row.organisation,
        site=place.site if place else None,
        phone=_phone_of(row, place),
        url=str(row.contact.get("url", "")) or row.organisation.url,
        hours=(place.hours if place else []) or row.hours,
        to_check=row.to_check,
        certain=True,
    )


def _phone_of(row: Service, place: ServiceAtLocation | None) -> str:
    """Return the number to call: of the service, else of its place, else of its organisation."""
    own = str(row.contact.get("phone", ""))
    others = [*row.contact.get("phones", []), *(place.phones if place else [])]
    others += row.organisation.phones if row.organisation else []
    return own or next((str(phone["number"]) for phone in others if phone.get("type") != "fax"), "")


def services_to_keep(*, organisation: str = "") -> QuerySet[Service]:
    """Return all services for their editors, also those that ended, by name; of one organisation by its key."""
    rows = Service.objects.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    return rows.order_by("search_name", "pk")
