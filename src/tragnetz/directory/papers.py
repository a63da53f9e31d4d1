"""All papers with who gives them out: read in one way, for pages and for the search for circles alike."""

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch

from tragnetz.directory.kept import Kept, Shelf, kept_now
from tragnetz.directory.models import NEVER_SHOWN, Authority, Paper, Service
from tragnetz.directory.places import with_places

type Papers = Mapping[str, Paper]

_PAPERS = Shelf[str, Papers](most=1)


def all_papers(kept: Kept | None = None) -> Papers:
    """Return all papers of the network by key, with authority, service and its places.

    They are read once for each edition of the directory: nobody changes these rows. `kept` is what the caller has asked
    for already in this request.
    """
    kept = kept or kept_now()
    if kept.edition.unfinished is not None:  # it may have changed since within this transaction
        return _read()
    return kept.get(_PAPERS, "all", _read)


def in_order(service: Service) -> list[Paper]:
    """Return the papers of a service, the most important first."""
    return sorted(service.papers.all(), key=lambda paper: place_in(service.paper_order, paper.key))


def place_in(order: Sequence[str], key: str) -> tuple[int, str]:
    """Return by what a paper is sorted among those of a service; one of no known place comes last, by its key."""
    return (order.index(key) if key in order else len(order)), key


def papers_of_authorities() -> dict[Paper, Authority]:
    """Return the papers that the offices of an authority give out, by themselves or by a service of theirs."""
    found = {}
    for row in all_papers().values():
        authority = row.service.authority if row.service else row.authority
        if authority is not None:
            found[row] = authority
    return found


def _read() -> dict[str, Paper]:
    services = Service.objects.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    issuers = Prefetch("service", services.prefetch_related(with_places()))
    rows = Paper.objects.select_related("authority").prefetch_related(issuers).order_by("key")
    return {row.key: row for row in rows}
