"""What is wrong with responsibility in a city's folder: the search of `eligibility.explore` over its files."""

from collections.abc import Iterator

from tragnetz.city.read import Folder
from tragnetz.eligibility.circles import Giver, deadlocks, giver_of, issuer_of
from tragnetz.eligibility.explore import Names, Places, Review, survey
from tragnetz.eligibility.routes import Post, Posts, post_of


def review(read: Folder) -> Review:
    """Return for whom nobody, several or a circle of offices is responsible, and what waits for itself."""
    offices = {f"{item.authority} {number}": item for number, item in enumerate(read.offices)}
    posts: dict[str, list[Post]] = {}
    for key, item in offices.items():
        post = post_of(
            key=key, authority=item.authority, districts=item.districts, when=item.when, otherwise=item.otherwise
        )
        posts.setdefault(item.authority, []).append(post)
    places = Places({row.id: [locality.id for locality in row.localities] for row in read.districts})
    localities = {row.id: row.name for district in read.districts for row in district.localities}
    papers = {row.id: row.name["de"] for row in read.papers}
    situations = {row.id: row.name["de"] for row in read.situations}
    names = Names(
        authorities={row.id: row.name["de"] for row in read.authorities},
        offices={key: item.name["de"] for key, item in offices.items()},
        services={row.id: row.name["de"] for row in read.services},
        places={row.id: row.name for row in read.districts} | localities | papers | situations,
        papers=papers,
        issued=_issued(read),
    )
    found = survey((post for rows in posts.values() for post in rows), places)
    return Review(found, deadlocks(_givers(read, posts)), names)


def _issued(read: Folder) -> dict[str, list[str]]:
    """Return the papers that each authority gives out."""
    found: dict[str, list[str]] = {}
    for paper in read.papers:
        if paper.authority:
            found.setdefault(paper.authority, []).append(paper.id)
    return found


def _givers(read: Folder, posts: Posts) -> Iterator[Giver]:
    by_service: dict[str, list[str]] = {}
    for paper in read.papers:
        if paper.service:
            by_service.setdefault(paper.service, []).append(paper.id)
    for row in read.services:
        yield giver_of(row.id, row.prerequisites, gives=row.gives, papers=row.papers, issues=by_service.get(row.id, ()))
    for authority, papers in _issued(read).items():
        yield issuer_of(authority, papers, posts)
