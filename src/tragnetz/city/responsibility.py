"""What is wrong with responsibility in a city's folder: the search of `eligibility.explore` over its files."""

from tragnetz.city.read import Folder
from tragnetz.eligibility.explore import Names, Places, Review, deadlocks, giver_of, survey
from tragnetz.eligibility.routes import post_of


def review(read: Folder) -> Review:
    """Return for whom nobody, several or a circle of offices is responsible, and which services block each other."""
    offices = {f"{item.authority} {number}": item for number, item in enumerate(read.offices)}
    posts = [
        post_of(key=key, authority=item.authority, districts=item.districts, when=item.when, otherwise=item.otherwise)
        for key, item in offices.items()
    ]
    places = Places({row.id: [locality.id for locality in row.localities] for row in read.districts})
    localities = {row.id: row.name for district in read.districts for row in district.localities}
    names = Names(
        authorities={row.id: row.name["de"] for row in read.authorities},
        offices={key: item.name["de"] for key, item in offices.items()},
        services={row.id: row.name["de"] for row in read.services},
        places={row.id: row.name for row in read.districts} | localities,
    )
    return Review(survey(posts, places), deadlocks(giver_of(row.id, row.prerequisites) for row in read.services), names)
