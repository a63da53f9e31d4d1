"""The book of rules of the network in scope, read once a process for each state of its files."""

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from tragnetz.benefits.rules.book import Book, book_of
from tragnetz.screening.models import RuleFile


def current_book() -> Book:
    """Return the book of the network in scope; one short query, and reading only when a file changed."""
    state = tuple(RuleFile.objects.values_list("pk", "digest"))
    return _read(state)


@lru_cache(maxsize=16)
def _read(state: tuple[tuple[UUID, str], ...]) -> Book:
    keys = [key for key, _digest in state]
    files = RuleFile.objects.filter(pk__in=keys)
    return book_of((Path(file.name), file.text) for file in files)
