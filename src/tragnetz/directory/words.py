"""Words in PostgreSQL's full text: which of its languages indexes what, and how a typed word asks for it."""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector
from django.db.models import OuterRef, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from tragnetz.directory.models import Authority
from tragnetz.network.models import Organisation
from tragnetz.network.shapes import Language

GERMAN: tuple[Language, ...] = ("de", "simple")
# PostgreSQL stems these. The others lie in there as they are written; their endings are left to likeness and meaning.
STEMMED = {"en": "english", "tr": "turkish", "ar": "arabic", "ru": "russian", "ro": "romanian"}
UNSTEMMED = ("uk", "bg", "pl")
CYRILLIC = ("russian", "simple")
ARABIC = ("arabic", "simple")
LATIN = ("german", "english", "turkish", "romanian", "simple")


def words_of_service() -> Combinable:
    """Return the words of a service for `search_vector`: name, then keywords, then who gives it and its description."""
    vectors: list[Combinable] = [
        SearchVector("search_name", weight="A", config="german"),
        SearchVector("search_text", weight="B", config="german"),
        SearchVector(_provider(), weight="C", config="german"),
        SearchVector(KT("description__de"), weight="D", config="german"),
    ]
    configs = STEMMED | dict.fromkeys(UNSTEMMED, "simple")
    for language, config in configs.items():
        texts = [KT(f"{field}__{language}") for field in ("name", "summary", "keywords")]
        vectors.append(SearchVector(*texts, weight="B", config=config))
    return reduce(add, vectors)


def _provider() -> Combinable:
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    authority = Authority.objects.filter(pk=OuterRef("authority_id")).annotate(of=KT("name__de")).values("of")
    return Coalesce(Subquery(organisation), Subquery(authority), output_field=TextField())


def configs_of(word: str) -> tuple[str, ...]:
    """Return the languages of PostgreSQL that a word may be of, by its letters."""
    first = word[0]
    if "\u0400" <= first <= "\u04ff":
        return CYRILLIC
    return ARABIC if "\u0600" <= first <= "\u06ff" else LATIN
