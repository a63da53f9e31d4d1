"""How sure the facts of organisations, sites and offices are: as of entries, each has a source and a last confirmation.

`truth` of a row tells of its facts who confirmed them last; for the others its evidence speaks. Of an organisation and
its sites that is the organisation's `source`, and nobody has confirmed them; of an office its own `source` and
`checked`, as the city's folder has them. `review_on` is the day from which a fact is no longer sure: empty while nobody
confirmed any.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record as audit
from tragnetz.core.clock import today
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import Office, Origin
from tragnetz.directory.prose import rule_sentence
from tragnetz.directory.truth.rules import (
    Author,
    Confirmation,
    confirmation_of,
    review_on,
    stated,
    stated_fields,
    truth_after,
)
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.actors import Actor
from tragnetz.network.hours_text import write_hours
from tragnetz.network.models import Organisation, Site

type Row = Organisation | Site | Office

_LONG_AGO = date(2000, 1, 1)  # since when nobody has confirmed what came without a source


class _Sort(NamedTuple):
    """A sort of rows: what is confirmed at once and of which fields it is made, its words, the verb of confirming."""

    made_of: dict[str, tuple[str, ...]]
    words: Callable[[Any], dict[str, str]]
    verb: str


def facts_of(row: Row) -> dict[str, str]:
    """Return what a row says, in German words: only what it says anything about."""
    return {fact: words for fact, words in _SORTS[type(row)].words(row).items() if words}


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


def _of_office(row: Office) -> dict[str, str]:
    return {
        "name": row.name["de"],
        "phone": row.phone,
        "url": row.url,
        "hours": write_hours(row.hours),
        "site": f"{row.site.name}, {row.site.address}" if row.site else "",
        "responsibility": _responsibility(row),
    }


def _responsibility(row: Office) -> str:
    """Return for whom an office decides: every office does for somebody."""
    where = ", ".join(district.name for district in row.districts.all()) or _("Ganze Stadt")
    others = [_("Die anderen nimmt: %s") % row.otherwise.name["de"]] if row.otherwise else []
    return "\n".join([where, rule_sentence(parse_rule(row.when) if row.when else None), *others])


_SORTS: dict[type[Row], _Sort] = {
    Organisation: _Sort(
        {
            "name": ("name", "short_name"),
            "description": ("description",),
            "phones": ("phones",),
            "email": ("email",),
            "url": ("url",),
        },
        _of_organisation,
        "organisation:confirm",
    ),
    Site: _Sort(
        {
            "name": ("name",),
            "address": ("street", "number", "postcode", "city"),
            "locality": ("locality",),
            "step_free": ("step_free",),
            "transport": ("transport",),
        },
        _of_site,
        "site:confirm",
    ),
    Office: _Sort(
        {
            "name": ("name",),
            "phone": ("phone",),
            "url": ("url",),
            "hours": ("hours",),
            "site": ("site",),
            "responsibility": ("districts", "when", "otherwise"),
        },
        _of_office,
        "office:confirm",
    ),
}


def _record(row: Row) -> dict[str, Any]:
    """Return the facts of a row with the evidence for all of them."""
    if isinstance(row, Office):
        source, checked = row.source, row.checked
    else:
        source, checked = (row if isinstance(row, Organisation) else row.organisation).source, {"state": "to_check"}
    long_ago = source.get("on") or _LONG_AGO.isoformat()
    return {**facts_of(row), "source": source, "checked": {"on": long_ago, **checked}}


def confirmations_of(row: Row) -> dict[str, Confirmation]:
    """Return of each fact that a row states who said last that it is true."""
    record = _record(row)
    return {
        fact: confirmation_of(fact, row.truth, record["source"], record["checked"]) for fact in stated_fields(record)
    }


def assured_on(row: Row) -> date | None:
    """Return the day since which all facts of a row are vouched for; nothing if nobody has confirmed one of them."""
    known = confirmations_of(row).values()
    return min((one.on for one in known), default=None) if all(one.sure for one in known) else None


def to_review(day: date) -> Q:
    """Return the condition for rows with a fact that is no longer sure on a day."""
    return Q(review_on=None) | Q(review_on__lte=day)


def is_due(row: Row, day: date) -> bool:
    """Whether a row has a fact that is no longer sure on a day."""
    return row.review_on is None or row.review_on <= day


def note_truth(row: Row, changed: Iterable[str], by: Author) -> None:
    """Take over who vouches for the fields of a row that were changed: people do, files and imports do not.

    Without any the day of its next look is found anew: what a file says of its own check may be another.
    """
    _keep(row, truth_after(row.truth, facts_with(row, changed), by, today(row.network.zone)))


def facts_with(row: Row, fields: Iterable[str]) -> list[str]:
    """Return the facts of a row that are made of some of its fields."""
    fields = set(fields)
    return [fact for fact, made_of in _SORTS[type(row)].made_of.items() if fields.intersection(made_of)]


def _keep(row: Row, truth: Mapping[str, Any]) -> None:
    record = _record(row)
    said = {fact: one for fact, one in truth.items() if fact in record}
    due = review_on(record, said) if said or record["checked"].get("state") == "confirmed" else None
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
    audit(actor, _SORTS[type(row)].verb, row)
