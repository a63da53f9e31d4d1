"""What editors should look at next: each entry, organisation, office once, with all its reasons, most urgent first."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tragnetz.directory.circles import circles, issued
from tragnetz.directory.findings import told
from tragnetz.directory.kept import kept_now
from tragnetz.directory.models import (
    Office,
    Origin,
    Report,
    ReportKind,
    ReportState,
    Revision,
    Service,
    ServiceStatus,
    Subject,
    WebAddress,
)
from tragnetz.directory.papers import all_papers
from tragnetz.directory.responsibility import all_offices, review_of_circles
from tragnetz.directory.truth.addresses import DEAD, TEL
from tragnetz.directory.truth.rows import to_review
from tragnetz.directory.truth.rules import ENDS_SOON
from tragnetz.network.models import Organisation, Site

MOST = 300  # entries of one reason that are sorted: nobody works through more before the list is made anew
_VERY_SOON = timedelta(days=30)


class Reason(StrEnum):
    """Why an entry is on the list."""

    REPORT = "report"
    ENDS = "ends"
    CIRCLE = "circle"
    ADDRESS = "address"
    PROVIDER = "provider"
    DUE = "due"
    TRANSLATION = "translation"


REASONS = {
    Reason.REPORT: gettext_lazy("Gemeldet"),
    Reason.ENDS: gettext_lazy("Läuft aus"),
    Reason.CIRCLE: gettext_lazy("Wartet auf sich selbst"),
    Reason.ADDRESS: gettext_lazy("Link oder Nummer kaputt"),
    Reason.PROVIDER: gettext_lazy("Vom Träger geändert"),
    Reason.DUE: gettext_lazy("Zu prüfen"),
    Reason.TRANSLATION: gettext_lazy("Übersetzung veraltet"),
}
FAULTS = {
    "format": gettext_lazy("falsch geschrieben"),
    "name": gettext_lazy("die Adresse gibt es nicht"),
    "gone": gettext_lazy("die Seite gibt es nicht mehr"),
    "server": gettext_lazy("die Seite meldet einen Fehler"),
    "certificate": gettext_lazy("das Zertifikat stimmt nicht"),
    "timeout": gettext_lazy("die Seite antwortet nicht"),
    "connection": gettext_lazy("keine Verbindung"),
    "circle": gettext_lazy("die Seite leitet im Kreis weiter"),
    "refused": gettext_lazy("die Adresse ist keine öffentliche"),
}
_REPORT_URGENCY = {ReportKind.GONE: 100, ReportKind.PHONE: 95, ReportKind.HOURS: 90, ReportKind.FULL: 75}


class Finding(NamedTuple):
    """One reason for one row, with its urgency (0 to 120) and words."""

    row_id: uuid.UUID
    reason: Reason
    urgency: float
    words: str
    subject: Subject = Subject.SERVICE


@dataclass(slots=True)
class Task:
    """An entry, an organisation with its sites, or an office to look at."""

    row: Service | Organisation | Office
    findings: list[Finding] = field(default_factory=list)

    @property
    def subject(self) -> Subject:
        """What it is."""
        return self.findings[0].subject

    @property
    def name(self) -> str:
        """What it is called, in German."""
        return self.row.name if isinstance(self.row, Organisation) else str(self.row.name.get("de", ""))

    @property
    def urgency(self) -> float:
        """The most urgent reason decides, more reasons add a little."""
        values = sorted((one.urgency for one in self.findings), reverse=True)
        return values[0] + sum(values[1:]) / 20

    def has(self, reason: str) -> bool:
        """Whether a reason is among its own."""
        return any(one.reason == reason for one in self.findings)


def work_list(today: date, *, reason: str = "", organisation: str = "") -> list[Task]:
    """Return what is to be done, most urgent first, at most MOST entries of each reason; in constant queries."""
    findings: dict[Subject, dict[uuid.UUID, list[Finding]]] = {subject: defaultdict(list) for subject in Subject}
    for source in _SOURCES:
        for found in source(today):
            findings[found.subject][found.row_id].append(found)
    tasks = [Task(row, of_row[row.pk]) for of_row in findings.values() for row in _rows(of_row, organisation)]
    if reason:
        tasks = [task for task in tasks if task.has(reason)]
    tasks.sort(key=lambda task: (-task.urgency, task.name))
    return tasks


def _rows(of_row: Mapping[uuid.UUID, list[Finding]], organisation: str) -> Iterable[Service | Organisation | Office]:
    """Return the rows that findings of one subject are about, of one organisation or of all."""
    subject = next((found[0].subject for found in of_row.values()), None)
    own = {"organisation__key": organisation} if organisation else {}
    if subject is Subject.SERVICE:
        services = _kept(Service.objects.filter(pk__in=of_row, **own))
        return services.select_related("organisation", "authority").only(*_SHOWN)
    if subject is Subject.OFFICE:
        return Office.objects.filter(pk__in=of_row, **own).select_related("organisation")
    if subject is Subject.ORGANISATION:
        return Organisation.objects.filter(pk__in=of_row, **({"key": organisation} if organisation else {}))
    return []


_SHOWN = (
    "key", "name", "kind", "search_name", "sensitive", "review_on", "valid_until", "checked",
    "organisation__short_name", "organisation__name", "organisation__key", "authority__name", "authority__key",
)  # fmt: skip


def _kept(rows: QuerySet[Service]) -> QuerySet[Service]:
    """Leave out what has ended for good: nobody needs to keep it true."""
    return rows.exclude(status=ServiceStatus.ENDED)


def _reports(today: date) -> Iterator[Finding]:  # noqa: ARG001 -- one shape for all sources
    rows = Report.objects.filter(state=ReportState.OPEN).values("service_id", "kind").annotate(count=Count("pk"))
    for row in rows.order_by("service_id", "kind")[:MOST]:
        kind, count = ReportKind(row["kind"]), row["count"]
        words = str(kind.label) if count == 1 else f"{kind.label} ({count} ×)"
        yield Finding(
            row["service_id"], Reason.REPORT, min(_REPORT_URGENCY.get(kind, 70) + 3 * (count - 1), 115), words
        )


def _ends(today: date) -> Iterator[Finding]:
    rows = _kept(Service.objects.filter(valid_until__lte=today + ENDS_SOON)).order_by("valid_until")
    for pk, day in rows.values_list("pk", "valid_until")[:MOST]:
        if day is None:
            continue
        left = day - today
        shown = date_format(day, "j. F Y")
        if left < timedelta():
            yield Finding(pk, Reason.ENDS, 65, _("Die Laufzeit ist seit %s vorbei. Verlängern oder beenden?") % shown)
        else:
            urgency = 92 if left <= _VERY_SOON else 55
            yield Finding(pk, Reason.ENDS, urgency, _("Läuft am %s aus. Geht es weiter?") % shown)


def _circles(today: date) -> Iterator[Finding]:  # noqa: ARG001 -- as above
    """Services that nobody gets any more, whoever changed a rule, a paper or an office: each waits for the next one."""
    kept = kept_now()
    offices = all_offices(kept)
    if not circles(offices.posts, issued(all_papers(kept).values())):
        return
    found = review_of_circles(offices, "de")  # with all that is to be called by its name
    keys = {giver for one in found.deadlocks for giver, _thing in one.waiting}
    known = dict(_kept(Service.objects.filter(key__in=keys)).values_list("key", "pk"))
    for deadlock, words in zip(found.deadlocks, told(found), strict=True):
        for giver, _thing in deadlock.waiting:
            if giver in known:
                yield Finding(known[giver], Reason.CIRCLE, 85, f"{words.title}: {words.between}")


def _addresses(today: date) -> Iterator[Finding]:  # noqa: ARG001 -- as above
    rows = WebAddress.objects.filter(failures__gte=DEAD).order_by("-failures")
    faults = dict(rows.values_list("url", "fault")[:MOST])
    if not faults:
        return
    urls = [url for url in faults if not url.startswith(TEL)]
    numbers = [url.removeprefix(TEL) for url in faults if url.startswith(TEL)]
    wanted, organisations = Q(contact__url__in=urls) | Q(contact__phone__in=numbers), Q(url__in=urls)
    # Of an authority without an office in this city its services tell the address.
    wanted |= Q(authority__url__in=urls) | Q(authority__phone__in=numbers)
    for number in numbers[:20]:
        wanted |= Q(contact__phones__contains=[{"number": number}])
        organisations |= Q(phones__contains=[{"number": number}])
    services = _kept(Service.objects.filter(wanted)).values_list("pk", "contact", "authority__url", "authority__phone")
    for pk, contact, url, phone in services[:MOST]:
        own = [
            contact.get("url", ""),
            url or "",
            *_numbers(contact.get("phone", ""), phone, *contact.get("phones", [])),
        ]
        yield from _faulty(pk, own, faults, Subject.SERVICE)
    for pk, url, phones in Organisation.objects.filter(organisations).values_list("pk", "url", "phones")[:MOST]:
        yield from _faulty(pk, [url, *_numbers(*phones)], faults, Subject.ORGANISATION)
    offices = Office.objects.filter(Q(url__in=urls) | Q(phone__in=numbers)).values_list("pk", "url", "phone")
    for pk, url, phone in offices[:MOST]:
        yield from _faulty(pk, [url, *_numbers(phone)], faults, Subject.OFFICE)


def _numbers(*phones: str | Mapping[str, str] | None) -> list[str]:
    return [TEL + (one if isinstance(one, str) else one.get("number", "")) for one in phones if one]


def _faulty(pk: uuid.UUID, own: Iterable[str], faults: Mapping[str, str], subject: Subject) -> Iterator[Finding]:
    for address in dict.fromkeys(own):
        if address in faults:
            fault = FAULTS.get(faults[address], faults[address])
            yield Finding(pk, Reason.ADDRESS, 80, f"{address.removeprefix(TEL)}: {fault}", subject)


def _provider(today: date) -> Iterator[Finding]:  # noqa: ARG001 -- as above
    rows = Revision.objects.filter(origin=Origin.PROVIDER, seen_at=None).exclude(fields=["checked"])
    for row in (
        rows.exclude(service=None).values("service_id").annotate(count=Count("pk")).order_by("service_id")[:MOST]
    ):
        words = ngettext("%s Änderung ansehen", "%s Änderungen ansehen", row["count"]) % row["count"]
        yield Finding(row["service_id"], Reason.PROVIDER, 60, words)


def _due(today: date) -> Iterator[Finding]:
    rows = _kept(Service.objects.filter(review_on__lte=today)).order_by("review_on")
    for pk, day, checked, sensitive in rows.values_list("pk", "review_on", "checked", "sensitive")[:MOST]:
        if day is None:
            continue
        never = checked.get("state") == "to_check"
        overdue = (today - day).days
        urgency = 20 + min(overdue / 20, 20) + (5 if never else 0) + (10 if sensitive else 0)
        yield Finding(pk, Reason.DUE, urgency, _since(None if never else day))


def _details(today: date) -> Iterator[Finding]:
    """Organisations that give help, their sites and offices, whose own facts are no longer sure."""
    running = Service.objects.exclude(organisation=None).exclude(status=ServiceStatus.ENDED).values("organisation_id")
    helping = Q(pk__in=running) | Q(pk__in=Office.objects.values("organisation_id"))
    organisations = Organisation.objects.filter(helping)
    for pk, day in organisations.filter(to_review(today)).order_by("name").values_list("pk", "review_on")[:MOST]:
        yield Finding(pk, Reason.DUE, 18, _("Angaben zur Organisation: %s") % _since(day), Subject.ORGANISATION)
    due = Site.objects.filter(to_review(today), organisation__in=organisations.values("pk"))
    for pk, count in Counter(due.values_list("organisation_id", flat=True)).most_common(MOST):
        words = ngettext("%s Ort zu bestätigen", "%s Orte zu bestätigen", count) % count
        yield Finding(pk, Reason.DUE, 16 + min(count, 4), words, Subject.ORGANISATION)
    offices = Office.objects.filter(to_review(today)).order_by("position")
    for pk, day in offices.values_list("pk", "review_on")[:MOST]:
        yield Finding(pk, Reason.DUE, 19, _("Angaben zur Stelle: %s") % _since(day), Subject.OFFICE)


def _since(day: date | None) -> str:
    return _("Zu bestätigen seit %s") % date_format(day, "j. F Y") if day else _("Noch nie bestätigt")


def _translations(today: date) -> Iterator[Finding]:  # noqa: ARG001 -- as above
    outdated = Service.objects.annotate(states=Cast("translations", TextField())).filter(states__contains='"outdated"')
    rows = outdated.exclude(status=ServiceStatus.ENDED)
    for pk, states in rows.order_by("search_name").values_list("pk", "translations")[:MOST]:
        languages = ", ".join(sorted(key for key, state in states.items() if state.get("outdated")))
        yield Finding(pk, Reason.TRANSLATION, 15, _("Der deutsche Text ist neuer: %s") % languages)


_SOURCES = (_reports, _ends, _circles, _addresses, _provider, _due, _details, _translations)


def counts(tasks: list[Task]) -> dict[Reason, int]:
    """Return how many entries have each reason."""
    return {reason: sum(task.has(reason) for task in tasks) for reason in Reason}
