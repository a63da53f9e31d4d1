"""How sure the facts of organisations and sites are: as of entries, each has a source and a last confirmation.

`truth` of a row tells of its facts who confirmed them last; for the others the organisation's `source` speaks, and
nobody has confirmed them. `review_on` is the day from which a fact is no longer sure: empty while nobody confirmed any.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record as audit
from tragnetz.core.clock import today
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import Origin
from tragnetz.directory.truth.rules import (
    Author,
    Confirmation,
    confirmation_of,
    review_on,
    stated,
    stated_fields,
    truth_after,
)
from tragnetz.network.actors import Actor
from tragnetz.network.models import Organisation, Site

type Row = Organisation | Site

# What is confirmed at once, and the fields that it is made of.
_MADE_OF: dict[type[Row], dict[str, tuple[str, ...]]] = {
    Organisation: {
        "name": ("name", "short_name"),
        "description": ("description",),
        "phones": ("phones",),
        "email": ("email",),
        "url": ("url",),
    },
    Site: {
        "name": ("name",),
        "address": ("street", "number", "postcode", "city"),
        "locality": ("locality",),
        "step_free": ("step_free",),
        "transport": ("transport",),
    },
}
_VERBS: dict[type[Row], str] = {Organisation: "organisation:confirm", Site: "site:confirm"}
_LONG_AGO = date(2000, 1, 1)  # since when nobody has confirmed what came without a source


def facts_of(row: Row) -> dict[str, str]:
    """Return what a row says, in German words: only what it says anything about."""
    found = _of_organisation(row) if isinstance(row, Organisation) else _of_site(row)
    return {fact: words for fact, words in found.items() if words}


def _of_organisation(row: Organisation) -> dict[str, str]:
    return {
        "name": row.name,
        "description": row.description.get("de", ""),
        "phones": ", ".join(str(phone["number"]) for phone in row.phones),
        "email": row.email,
        "url": row.url,
    }


def _of_site(row: Site) -> dict[str, str]:
    return {
        "name": row.name,
        "address": row.address if row.street else "",
        "locality": row.locality.name if row.locality else "",
        "step_free": "" if row.step_free is None else _("Ja") if row.step_free else _("Nein"),
        "transport": row.transport.get("de", ""),
    }


def _record(row: Row) -> dict[str, Any]:
    source = (row if isinstance(row, Organisation) else row.organisation).source
    checked = {"state": "to_check", "on": source.get("on") or _LONG_AGO.isoformat()}
    return {**facts_of(row), "source": source, "checked": checked}


def confirmations_of(row: Row) -> dict[str, Confirmation]:
    """Return of each fact that a row states who said last that it is true."""
    record = _record(row)
    return {
        fact: confirmation_of(fact, row.truth, record["source"], record["checked"]) for fact in stated_fields(record)
    }


def to_review(day: date) -> Q:
    """Return the condition for rows with a fact that is no longer sure on a day."""
    return Q(review_on=None) | Q(review_on__lte=day)


def is_due(row: Row, day: date) -> bool:
    """Whether a row has a fact that is no longer sure on a day."""
    return row.review_on is None or row.review_on <= day


def note_truth(row: Row, changed: Iterable[str], by: Author) -> None:
    """Take over who vouches for the fields of a row that were changed: people do, files and imports do not."""
    changed = set(changed)
    facts = [fact for fact, fields in _MADE_OF[type(row)].items() if changed.intersection(fields)]
    _keep(row, truth_after(row.truth, facts, by, today(row.network.zone)))


def _keep(row: Row, truth: Mapping[str, Any]) -> None:
    said = {fact: one for fact, one in truth.items() if fact in facts_of(row)}
    due = review_on(_record(row), said) if said else None
    if (said, due) != (row.truth, row.review_on):
        row.truth, row.review_on = said, due
        row.save(update_fields=["truth", "review_on"])


@transaction.atomic
def confirm_row(*, row: Row, by: Author, fields: Iterable[str] | None = None) -> None:
    """Say that facts of a row are true today, for an author whom the caller has let in; without any, all are."""
    row = type(row).objects.select_for_update(of=("self",)).select_related("network").get(pk=row.pk)
    stated_now, day = stated_fields(_record(row)), today(row.network.zone)
    chosen = [fact for fact in stated_now if fields is None or fact in fields]
    _keep(row, {**row.truth, **{fact: stated(by, day) for fact in chosen}})


@transaction.atomic
def confirm_row_as_editor(*, actor: Actor, row: Row, fields: Iterable[str] | None = None) -> None:
    """Say as an editor that facts of a row are true today. Raises NotAllowedError."""
    must_edit(actor)
    confirm_row(row=row, by=Author(Origin.EDITOR, actor.name, actor.user_id), fields=fields)
    audit(actor, _VERBS[type(row)], row)
