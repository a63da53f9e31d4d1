"""What is new in the directory: new, changed, ended offers from their history, and those whose term ends soon."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from tragnetz.directory.models import NEVER_SHOWN, Office, Revision, Service, ServiceStatus, Subject

NEWEST = 50
ENDS_SOON = timedelta(days=30)
ENDED_LATELY = timedelta(days=90)
_OVER = (ServiceStatus.ENDED, ServiceStatus.INACTIVE)
# What readers of an offer see, in their words; a change of anything else is no news.
FIELDS = {
    "name": _("Name"),
    "summary": _("Beschreibung"),
    "description": _("Beschreibung"),
    "status": _("läuft oder macht Pause"),
    "authority": _("zuständige Stelle"),
    "organisation": _("Organisation"),
    "places": _("Orte"),
    "prerequisites": _("Voraussetzungen"),
    "exclusions_text": _("Voraussetzungen"),
    "papers": _("Papiere"),
    "date_rule": _("Frist"),
    "cost": _("Kosten"),
    "cost_options": _("Kosten"),
    "capacities": _("freie Plätze"),
    "waiting": _("Wartezeit"),
    "languages": _("Sprachen"),
    "contact": _("Kontakt"),
    "hours": _("Öffnungszeiten"),
    "districts": _("Stadtbezirke"),
    "legal_basis": _("Gesetz"),
    "valid_until": _("Laufzeit"),
}
# What changes of an office is news of each service for which it decides, under the field where readers see it.
_OF_OFFICES = {
    "name": "authority", "phone": "contact", "url": "contact", "hours": "hours", "site": "places",
    "districts": "authority", "when": "authority", "otherwise": "authority",
}  # fmt: skip


class ChangeKind(TextChoices):
    """What happened to an offer."""

    NEW = "new", _("Neu")
    CHANGED = "changed", _("Geändert")
    ENDING = "ending", _("Endet bald")
    ENDED = "ended", _("Beendet")


@dataclass(frozen=True, slots=True)
class Change:
    """One piece of news. Its id stays the same as long as the news does."""

    id: uuid.UUID
    kind: ChangeKind
    at: datetime
    service: Service
    fields: tuple[str, ...] = ()

    @property
    def what(self) -> list[str]:
        """What changed, in the words of readers."""
        return list(dict.fromkeys(str(FIELDS[name]) for name in self.fields if name in FIELDS))


def changes(on: date, zone: ZoneInfo, *, topic: str = "", limit: int = NEWEST) -> list[Change]:
    """Return the newest changes first. What is sensitive is no news, and neither is what readers do not see."""
    found = [*_revised(topic, limit), *_of_offices(topic, limit), *_by_term(on, zone, topic)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit]


def _told(rows: QuerySet[Service], topic: str) -> QuerySet[Service]:
    rows = rows.filter(sensitive=False)
    return rows.filter(topics__key=topic) if topic else rows


def _revised(topic: str, limit: int) -> list[Change]:
    told = _told(Service.objects.all(), topic).order_by().values("pk")
    seen = Q(fields=[]) | Q(fields__overlap=list(FIELDS))
    rows = Revision.objects.filter(seen, service__in=told)
    hidden = [f"service__{name}" for name in NEVER_SHOWN]
    newest = rows.select_related("service__organisation", "service__authority").defer(*hidden, "before")[:limit]
    return [Change(row.pk, _kind(row), row.at, row.service, tuple(row.fields)) for row in newest if row.service]


def _of_offices(topic: str, limit: int) -> list[Change]:
    rows = list(Revision.objects.filter(subject=Subject.OFFICE, fields__overlap=list(_OF_OFFICES))[:limit])
    decides = dict(Office.objects.filter(key__in=[row.key for row in rows]).values_list("key", "authority_id"))
    services = _told(Service.objects.filter(authority__in=decides.values()), topic).select_related(
        "organisation", "authority"
    )
    of_authority: dict[uuid.UUID | None, list[Service]] = {}
    for service in services.exclude(status__in=_OVER).defer(*NEVER_SHOWN).order_by("key"):
        of_authority.setdefault(service.authority_id, []).append(service)
    return [
        Change(
            uuid.uuid5(row.pk, service.key), ChangeKind.CHANGED, row.at, service,
            tuple(dict.fromkeys(_OF_OFFICES[field] for field in row.fields if field in _OF_OFFICES)),
        )
        for row in rows
        for service in of_authority.get(decides.get(row.key), [])
    ]  # fmt: skip


def _kind(row: Revision) -> ChangeKind:
    if not row.fields:
        return ChangeKind.NEW
    return ChangeKind.ENDED if (row.after or {}).get("status") in _OVER else ChangeKind.CHANGED


def _by_term(on: date, zone: ZoneInfo, topic: str) -> list[Change]:
    ends = Service.objects.filter(valid_until__range=(on - ENDED_LATELY, on + ENDS_SOON)).exclude(status__in=_OVER)
    rows = _told(ends, topic).select_related("organisation", "authority").defer(*NEVER_SHOWN)
    found = []
    for row in rows:
        last = row.valid_until
        if last is None:
            continue
        kind = ChangeKind.ENDING if last >= on else ChangeKind.ENDED
        day = last - ENDS_SOON if kind is ChangeKind.ENDING else last + timedelta(days=1)
        key = uuid.uuid5(row.pk, f"{kind.value} {last}")
        found.append(Change(key, kind, datetime.combine(day, time(), zone), row))
    return found
