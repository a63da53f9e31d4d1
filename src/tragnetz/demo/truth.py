"""The truth of a directory in each of its states: what an editor's work list can hold, and what visitors see of it.

The association and its offers are invented. Of the city's own entries an invented editor has confirmed some: that
somebody looked at what is public, nothing new is said of them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F

from tragnetz.core.clock import now
from tragnetz.directory.commands import Known, put_service
from tragnetz.directory.editing import change, confirm_as_editor, create, revise
from tragnetz.directory.history import note_removed, revisions_of
from tragnetz.directory.models import (
    ConfirmationLink,
    Origin,
    ReportState,
    Revision,
    Service,
    WebAddress,
)
from tragnetz.directory.offices import office_rows
from tragnetz.directory.organisations import put_organisation, put_site
from tragnetz.directory.records import record_of, whole
from tragnetz.directory.shapes import Service as Shape
from tragnetz.directory.truth.addresses import DEAD
from tragnetz.directory.truth.links import make_link
from tragnetz.directory.truth.reports import settle_report, take_report
from tragnetz.directory.truth.rows import Row, confirm_row_as_editor
from tragnetz.directory.truth.rules import Author
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Organisation, Site
from tragnetz.network.shapes import plain

FOLDER_CAME = 500  # days ago: what the city's folder says is older than what people said of it since
ASSOCIATION_CAME = 320
LINK_CAME, LINK_USED = 3, 2


@transaction.atomic
def load_truth(network: Network, today: date) -> int:
    """Tell it to the first editor there is; returns how many entries were invented, none the second time."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    members = Membership.objects.filter(roles__contains=[Role.CATALOGUE]).select_related("user")
    editor = members.order_by("user__email").first()
    if editor is None or Service.objects.filter(key__in=[row["id"] for row in told["offers"]]).exists():
        return 0
    actor, began = of_membership(editor, network), now()
    Revision.objects.filter(origin=Origin.CITY).update(at=F("at") - timedelta(days=FOLDER_CAME))
    _look(actor, told["looked"], began)
    organisation, site = _association(actor, told, today, began)
    for row in told["offers"]:
        _offer(actor, row, organisation, site, today, began)
    _remove(network, told["removed"], organisation, today, began)
    for report in told["reports"]:
        _report(actor, report)
    return len(told["offers"])


def _look(actor: Actor, looked: Mapping[str, Any], began: datetime) -> None:
    """Let the editor have confirmed some of what the city's folder tells, each some days ago."""
    offers = Service.objects.exclude(organisation=None).order_by("key")
    for service, days in _some(offers, looked["offers"]):
        confirm_as_editor(actor=actor, service=service)
        _age(service, days, began)
    rows: tuple[tuple[Iterable[Row], str], ...] = (
        (Organisation.objects.order_by("name"), "organisations"),
        (Site.objects.select_related("organisation", "locality", "network").order_by("name"), "sites"),
        (office_rows(), "offices"),
    )
    for found, name in rows:
        for row, days in _some(found, looked[name]):
            confirm_row_as_editor(actor=actor, row=row)
            _age(row, days, began)


def _some[RowT: Row | Service](rows: Iterable[RowT], days: list[int | str]) -> list[tuple[RowT, int]]:
    return [(row, ago) for row, ago in zip(rows, cycle(days), strict=False) if isinstance(ago, int)]


def _association(actor: Actor, told: Mapping[str, Any], today: date, began: datetime) -> tuple[Organisation, Site]:
    organisation = put_organisation(actor=actor, data=told["organisation"])
    site = put_site(actor=actor, organisation=organisation, data=told["site"])
    Organisation.objects.filter(pk=organisation.pk).update(source=_source(today, ASSOCIATION_CAME))
    for row in (organisation, site):
        _age(row, ASSOCIATION_CAME, began)
    at = now() - timedelta(days=LINK_CAME)
    link, _secret = make_link(actor=actor, organisation=organisation, now=at, address=str)
    used = now() - timedelta(days=LINK_USED)
    ConfirmationLink.objects.filter(pk=link.pk).update(opened_at=used, used_at=used)
    return organisation, site


def _source(today: date, ago: int) -> dict[str, str]:
    return {"title": "Erfunden für die Vorführung", "on": (today - timedelta(days=ago)).isoformat()}


def _offer(
    actor: Actor, row: Mapping[str, Any], organisation: Organisation, site: Site, today: date, began: datetime
) -> None:
    """Write an offer as it was so many days ago, and what happened to it since."""
    told = (today - timedelta(days=row["ago"])).isoformat()
    own = {name: value for name, value in row.items() if name in Shape.model_fields}
    for name, known in (("capacities", [{**one, "updated": f"{told}T09:00:00Z"} for one in row.get("capacities", [])]),
                        ("waiting", {**row["waiting"], "on": told} if "waiting" in row else None)):  # fmt: skip
        own |= {name: known} if known else {}
    if "ends_in" in row:
        own["valid_until"] = (today + timedelta(days=row["ends_in"])).isoformat()
    record = {
        **own, "kind": "offer", "organisation": organisation.key, "places": [{"site": site.key}],
        "source": _source(today, row["ago"]),
        "checked": {"state": "confirmed", "on": today.isoformat(), "by": actor.name},
    }  # fmt: skip
    service = create(actor=actor, record=record)
    _age(service, row["ago"], began)
    if "then_summary" in row:
        revise(actor=actor, service=service, changes={"summary": {**row["summary"], "de": row["then_summary"]}})
    if "then_hours" in row:
        change(service=service, changes={"hours": row["then_hours"]}, by=Author(Origin.PROVIDER, organisation.name))
    if "broken" in row:
        WebAddress.objects.create(
            network=actor.network, url=row["broken"], fault="name", failures=DEAD, checked_at=now()
        )  # fmt: skip


def _remove(network: Network, row: Mapping[str, Any], organisation: Organisation, today: date, began: datetime) -> None:
    """Let an entry have come with the city's folder and have left with it."""
    source = _source(today, FOLDER_CAME)
    given = Shape.model_validate(
        {**row, "kind": "offer", "organisation": organisation.key, "source": source,
         "checked": {"state": "to_check", "on": source["on"]}}
    )  # fmt: skip
    by = Author(Origin.CITY, network.key)
    service = put_service(network=network, given=given, known=Known(), by=by)
    _age(service, FOLDER_CAME, began)
    note_removed(service, plain(record_of(whole(service.pk))), by)
    service.delete()
    Revision.objects.filter(key=given.id, number=2).update(at=now() - timedelta(days=ASSOCIATION_CAME))


def _report(actor: Actor, row: Mapping[str, Any]) -> None:
    at = now() - timedelta(days=row["ago"])
    report = take_report(
        service=Service.objects.get(key=row["of"]), kind=row["kind"], text=row["text"], language=row["language"],
        now=at, by_provider=row.get("by_provider", False),
    )  # fmt: skip
    if report is not None and row.get("settled"):
        settle_report(actor=actor, report=report, state=ReportState.MENDED, now=at + timedelta(days=1))


def _age(row: Row | Service, days: int, began: datetime) -> None:
    """Move what was said of a row in this hour back in time."""
    row.refresh_from_db()
    back = timedelta(days=days)

    def earlier(day: str) -> str:
        return (date.fromisoformat(day) - back).isoformat()

    row.truth = {field: {**one, "on": earlier(one["on"])} for field, one in row.truth.items()}
    row.review_on = row.review_on - back if row.review_on else None
    fields = ["truth", "review_on"]
    if isinstance(row, Service):
        row.modified_at -= back
        fields.append("modified_at")
        if row.checked["state"] == "confirmed":
            row.checked = {**row.checked, "on": earlier(row.checked["on"])}
            fields.append("checked")
    row.save(update_fields=fields)
    revisions_of(row).filter(at__gte=began).update(at=F("at") - back)
