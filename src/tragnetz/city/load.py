"""Load a checked folder into the database, in one transaction: rows are updated by their id, new ones made.

Rows that left the folder are removed where nothing points to them; the database refuses the rest, and so does the load.
What was imported stays.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from tragnetz.appointments.models import BookingPolicy, TalkLength, Travel
from tragnetz.city.check import faults_of
from tragnetz.city.format import Situation as SituationFormat
from tragnetz.city.format import office_keys
from tragnetz.city.outlines import drawn
from tragnetz.city.read import Folder, read_folder
from tragnetz.consent.commands import put_texts
from tragnetz.consent.errors import ConsentError
from tragnetz.core.documents import Fault
from tragnetz.core.errors import TragnetzError
from tragnetz.directory.commands import Known, index_words, put_service
from tragnetz.directory.folder import brought
from tragnetz.directory.history import kept_of, note_changes, note_removed, record_of_row
from tragnetz.directory.models import Authority, ExampleHousehold, Office, Origin, Paper, Service, Situation, Topic
from tragnetz.directory.places import follow_offices
from tragnetz.directory.records import record_of, whole
from tragnetz.directory.truth.rows import Row
from tragnetz.directory.truth.rules import Author
from tragnetz.network.models import (
    District,
    Hotline,
    ImportableModel,
    KeyedModel,
    Locality,
    Network,
    Organisation,
    Programme,
    Site,
    StreetRange,
)
from tragnetz.network.scope import scope
from tragnetz.network.shapes import plain
from tragnetz.screening.commands import put_rules

_EDITED = (Service, Organisation, Site, Office)  # they have a history, and what people keep here stays, though it left


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
                "closing_days": {row.day: row.name for row in city.holidays.closed},
                "languages": list(city.languages),
                "emergency": plain(city.emergency),
                "rent_level": plain(city.rent_level) or {},
                "notices": plain(city.notices) or {},
                "is_demo": demo,
            },
        )
        with scope(network):
            _Loader(network, read).load()
    cache.clear()
    return network


class _Loader:
    """One load of one folder: holds the rows by key, so that each is read once."""

    def __init__(self, network: Network, read: Folder) -> None:
        self.network = network
        self.read = read
        self.rows: dict[type[KeyedModel], dict[str, Any]] = {}
        self.by = Author(Origin.CITY, network.key)

    def load(self) -> None:
        """Load in the order in which rows point to one another, then remove what left."""
        self._places()
        self._organisations()
        self._bookings()
        self._directory()
        put_rules(self.network, [(file.name, text) for file, text in self.read.rules])
        self._consent_texts()
        self._remove_what_left()

    def _put(self, model: type[KeyedModel], key: str, **values: Any) -> Any:  # noqa: ANN401 -- a row of any model
        known = self.rows.setdefault(model, {})
        if issubclass(model, ImportableModel):
            values["imported"] = False
        row, _made = model.objects.update_or_create(network=self.network, key=key, defaults=values)
        row.network = self.network  # at hand: nobody need read it for each row
        known[key] = row
        return row

    def _keep(self, model: type[Row], key: str, *, districts: Iterable[str] = (), **values: Any) -> Any:  # noqa: ANN401 -- as above
        """Write a row that people change here, too: what they changed stays, the rest is the folder's."""
        known = model.objects.filter(key=key).first()
        before = record_of_row(known) if known is not None else None
        stays = kept_of(known)
        row = self._put(model, key, **{name: value for name, value in values.items() if name not in stays})
        if isinstance(row, Office) and "districts" not in stays:
            row.districts.set(self._many(District, districts))
        note_changes(row, before, record_of_row(row), self.by)
        return row

    def _many(self, model: type[KeyedModel], keys: Iterable[str]) -> list[Any]:
        return [self.rows[model][key] for key in keys]

    def _one(self, model: type[KeyedModel], key: str | None) -> Any:  # noqa: ANN401 -- a row of any model
        return self.rows[model][key] if key else None

    def _places(self) -> None:
        outlines = drawn(self.read.outlines)
        for position, item in enumerate(self.read.districts):
            district = self._put(District, item.id, name=item.name, position=position)
            for locality in item.localities:
                self._put(
                    Locality,
                    locality.id,
                    name=locality.name,
                    district=district,
                    latitude=locality.latitude,
                    longitude=locality.longitude,
                    tile=plain(locality.map),
                    outline=outlines.get(locality.id, {}),
                )
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
                Hotline, line.id, name=line.name, phone=line.phone, hours=plain(line.hours),
                closed_message=line.closed_message or {}, position=position,
            )  # fmt: skip
            row.districts.set(self._many(District, line.districts))

    def _organisations(self) -> None:
        for item in self.read.organisations:
            organisation = self._keep(
                Organisation,
                item.id,
                name=item.name,
                short_name=item.short,
                kind=item.kind,
                regime=item.regime,
                is_member=item.member,
                url=item.url,
                description=item.description or {},
                email=item.email,
                phones=plain(item.phones),
                privacy=plain(item.privacy) or {},
                source=plain(item.source),
            )
            for site in item.sites:
                self._keep(
                    Site,
                    site.id,
                    organisation=organisation,
                    name=site.name,
                    street=site.street,
                    number=site.number,
                    postcode=site.postcode,
                    city=site.city,
                    kind=site.kind,
                    latitude=site.latitude,
                    longitude=site.longitude,
                    transport=site.transport or {},
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
                target=plain(programme.target),
                target_group=programme.target_group or {},
                line=programme.line or "",
                terms=plain(programme.terms),
                budget_eur=programme.budget_eur,
                note=programme.note or {},
                source=plain(programme.source),
            )
            row.organisations.set(self._many(Organisation, programme.organisations))

    def _bookings(self) -> None:
        """Set what the city says of appointments where the network has nothing yet: what people set here stays."""
        booking = self.read.city.booking if self.read.city else None
        if booking is None:
            return
        for talk in booking.talks:
            TalkLength.objects.get_or_create(
                network=self.network, kind=talk.kind,
                defaults={
                    "first_minutes": talk.first, "follow_minutes": talk.follow, "buffer_minutes": talk.buffer,
                },
            )  # fmt: skip
        for way in booking.ways:
            site, other = sorted(self._many(Site, way.between), key=lambda row: row.pk)
            Travel.objects.get_or_create(
                network=self.network, site=site, other=other, defaults={"minutes": way.minutes}
            )
        policy = booking.policy.model_dump(exclude_none=True)
        if policy:
            BookingPolicy.objects.get_or_create(network=self.network, defaults=policy)

    def _directory(self) -> None:
        for position, topic in enumerate(self.read.topics):
            self._put(Topic, topic.id, name=topic.name, position=position)
        for paper in self.read.papers:
            self._put(Paper, paper.id, name=paper.name, where=paper.where or {}, hint=paper.hint or {})
        for authority in self.read.authorities:
            self._put(Authority, authority.id, name=authority.name, phone=authority.phone, url=authority.url)
        self._offices()
        # What people changed here is newer than the folder; docs/directory.md tells how it comes back into it.
        edited_here = {row.key: row for row in Service.objects.filter(edited=True)}
        of_folder, of_network = Known(self.rows), Known()  # people may have chosen what is not in the folder
        for item in self.read.services:
            row = edited_here.get(item.id)
            self.rows.setdefault(Service, {})[item.id] = put_service(
                network=self.network, given=brought(item, row), known=of_network if row else of_folder, by=self.by
            )
        self._issuers()
        # The others, too, are given at the offices as they are now.
        follow_offices(Service.objects.exclude(key__in=self.rows.get(Service, {})))
        index_words()
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

        for position, household in enumerate(self.read.households):
            self._put(
                ExampleHousehold,
                household.id,
                name=household.name,
                story=household.story,
                facts=household.facts,
                position=position,
            )

    def _answers(self, situation: SituationFormat) -> list[str]:
        # The catalogue knows only its own services; a city's offer says itself which situations it answers.
        local = [item.id for item in self.read.services if situation.id in item.situations]
        return [*situation.services, *(key for key in local if key not in situation.services)]

    def _issuers(self) -> None:
        """Write who gives out each paper: services ask for papers, so they are there only after them."""
        for paper in self.read.papers:
            row = self.rows[Paper][paper.id]
            row.authority, row.service = self._one(Authority, paper.authority), self._one(Service, paper.service)
            row.save(update_fields=["authority", "service"])

    def _offices(self) -> None:
        for position, (key, item) in enumerate(office_keys(self.read.offices)):
            self._keep(
                Office,
                key,
                districts=item.districts,
                authority=self._one(Authority, item.authority),
                organisation=self._one(Organisation, item.organisation),
                site=self._one(Site, item.site),
                name=item.name,
                phone=item.phone,
                url=item.url,
                when=item.when or {},
                otherwise=self._one(Authority, item.otherwise),
                hours=plain(item.hours),
                source=plain(item.source),
                checked=plain(item.checked),
                position=position,
            )

    def _consent_texts(self) -> None:
        organisations = self.rows.get(Organisation, {})
        try:
            put_texts(network=self.network, texts=self.read.consent_texts, organisations=organisations)
        except ConsentError as error:
            raise CityError([Fault(Path("consent_texts.yaml"), 0, "", str(error))]) from error

    def _remove_what_left(self) -> None:
        for model in (
            ExampleHousehold,
            Situation,
            Service,
            Office,
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
            rows = self._left(model).exclude(key__in=kept)
            try:
                if model in _EDITED:
                    self._note_removed(rows)
                rows.delete()
            except ProtectedError as error:
                names = ", ".join(sorted(str(row) for row in error.protected_objects)[:5])
                fault = Fault(
                    Path(self.network.key), 0, model.__name__, f"left the folder, but is still used by: {names}"
                )
                raise CityError([fault]) from error

    def _note_removed(self, rows: Iterable[Any]) -> None:
        for row in rows:
            record = plain(record_of(whole(row.pk))) if isinstance(row, Service) else record_of_row(row)
            note_removed(row, record, self.by)

    @staticmethod
    def _left(model: type[KeyedModel]) -> QuerySet[Any]:
        """Return the rows that the folder may remove: not what was imported, nor what people keep here."""
        rows: QuerySet[Any] = model.objects.all()
        if issubclass(model, ImportableModel):
            rows = rows.filter(imported=False)
        return rows.filter(edited=False) if model in _EDITED else rows
