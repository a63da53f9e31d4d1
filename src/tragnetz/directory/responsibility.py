"""Who decides: for an authority and a household the office, the reasons, what to ask to be sure, who else could be.

An office is an area (its districts) and a rule (`when`); those of its area whom the rule excludes go on to the
authority that it names (`otherwise`). What holds for one household is found by
the same steps for all of them (`eligibility.explore`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tragnetz.core.texts import choose
from tragnetz.directory.circles import circles, issued, service_names
from tragnetz.directory.kept import Kept, Shelf, kept_now
from tragnetz.directory.models import Authority, Office, Service, ServiceAtLocation
from tragnetz.directory.papers import all_papers
from tragnetz.directory.truth.rows import assured_on
from tragnetz.eligibility.circles import Asking, issued_by
from tragnetz.eligibility.explore import Names, Places, Review, Survey, survey
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.routes import End, Post, Posts, Standing, post_of, route
from tragnetz.eligibility.rules import Condition, Rule, Truth, Verdict
from tragnetz.network.models import Organisation, Site
from tragnetz.network.queries import districts


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who decides or helps. `certain` is false when the district, or a fact, is still needed to tell offices apart.

    Of an office `assured_on` is the day since which all of it is confirmed, `review_on` the day of its next look.
    """

    name: dict[str, str]
    organisation: Organisation | None
    site: Site | None
    phone: str
    url: str
    hours: list[dict[str, object]]
    to_check: bool
    certain: bool
    assured_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offices:
    """All offices of the network, as rows and as rules: read once, however many households are asked about."""

    rows: Mapping[str, Office] = field(default_factory=dict)
    posts: Posts = field(default_factory=dict)
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    assured: Mapping[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one office says: whether it takes the household, and why; `otherwise` takes those whom it excludes."""

    office: Responsible
    rule: Rule | None
    otherwise: Authority | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Stop:
    """An authority on the way; its offices, those that take the household first."""

    authority: Authority
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer: the way from authority to authority, how it ends, and the conditions still open."""

    stops: tuple[Stop, ...]
    end: End
    missing: tuple[Condition, ...]

    @property
    def decides(self) -> Claim | None:
        """The office that decides, or would if what is open holds; nothing when nobody does."""
        first = next(iter(self.stops[-1].claims), None)
        return None if first is None or first.verdict.truth is Truth.NO or self.end is End.ROUND else first

    @property
    def certain(self) -> bool:
        """Whether no other office could be."""
        return self.end is End.FOUND

    @property
    def others(self) -> list[Claim]:
        """The other offices where the way ends, each with its reasons."""
        return [claim for claim in self.stops[-1].claims if claim is not self.decides]


_OFFICES = Shelf[str, Offices](most=1)


def all_offices(kept: Kept | None = None) -> Offices:
    """Return all offices of the network, read once for each edition of the directory: nobody changes these rows.

    `kept` is what the caller has asked for already in this request.
    """
    kept = kept or kept_now()
    if kept.edition.unfinished is not None:  # it may have changed since within this transaction
        return _offices()
    return kept.get(_OFFICES, "all", _offices)


def _offices() -> Offices:
    """Read all offices of the network, in two queries."""
    found = Office.objects.select_related("authority", "otherwise", "organisation", "site__network")
    rows = {str(office.pk): office for office in found.prefetch_related("districts")}
    posts: dict[str, list[Post]] = {}
    for office in rows.values():
        posts.setdefault(office.authority.key, []).append(_post(office))
    known = [authority for office in rows.values() for authority in (office.authority, office.otherwise) if authority]
    assured = {key: assured_on(office) for key, office in rows.items()}
    return Offices(rows, posts, {authority.key: authority for authority in known}, assured)


def _post(office: Office) -> Post:
    return post_of(
        key=str(office.pk),
        authority=office.authority.key,
        districts=[district.key for district in office.districts.all()],
        when=office.when,
        otherwise=office.otherwise.key if office.otherwise else None,
    )


def places() -> Places:
    """Return where households of this network can live."""
    return Places({row.key: [locality.key for locality in row.localities.all()] for row in districts()})


def resolve(authority: Authority, facts: Facts, offices: Offices) -> Resolution:
    """Return the office that decides for a household, and the way to it."""
    found = route(authority.key, facts, offices.posts)
    known = {**offices.authorities, authority.key: authority}
    certain = found.end is End.FOUND
    stops = tuple(
        Stop(
            known[station.authority],
            tuple(_claim(standing, offices, certain=certain) for standing in station.standings),
        )
        for station in found.stations
    )
    return Resolution(stops, found.end, found.missing)


def _claim(standing: Standing, offices: Offices, *, certain: bool) -> Claim:
    office, assured = offices.rows[standing.post.key], offices.assured[standing.post.key]
    shown = _of_office(office, assured, certain=certain)
    return Claim(shown, standing.post.whole, office.otherwise, standing.verdict)


def responsible_office(row: Service, facts: Facts, offices: Offices | None = None) -> Responsible | None:
    """Return who is responsible for a service at this address; certain only if no other office could be."""
    if row.authority is None:
        return _of_organisation(row)
    found = resolve(row.authority, facts, offices if offices is not None else all_offices())
    return found.decides.office if found.decides else of_authority(found.stops[-1].authority)


def deciding_office(row: Service, facts: Facts, offices: Offices) -> Office | None:
    """Return the row of the office that decides on a service for a household; nothing as long as it is not certain."""
    if row.authority is None:
        return None
    found = route(row.authority.key, facts, offices.posts)
    standing = next(iter(found.stations[-1].standings), None)
    return offices.rows[standing.post.key] if found.end is End.FOUND and standing is not None else None


def offices_of(authority: Authority, offices: Offices) -> list[Claim]:
    """Return all offices of an authority with their rules: for a page that knows nothing of its reader."""
    return list(resolve(authority, {}, offices).stops[0].claims)


def _of_office(office: Office, assured: date | None, *, certain: bool) -> Responsible:
    return Responsible(
        name=office.name,
        organisation=office.organisation,
        site=office.site,
        phone=office.phone,
        url=office.url or office.organisation.url,
        hours=office.hours,
        to_check=assured is None,
        certain=certain,
        assured_on=assured,
        review_on=office.review_on,
    )


def of_authority(authority: Authority) -> Responsible:
    """Return an authority of which no office in this city is known: where to ask."""
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


def review(offices: Offices, language: str) -> Review:
    """Return for whom nobody, several or a circle of offices is responsible, and what waits for itself."""
    posts = [post for rows in offices.posts.values() for post in rows]
    return replace(review_of_circles(offices, language), survey=survey(posts, places()))


def review_of_circles(offices: Offices, language: str, drafts: Iterable[Asking] = ()) -> Review:
    """Return what waits for itself, nothing else; `drafts` are services as they would be."""
    papers = list(all_papers().values())
    given_out = issued(papers)
    found = circles(offices.posts, given_out, drafts)
    issuing = {row.authority.key: row.authority for row in papers if row.authority}
    names = Names(
        authorities={key: choose(row.name, language).text for key, row in {**issuing, **offices.authorities}.items()},
        offices={key: choose(row.name, language).text for key, row in offices.rows.items()},
        services=service_names(found, language),
        places=place_names(),
        papers={row.key: choose(row.name, language).text for row in papers},
        issued=issued_by(given_out),
    )
    return Review(Survey((), 0, complete=True), found, names)


def place_names() -> dict[str, str]:
    """Return the names of all districts and localities by their keys."""
    rows = districts()
    localities = {row.key: row.name for district in rows for row in district.localities.all()}
    return {row.key: row.name for row in rows} | localities
