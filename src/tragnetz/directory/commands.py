"""Writes to the directory. City files, imports and editors all write a service by `put_service`."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, F, Func

from tragnetz.core.clock import now, today
from tragnetz.directory import shapes
from tragnetz.directory.history import kept_of, note_taken_back, write_revision
from tragnetz.directory.meaning import encode
from tragnetz.directory.models import Authority, Origin, Paper, Service, Topic
from tragnetz.directory.places import at_offices, put_places
from tragnetz.directory.records import record_of, whole
from tragnetz.directory.rules import with_compounds
from tragnetz.directory.translations import states_after
from tragnetz.directory.truth.rules import Author, differences, doubted, review_on, truth_after
from tragnetz.directory.words import GERMAN, words_of_service
from tragnetz.network.models import District, KeyedModel, Network, Organisation, Site
from tragnetz.network.shapes import plain

MEANINGFUL = 3  # words


@dataclass(slots=True)
class Known:
    """The rows that services point to, by key: read once, however many services are written."""

    rows: dict[type[KeyedModel], dict[str, Any]] = field(default_factory=dict)

    def one[RowT: KeyedModel](self, model: type[RowT], key: str | None) -> RowT | None:
        """Return a row by its key; nothing for no key. Raises KeyError for an unknown one."""
        return self._of(model)[key] if key else None

    def many[RowT: KeyedModel](self, model: type[RowT], keys: Iterable[str]) -> list[RowT]:
        """Return rows in the order of their keys. Raises KeyError for an unknown one."""
        return [self._of(model)[key] for key in keys]

    def keys(self, model: type[KeyedModel]) -> set[str]:
        """Return all keys of a kind."""
        return set(self._of(model))

    def keep(self, row: KeyedModel) -> None:
        """Take over a row that was just written, instead of reading all of its kind again."""
        if type(row) in self.rows:
            self.rows[type(row)][row.key] = row

    def _of(self, model: type[KeyedModel]) -> dict[str, Any]:
        if model not in self.rows:
            self.rows[model] = {row.key: row for row in model.objects.all()}
        return self.rows[model]


def put_service(
    *,
    network: Network,
    given: shapes.Service,
    known: Known,
    by: Author,
    service_id: uuid.UUID | None = None,
    imported: bool = False,
    comment: str = "",
) -> Service:
    """Write a service as it is given, new or by its key; what points to unknown rows raises KeyError.

    `service_id` is the id of a new one (an import keeps those it brings). What is `imported` no city's folder removes.
    The change stands in the history under `by`. The caller makes it findable by words (`index_words`), once for all
    that it writes.
    """
    row = Service.objects.select_for_update().filter(key=given.id).first()
    before = plain(record_of(whole(row.pk))) if row else None
    if before and row and not row.paper_order and set(before["papers"]) == set(given.papers):
        before["papers"] = list(given.papers)  # nobody had said an order: to say one for the first time is no news
    if row is None:
        row = Service(network=network, key=given.id)
        row.id = service_id or row.id
    for name, value in _columns(given, known).items():
        setattr(row, name, value)
    row.imported = imported
    if before is None:
        row.save(force_insert=True)
    pointed: tuple[tuple[Any, type[KeyedModel], list[str]], ...] = (
        (row.topics, Topic, given.topics),
        (row.papers, Paper, given.papers),
        (row.districts, District, given.districts),
    )
    for relation, model, keys in pointed:
        if keys or before is not None:
            relation.set(known.many(model, keys))
    _place(row, given, known)
    if before is not None:
        row.save()
    _embed(row, given)
    _keep_history(row, given, before, by, comment)
    return row


def _keep_history(row: Service, given: shapes.Service, before: dict[str, Any] | None, by: Author, comment: str) -> None:
    """Write what changed, who vouches for it, and when it is to be looked at again; nothing changed leaves no trace."""
    after = plain(given) if before is None else plain(record_of(whole(row.pk)))
    changed = differences(before, after) if before is not None else []
    if before is not None and not changed:
        return
    day = today(row.network.zone)
    row.modified_at = now()
    row.truth = truth_after(row.truth, changed, by, day)
    row.translations = states_after(row.translations, before, after, by, day)
    row.review_on = review_on(after, row.truth)
    row.edited = row.edited or by.by_people
    row.save(update_fields=["modified_at", "truth", "translations", "review_on", "edited"])
    write_revision(row, changed, before, after, by, comment, at=row.modified_at)
    note_taken_back(row, by)
    if by.origin == Origin.UNDO and "checked" in kept_of(row) and "checked" not in changed:
        row.truth = doubted(row.truth, changed, day)
        row.review_on = review_on(after, row.truth)
        row.save(update_fields=["truth", "review_on"])


def _columns(given: shapes.Service, known: Known) -> dict[str, Any]:
    return {
        "kind": given.kind,
        "status": given.status,
        "name": given.name,
        "summary": given.summary,
        "description": given.description,
        "authority": known.one(Authority, given.authority),
        "organisation": known.one(Organisation, given.organisation),
        "keywords": given.keywords,
        "legal_basis": given.legal_basis,
        "prerequisites": given.prerequisites or {},
        "exclusions_text": given.exclusions_text or {},
        "date_rule": plain(given.date_rule),
        "cost": given.cost or {},
        "cost_options": plain(given.cost_options),
        "capacities": plain(given.capacities),
        "waiting": plain(given.waiting),
        "languages": given.languages,
        "contact": plain(given.contact),
        "hours": plain(given.hours),
        "opens": list(given.opens),
        "excludes": list(given.excludes),
        "gives": list(given.gives),
        "paper_order": list(given.papers),
        "sensitive": given.sensitive,
        "valid_from": given.valid_from,
        "valid_until": given.valid_until,
        "source": plain(given.source),
        "checked": plain(given.checked),
        "search_name": given.name["de"],
        "search_text": search_text(given),
        "search_words": search_words(given),
    }


def _place(row: Service, given: shapes.Service, known: Known) -> None:
    """Write where a service is given; the offices of an authority are its places."""
    if row.authority is not None:
        put_places(row, at_offices(row.authority))
        return
    put_places(
        row,
        [
            {
                "site_id": known.one(Site, place.site).pk,  # type: ignore[union-attr]  # a key is always there
                "hours": plain(place.hours),
                "phones": plain(place.phones),
                "note": place.note or {},
                "id": uuid.UUID(place.id) if place.id else None,
            }
            for place in given.all_places()
        ],
    )


def index_words(*keys: str) -> None:
    """Make services of the network findable by the words they have now: those of the keys, without any all.

    Only what differs is written: writing the index costs ten times what making the words costs.
    """
    rows = Service.objects.filter(key__in=keys) if keys else Service.objects.all()
    of_now = words_of_service()
    differs = Func(
        F("search_vector"), of_now, template="%(expressions)s", arg_joiner=" IS DISTINCT FROM ",
        output_field=BooleanField(),
    )  # fmt: skip
    rows.filter(differs).update(search_vector=of_now)


def _embed(row: Service, given: shapes.Service) -> None:
    """Give a service its vectors for the search by meaning, again only when its words changed."""
    texts = [f"{given.name.get(language, given.name['de'])}. {text}" for language, text in given.summary.items()]
    # A list of one or two words has no meaning to speak of: it lies near anything.
    texts += [", ".join(words) for words in given.keywords.values() if len(words) >= MEANINGFUL]
    made_of = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if row.vectors_of != made_of:
        row.vectors, row.vectors_of, row.embedded_at = encode(texts), made_of, now()
        row.save(update_fields=["vectors", "vectors_of", "embedded_at"])


def search_text(given: shapes.Service) -> str:
    """Return the German words by which a service is to be found, compounds taken apart."""
    texts = [words[language] for words in (given.name, given.summary) for language in GERMAN if language in words]
    keywords = [word for language in GERMAN for word in given.keywords.get(language, [])]
    return with_compounds(" ".join([*texts, *keywords]))


def search_words(given: shapes.Service) -> str:
    """Return each word of a service's names and keywords once: what a misspelled word is compared with."""
    texts = [*given.name.values(), *(word for words in given.keywords.values() for word in words)]
    return " ".join(dict.fromkeys(" ".join(texts).lower().split()))
