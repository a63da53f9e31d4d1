"""Rows of the directory as documents of HSDS 3.1 (docs.openreferral.org), with our extension `x_tragnetz`.

Objects that are rows here carry the row's id; parts of a row carry the id they came with, else one made of the row's
id and their place (UUID version 5), so that they stay the same from one request to the next.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import override

from tragnetz.directory.hsds.keeping import merged
from tragnetz.directory.models import Authority, Office, Service, ServiceAtLocation, Situation, Topic
from tragnetz.directory.offices import office_rows
from tragnetz.directory.papers import all_papers, in_order
from tragnetz.directory.records import record_of
from tragnetz.directory.sentences import requirements_of
from tragnetz.directory.truth.rows import assured_on
from tragnetz.eligibility.rules import Condition, Group, Rule, parse_rule
from tragnetz.network.models import District, Locality, Network, Organisation, Site
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.network.shapes import plain

type Document = dict[str, Any]

VERSION = "3.1"
BYDAY = {"mo": "MO", "tu": "TU", "we": "WE", "th": "TH", "fr": "FR", "sa": "SA", "su": "SU"}
STEP_FREE, NOT_STEP_FREE = "stufenlos", "nicht stufenlos"
CLOSED, INSTEAD = "geschlossen", "Gilt in dieser Zeit statt der anderen Zeiten."
NOT_ON_HOLIDAYS = "Nicht an Feiertagen."
TOPICS, SITUATIONS = "topics", "situations"


def part_id(owner: uuid.UUID, kind: str, place: object, given: str = "") -> str:
    """Return the id of a part of a row."""
    return given or str(uuid.uuid5(owner, f"{kind}:{place}"))


def _filled(document: Document) -> Document:
    """Leave out what is not known: HSDS has no empty fields."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def _brief(kept: Document) -> Document:
    return {name: value for name, value in kept.items() if not isinstance(value, list | dict)}


def for_the_world(checked: Document, organisation: Organisation | None) -> Document:
    """Return what was said of an entry's truth, without the name of a person: who works here is nobody's business."""
    named = organisation is not None and checked.get("by") == organisation.name
    return checked if named else {name: value for name, value in checked.items() if name != "by"}


def taxonomy_id(network: Network, kind: str) -> uuid.UUID:
    """Return the id of one of the two taxonomies of a network: topics and situations."""
    return uuid.uuid5(network.pk, f"taxonomy:{kind}")


def taxonomies(network: Network) -> list[Document]:
    """Return the taxonomies by which services are sorted."""
    told = {
        TOPICS: ("Themen", "Lebensbereiche, nach denen Hilfe geordnet ist."),
        SITUATIONS: ("Lebenslagen", "Was eine Person sagen würde, die Hilfe sucht."),
    }
    return [
        {"id": str(taxonomy_id(network, kind)), "name": name, "description": description, "version": "1"}
        for kind, (name, description) in told.items()
    ]


def term(network: Network, row: Topic | Situation) -> Document:
    """Return a topic or a situation as a term of its taxonomy."""
    kind = TOPICS if isinstance(row, Topic) else SITUATIONS
    detail = next(one for one in taxonomies(network) if one["id"] == str(taxonomy_id(network, kind)))
    summary = row.summary.get("de") if isinstance(row, Situation) else ""
    return {
        "id": str(row.pk),
        "code": row.key,
        "name": row.name["de"],
        "description": summary or row.name["de"],
        "taxonomy": detail["name"],
        "taxonomy_detail": detail,
        "taxonomy_id": detail["id"],
        "language": "de",
        "x_tragnetz": {"name": row.name},
    }


class Documents:
    """Makes documents of one network; what many of them share is read once.

    `for_the_house`: who of the staff confirmed an entry is named; the world reads organisations' names alone.
    """

    def __init__(self, network: Network, *, for_the_house: bool = False) -> None:
        self.network = network
        self.for_the_house = for_the_house

    @cached_property
    def _situations(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for row in Situation.objects.all():
            for key in row.services:
                found.setdefault(key, []).append(term(self.network, row))
        return found

    @cached_property
    def _topics(self) -> dict[uuid.UUID, Document]:
        return {row.pk: term(self.network, row) for row in Topic.objects.all()}

    @cached_property
    def _requirements(self) -> dict[str, str]:
        return {}

    @cached_property
    def _issued(self) -> dict[uuid.UUID, Document]:
        """What HSDS cannot say of a required document, by paper: its key, and who gives it out."""
        found: dict[uuid.UUID, Document] = {}
        for paper in all_papers().values():
            issuer: Document = {}
            if paper.authority is not None:
                owner = self.stands_for(paper.authority.pk)
                issuer = {"authority": paper.authority.key, "organization_id": str(owner)}
            elif paper.service is not None:
                issuer = {"service": paper.service.key, "service_id": str(paper.service.pk)}
            found[paper.pk] = _filled({"key": paper.key, "issued_by": issuer, "where": paper.where})
        return found

    def service(self, row: Service, *, full: bool = True) -> Document:
        """Return a service; not full: with what stands once for each service, and its organisation."""
        found = _filled(
            {
                "id": str(row.pk),
                "organization_id": str(self.owner_id(row)),
                "name": row.name["de"],
                "alternate_name": row.name.get("simple") if row.name.get("simple") != row.name["de"] else None,
                "description": f"{row.summary['de']}\n\n{row.description['de']}",
                "url": row.contact.get("url"),
                "email": row.contact.get("email"),
                "status": row.status,
                "application_process": self._application(row),
                "fees_description": row.cost.get("de"),
                "alert": _term_of(row),
                "eligibility_description": self._eligibility(row),
                **ages(row.prerequisites),
                "assured_date": row.checked.get("on") if row.checked.get("state") == "confirmed" else None,
                "last_modified": row.modified_at.isoformat(),
            }
        )
        organisation = self._organization_of(row)
        if organisation:
            found["organization"] = organisation
        return merged(row.kept, found | self._lists(row)) if full else merged(_brief(row.kept), found)

    def _lists(self, row: Service) -> Document:
        contact = row.contact
        owner = {"service_id": str(row.pk)}
        phones = contact.get("phones", [])
        if contact.get("phone") and contact["phone"] not in {phone["number"] for phone in phones}:
            phones = [{"number": contact["phone"]}, *phones]
        return _filled(
            {
                "phones": _phones(row.pk, phones, owner),
                "contacts": [
                    _person(row.pk, number, one, owner) for number, one in enumerate(contact.get("people", []))
                ],
                "schedules": _schedules(row.pk, row.hours, owner),
                "languages": [
                    {
                        "id": part_id(row.pk, "language", code),
                        **owner,
                        "code": code,
                        "name": LANGUAGE_NAMES.get(code, code),
                    }
                    for code in row.languages
                ],
                "service_areas": self._areas(row.pk, row.districts.all(), owner),
                "service_at_locations": [self.service_at_location(place) for place in row.places.all()],
                "cost_options": [
                    _filled(
                        {
                            "id": part_id(row.pk, "cost", number, one.get("id", "")),
                            **owner,
                            "option": one.get("option"),
                            "amount": one.get("amount"),
                            "currency": one.get("currency") if one.get("amount") is not None else None,
                            "amount_description": one.get("description"),
                            "valid_from": one.get("from"),
                            "valid_to": one.get("until"),
                        }
                    )
                    for number, one in enumerate(row.cost_options)
                ],
                "required_documents": [
                    {
                        "id": part_id(row.pk, "paper", paper.pk),
                        **owner,
                        "document": paper.name["de"],
                        "x_tragnetz": self._issued[paper.pk],
                    }
                    for paper in in_order(row)
                ],
                "capacities": [
                    _filled(
                        {
                            "id": part_id(row.pk, "capacity", number, one.get("id", "")),
                            **owner,
                            "unit": {
                                "id": str(uuid.uuid5(self.network.pk, f"unit:{one['unit']}")),
                                "name": one["unit"],
                            },
                            "unit_id": str(uuid.uuid5(self.network.pk, f"unit:{one['unit']}")),
                            "available": one["available"],
                            "maximum": one.get("maximum"),
                            "description": one.get("description"),
                            "updated": one["updated"],
                        }
                    )
                    | {"available": one["available"]}
                    for number, one in enumerate(row.capacities)
                ],
                "attributes": self._attributes(row),
                "x_tragnetz": self._record(row),
            }
        )

    def _record(self, row: Service) -> Document:
        found: Document = plain(record_of(row))
        return found if self.for_the_house else found | {"checked": for_the_world(found["checked"], row.organisation)}

    def _attributes(self, row: Service) -> list[Document]:
        terms = [self._topics[topic.pk] for topic in sorted(row.topics.all(), key=lambda topic: topic.key)]
        return [
            {
                "id": part_id(row.pk, "attribute", one["id"]),
                "link_id": str(row.pk),
                "link_entity": "service",
                "link_type": one["taxonomy"],
                "taxonomy_term_id": one["id"],
                "taxonomy_term": one,
            }
            for one in [*terms, *self._situations.get(row.key, [])]
        ]

    def owner_id(self, row: Service) -> uuid.UUID | None:
        """Return the organisation of a service: its own, that whose office is the authority here, or the authority."""
        return row.organisation_id or (self.stands_for(row.authority_id) if row.authority_id else None)

    def stands_for(self, authority_id: uuid.UUID) -> uuid.UUID:
        """Return the organisation whose office is an authority here, else the authority itself."""
        owner = self._owners.get(authority_id)
        return owner.pk if owner else authority_id

    @cached_property
    def _owners(self) -> dict[uuid.UUID, Organisation]:
        owners: dict[uuid.UUID, Organisation] = {}
        for authority in Authority.objects.prefetch_related("offices__organisation"):
            for office in authority.offices.all():
                owners.setdefault(authority.pk, office.organisation)
        return owners

    def owned_authorities(self) -> list[uuid.UUID]:
        """Return the authorities that an organisation of the city stands for; the others stand for themselves."""
        return list(self._owners)

    def authorities_of(self, organisation_id: uuid.UUID) -> list[uuid.UUID]:
        """Return the authorities for which an organisation stands, or the authority itself."""
        return [key for key, owner in self._owners.items() if owner.pk == organisation_id] or [organisation_id]

    def _organization_of(self, row: Service) -> Document | None:
        owner = row.organisation or (self._owners.get(row.authority_id) if row.authority_id else None)
        stands = owner or row.authority
        return self.organization(stands, full=False) if stands else None

    def organization(self, row: Organisation | Authority, *, full: bool = True) -> Document:
        """Return an organisation; an authority without an office in this city stands for itself."""
        if isinstance(row, Authority):
            phones = [{"number": row.phone}] if row.phone else []
            found = {"name": row.name["de"], "description": row.name["de"], "website": row.url}
            extension: Document = {"key": row.key, "authority": True, "name": row.name}
        else:
            phones = row.phones
            description = row.description.get("de") or f"{row.get_kind_display()} in {self.network.city}"
            found = {
                "name": row.name,
                "alternate_name": row.short_name if row.short_name != row.name else "",
                "description": description,
                "email": row.email,
                "website": row.url,
            }
            extension = {
                "key": row.key,
                "kind": row.kind,
                "member": row.is_member,
                "regime": row.regime,
                "description": row.description,
                "source": row.source,
            }
        document = _filled({"id": str(row.pk), **found})
        kept = row.kept if isinstance(row, Organisation) else {}
        if not full:
            return merged(_brief(kept), document)
        lists = {
            "phones": _phones(row.pk, phones, {"organization_id": str(row.pk)}),
            "locations": [self.location(site) for site in row.sites.all()] if isinstance(row, Organisation) else [],
            "x_tragnetz": extension,
        }
        return merged(kept, document | _filled(lists))

    def location(self, site: Site) -> Document:
        """Return a site with its address."""
        owner = {"location_id": str(site.pk)}
        found = _filled(
            {
                "id": str(site.pk),
                "location_type": site.kind,
                "organization_id": str(site.organisation_id),
                "name": site.name,
                "latitude": site.latitude,
                "longitude": site.longitude,
                "transportation": site.transport.get("de"),
                "addresses": [self._address(site)] if site.street else [],
                "accessibility": []
                if site.step_free is None
                else [
                    {
                        "id": part_id(site.pk, "accessibility", 0),
                        **owner,
                        "description": STEP_FREE if site.step_free else NOT_STEP_FREE,
                    }
                ],
                "x_tragnetz": {
                    "key": site.key,
                    "street": site.street,
                    "number": site.number,
                    "locality": self._localities.get(site.locality_id) if site.locality_id else None,
                    "transport": site.transport,
                },
            }
        )
        return merged(site.kept, found)

    @cached_property
    def _localities(self) -> dict[uuid.UUID, str]:
        return dict(Locality.objects.values_list("pk", "key"))

    def _address(self, site: Site) -> Document:
        return {
            "id": part_id(site.pk, "address", 0),
            "location_id": str(site.pk),
            "address_1": f"{site.street} {site.number}".strip(),
            "city": site.city or self.network.city,
            "state_province": self.network.holiday_subdivision,
            "postal_code": site.postcode,
            "country": self.network.holiday_country,
            "address_type": site.kind,
        }

    def service_at_location(self, place: ServiceAtLocation) -> Document:
        """Return where a service is given."""
        owner = {"service_at_location_id": str(place.pk)}
        areas = self._areas(place.pk, place.office.districts.all(), owner) if place.office else []
        return {
            **place.kept,
            **_filled(
                {
                    "id": str(place.pk),
                    "service_id": str(place.service_id),
                    "location_id": str(place.site_id),
                    "description": place.note.get("de"),
                    "location": self.location(place.site),
                    "phones": _phones(place.pk, place.phones, owner),
                    "schedules": _schedules(place.pk, place.hours, owner),
                    "service_areas": areas,
                    "x_tragnetz": self._office(place.office_id) if place.office_id else None,
                }
            ),
        }

    def _office(self, key: uuid.UUID) -> Document:
        """Return what is known of an office's truth; `assured_date` as of services: since when all is vouched for."""
        row = self._offices[key]
        assured = assured_on(row)
        return _filled(
            {"office": row.key, "assured_date": assured.isoformat() if assured else None, "source": row.source}
        )

    @cached_property
    def _offices(self) -> dict[uuid.UUID, Office]:
        return {row.pk: row for row in office_rows()}

    def _areas(self, key: uuid.UUID, districts: Iterable[District], owner: Document) -> list[Document]:
        """Return the districts for which it is; without any it is for the whole city."""
        names = [(district.key, district.name) for district in districts] or [(self.network.key, self.network.city)]
        return [
            {"id": part_id(key, "area", code), **owner, "name": name, "extent_type": "text", "extent": name}
            for code, name in sorted(names)
        ]

    def _application(self, row: Service) -> str:
        """Return what one has to know before: the date, whether one needs an appointment, how long one waits."""
        by_appointment = "Nur mit Termin." if row.contact.get("by_appointment") else ""
        told = (row.date_rule.get("text", {}).get("de", ""), by_appointment, _waiting(row.waiting))
        return " ".join(part for part in told if part)

    def _eligibility(self, row: Service) -> str:
        """Return the prerequisites as German sentences: generated, so that they never differ from the rule."""
        text = repr(row.prerequisites)
        if text not in self._requirements:
            with override("de"):
                lines = [_sentence(one.text, one.choices) for one in requirements_of(row)]
            self._requirements[text] = "\n".join(lines)
        told = [self._requirements[text], row.exclusions_text.get("de", "")]
        return "\n".join(part for part in told if part)


def _term_of(row: Service) -> str:
    """Return from when and until when a service is given, for HSDS knows no term; empty without one."""
    told = (("Beginnt am", row.valid_from), ("Befristet bis", row.valid_until))
    return " ".join(f"{words} {_day(day)}." for words, day in told if day)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _waiting(waiting: Document) -> str:
    """Return how long one waits, as told on a day; HSDS has no field for it that is not given up."""
    if not waiting:
        return ""
    weeks, day = waiting.get("weeks"), _day(date.fromisoformat(waiting["on"]))
    told = {None: "", 0: "Zurzeit ohne Wartezeit", 1: "Wartezeit zurzeit eine Woche"}
    time = told.get(weeks, f"Wartezeit zurzeit {weeks} Wochen")
    since = f"{time} (Stand {day})." if time else ""
    return " ".join(part for part in (since, (waiting.get("note") or {}).get("de", "")) if part)


def _sentence(text: str, choices: list[str]) -> str:
    return f"{text} {'; '.join(choices)}." if choices else f"{text}."


def ages(rule: dict[str, Any]) -> Document:
    """Return the youngest and the oldest age of a rule that must hold, as HSDS has them."""
    found: Document = {}
    for condition in _must_hold(parse_rule(rule)) if rule else []:
        if condition.fact == "age" and condition.operator == "at_least":
            found["minimum_age"] = condition.value
        elif condition.fact == "age" and condition.operator == "at_most":
            found["maximum_age"] = condition.value
    return found


def _must_hold(rule: Rule) -> list[Condition]:
    if isinstance(rule, Condition):
        return [rule]
    if isinstance(rule, Group) and rule.kind == "all":
        return [condition for part in rule.rules for condition in _must_hold(part)]
    return []


def _phones(key: uuid.UUID, phones: list[Document], owner: Document) -> list[Document]:
    found = []
    for number, phone in enumerate(phones):
        phone_id = part_id(key, "phone", number, phone.get("id", ""))
        languages = [
            {
                "id": part_id(key, f"phone-{number}-language", code),
                "phone_id": phone_id,
                "code": code,
                "name": LANGUAGE_NAMES.get(code, code),
            }
            for code in phone.get("languages", [])
        ]
        found.append(
            _filled(
                {
                    "id": phone_id,
                    **owner,
                    "number": phone["number"],
                    "extension": phone.get("extension"),
                    "type": phone.get("type"),
                    "description": phone.get("description"),
                    "languages": languages,
                }
            )
        )
    return found


def _person(key: uuid.UUID, number: int, person: Document, owner: Document) -> Document:
    contact_id = part_id(key, "contact", number, person.get("id", ""))
    return _filled(
        {
            "id": contact_id,
            **owner,
            **{name: person.get(name) for name in ("name", "title", "department", "email")},
            "phones": _phones(uuid.UUID(contact_id), person.get("phones", []), {"contact_id": contact_id}),
        }
    )


def _told_of(row: Document) -> str:
    """Return in words what HSDS cannot say of opening hours, for readers who know no extension."""
    note, is_open = (row.get("note") or {}).get("de", ""), bool(row.get("opens"))
    told = [note or ("" if is_open else CLOSED)]
    told += [INSTEAD] if is_open and row.get("instead") else []
    told += [NOT_ON_HOLIDAYS] if is_open and not row.get("on_holidays") else []
    return " ".join(part for part in told if part)


def _schedules(key: uuid.UUID, hours: list[Document], owner: Document) -> list[Document]:
    """Return opening hours. HSDS knows no exceptions: a row that closes or replaces says so in `x_tragnetz`."""
    found = []
    for number, row in enumerate(hours):
        monthly = bool(row.get("nth"))
        days = [BYDAY[day] for day in row.get("days", [])]
        byday = [f"{nth}{day}" for nth in row["nth"] for day in days] if monthly else days
        extension = _filled(
            {
                "instead": row.get("instead") or None,
                "on_holidays": row.get("on_holidays") or None,
                "closed": None if row.get("opens") else True,
                "note": row.get("note"),
            }
        )
        found.append(
            _filled(
                {
                    "id": part_id(key, "schedule", number, row.get("id", "")),
                    **owner,
                    "freq": ("MONTHLY" if monthly else "WEEKLY") if days else None,
                    "byday": ",".join(byday),
                    "wkst": "MO" if row.get("every", 1) > 1 else None,
                    "interval": row["every"] if row.get("every", 1) > 1 else None,
                    "dtstart": row.get("from") if row.get("every", 1) > 1 else None,
                    "opens_at": (row.get("opens") or "")[:5],
                    "closes_at": (row.get("closes") or "")[:5],
                    "valid_from": row.get("from"),
                    "valid_to": row.get("until"),
                    "description": _told_of(row),
                    "x_tragnetz": extension,
                }
            )
        )
    return found
