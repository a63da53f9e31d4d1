"""Load a checked folder into the database, in one transaction: rows are updated by their id, new ones made.

Rows that left the folder are removed where nothing points to them; the database refuses the rest, and so does the load.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError

from tragnetz.city.check import faults_of
from tragnetz.city.format import Service as ServiceFormat
from tragnetz.city.format import Situation as SituationFormat
from tragnetz.city.format import Strict
from tragnetz.city.read import Folder, read_folder
from tragnetz.core.clock import now
from tragnetz.core.documents import Fault
from tragnetz.core.errors import TragnetzError
from tragnetz.directory.meaning import encode
from tragnetz.directory.models import Authority, Office, Paper, Service, Situation, Topic
from tragnetz.directory.rules import with_compounds
from tragnetz.network.models import (
    District,
    Hotline,
    KeyedModel,
    Locality,
    Network,
    Organisation,
    Programme,
    Site,
    StreetRange,
)
from tragnetz.network.scope import scope
from tragnetz.screening.commands import put_rules

MEANINGFUL = 3  # words


class CityError(TragnetzError):
    """A folder with faults: nothing of it was loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def load_city(folder: Path, *, demo: bool = False) -> Network:
    """Check and load a city's folder; returns its network. With faults it raises CityError and changes nothing."""
    read = read_folder(folder)
    faults = faults_of(read)
    if faults or read.city is None:
        raise CityError(faults)
    city = read.city
    with transaction.atomic():
        network, _made = Network.objects.update_or_create(
            key=city.id,
            defaults={
                "name": city.name,
                "city": city.city,
                "ags": city.ags,
                "timezone": city.timezone,
                "holiday_country": city.holidays.country,
                "holiday_subdivision": city.holidays.subdivision,
                "languages": list(city.languages),
                "emergency": _plain(city.emergency),
                "rent_level": _plain(city.rent_level) or {},
                "is_demo": demo,
            },
        )
        with scope(network):
            _Loader(network, read).load()
    cache.clear()
    return network


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any part of a file
    """Return JSON values, without what was left out."""
    if isinstance(value, Strict):
        return value.model_dump(mode="json", exclude_none=True, by_alias=True)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value or {}


class _Loader:
    """One load of one folder: holds the rows by key, so that each is read once."""

    def __init__(self, network: Network, read: Folder) -> None:
        self.network = network
        self.read = read
        self.rows: dict[type[KeyedModel], dict[str, Any]] = {}

    def load(self) -> None:
        """Load in the order in which rows point to one another, then remove what left."""
        self._places()
        self._organisations()
        self._directory()
        put_rules(self.network, [(file.name, text) for file, text in self.read.rules])
        self._remove_what_left()

    def _put(self, model: type[KeyedModel], key: str, **values: Any) -> Any:  # noqa: ANN401 -- a row of any model
        known = self.rows.setdefault(model, {})
        row, _made = model.objects.update_or_create(network=self.network, key=key, defaults=values)
        known[key] = row
        return row

    def _many(self, model: type[KeyedModel], keys: Iterable[str]) -> list[Any]:
        return [self.rows[model][key] for key in keys]

    def _one(self, model: type[KeyedModel], key: str | None) -> Any:  # noqa: ANN401 -- a row of any model
        return self.rows[model][key] if key else None

    def _places(self) -> None:
        for position, item in enumerate(self.read.districts):
            district = self._put(District, item.id, name=item.name, position=position)
            for locality in item.localities:
                self._put(Locality, locality.id, name=locality.name, district=district)
        StreetRange.objects.all().delete()
        StreetRange.objects.bulk_create(
            StreetRange(
                network=self.network,
                street=item.street,
                from_number=item.from_,
                to_number=item.to,
                side=item.side,
                locality=self._one(Locality, item.locality),
                source=item.source,
            )
            for item in self.read.streets
        )
        for position, line in enumerate(self.read.hotlines):
            row = self._put(
                Hotline, line.id, name=line.name, phone=line.phone, hours=_plain(line.hours), position=position
            )
            row.districts.set(self._many(District, line.districts))

    def _organisations(self) -> None:
        for item in self.read.organisations:
            organisation = self._put(
                Organisation,
                item.id,
                name=item.name,
                short_name=item.short,
                kind=item.kind,
                regime=item.regime,
                is_member=item.member,
                url=item.url,
                source=_plain(item.source),
            )
            for site in item.sites:
                self._put(
                    Site,
                    site.id,
                    organisation=organisation,
                    name=site.name,
                    street=site.street,
                    number=site.number,
                    postcode=site.postcode,
                    locality=self._one(Locality, site.locality),
                    step_free=site.step_free,
                )
        for programme in self.read.programmes:
            row = self._put(
                Programme,
                programme.id,
                name=programme.name,
                short_name=programme.short,
                funder=programme.funder,
                starts=programme.starts,
                ends=programme.ends,
                target=_plain(programme.target),
                target_group=programme.target_group or {},
                budget_eur=programme.budget_eur,
                note=programme.note or {},
                source=_plain(programme.source),
            )
            row.organisations.set(self._many(Organisation, programme.organisations))

    def _directory(self) -> None:
        for position, topic in enumerate(self.read.topics):
            self._put(Topic, topic.id, name=topic.name, position=position)
        for paper in self.read.papers:
            self._put(Paper, paper.id, name=paper.name, where=paper.where or {}, hint=paper.hint or {})
        for authority in self.read.authorities:
            self._put(Authority, authority.id, name=authority.name, phone=authority.phone, url=authority.url)
        self._offices()
        for item in self.read.services:
            self._service(item)
        Service.objects.update(
            search_vector=SearchVector("search_name", weight="A", config="german")
            + SearchVector("search_text", weight="B", config="german")
        )
        for position, situation in enumerate(self.read.situations):
            row = self._put(
                Situation,
                situation.id,
                name=situation.name,
                summary=situation.summary,
                icon=situation.icon,
                facts=situation.facts,
                urgent=situation.urgent,
                services=self._answers(situation),
                position=position,
            )
            row.topics.set(self._many(Topic, situation.topics))

    def _answers(self, situation: SituationFormat) -> list[str]:
        # The catalogue knows only its own services; a city's offer says itself which situations it answers.
        local = [item.id for item in self.read.services if situation.id in item.situations]
        return [*situation.services, *(key for key in local if key not in situation.services)]

    def _offices(self) -> None:
        Office.objects.all().delete()
        for position, item in enumerate(self.read.offices):
            office = Office.objects.create(
                network=self.network,
                authority=self._one(Authority, item.authority),
                organisation=self._one(Organisation, item.organisation),
                site=self._one(Site, item.site),
                name=item.name,
                phone=item.phone,
                url=item.url,
                when=item.when or {},
                hours=_plain(item.hours) or [],
                source=_plain(item.source),
                checked=_plain(item.checked),
                position=position,
            )
            office.districts.set(self._many(District, item.districts))

    def _service(self, item: ServiceFormat) -> None:
        row = self._put(
            Service,
            item.id,
            kind=item.kind,
            name=item.name,
            summary=item.summary,
            description=item.description,
            authority=self._one(Authority, item.authority),
            organisation=self._one(Organisation, item.organisation),
            site=self._one(Site, item.site),
            keywords=item.keywords,
            legal_basis=item.legal_basis,
            prerequisites=item.prerequisites or {},
            exclusions_text=item.exclusions_text or {},
            date_rule=_plain(item.date_rule),
            cost=item.cost or {},
            languages=item.languages,
            contact=_plain(item.contact),
            hours=_plain(item.hours) or [],
            opens=item.opens,
            excludes=item.excludes,
            sensitive=item.sensitive,
            valid_from=item.valid_from,
            valid_until=item.valid_until,
            source=_plain(item.source),
            checked=_plain(item.checked),
            search_name=item.name["de"],
            search_text=search_text(item),
            search_words=search_words(item),
        )
        _embed(row, item)
        row.topics.set(self._many(Topic, item.topics))
        row.papers.set(self._many(Paper, item.papers))
        row.districts.set(self._many(District, item.districts))

    def _remove_what_left(self) -> None:
        for model in (
            Situation,
            Service,
            Paper,
            Authority,
            Topic,
            Programme,
            Hotline,
            Site,
            Organisation,
            Locality,
            District,
        ):
            kept = self.rows.get(model, {})
            try:
                model.objects.exclude(key__in=kept).delete()
            except ProtectedError as error:
                names = ", ".join(sorted(str(row) for row in error.protected_objects)[:5])
                fault = Fault(
                    Path(self.network.key), 0, model.__name__, f"left the folder, but is still used by: {names}"
                )
                raise CityError([fault]) from error


def _embed(row: Service, item: ServiceFormat) -> None:
    """Give a service its vectors for the search by meaning, again only when its words changed."""
    texts = [f"{item.name.get(language, item.name['de'])}. {text}" for language, text in item.summary.items()]
    # A list of one or two words has no meaning to speak of: it lies near anything.
    texts += [", ".join(words) for words in item.keywords.values() if len(words) >= MEANINGFUL]
    made_of = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if row.vectors_of != made_of:
        row.vectors, row.vectors_of, row.embedded_at = encode(texts), made_of, now()
        row.save(update_fields=["vectors", "vectors_of", "embedded_at"])


def search_text(item: ServiceFormat) -> str:
    """Return all words by which a service is to be found, in all languages, German compounds taken apart."""
    keywords = (word for group in item.keywords.values() for word in group)
    return with_compounds(" ".join([*item.name.values(), *item.summary.values(), *keywords]))


def search_words(item: ServiceFormat) -> str:
    """Return each word of a service's names and keywords once: what a misspelled word is compared with."""
    texts = [*item.name.values(), *(word for words in item.keywords.values() for word in words)]
    return " ".join(dict.fromkeys(" ".join(texts).lower().split()))
