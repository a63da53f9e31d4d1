"""What is wrong with responsibility in a city's folder: the search of `eligibility.explore` over its files."""

from tragnetz.city.read import Folder
from tragnetz.eligibility.circles import Asking, Issued, deadlocks, givers_of, issued_by
from tragnetz.eligibility.explore import Names, Places, Review, survey
from tragnetz.eligibility.routes import Post, post_of


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
    issued = [Issued(row.id, row.authority or "", row.service or "") for row in read.papers]
    situations = {row.id: row.name["de"] for row in read.situations}
    names = Names(
        authorities={row.id: row.name["de"] for row in read.authorities},
        offices={key: item.name["de"] for key, item in offices.items()},
        services={row.id: row.name["de"] for row in read.services},
        places={row.id: row.name for row in read.districts} | localities | papers | situations,
        papers=papers,
        issued=issued_by(issued),
    )
    found = survey((post for rows in posts.values() for post in rows), places)
    asking = (Asking(row.id, row.prerequisites, row.gives, row.papers) for row in read.services)
    return Review(found, deadlocks(givers_of(asking, issued, posts)), names)
