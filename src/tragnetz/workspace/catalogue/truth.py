"""How sure each fact of a row is, as its page shows it; and the buttons that confirm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from tragnetz.directory.history import changed_here
from tragnetz.directory.models import Service
from tragnetz.directory.truth.addresses import TEL, broken
from tragnetz.directory.truth.rows import Row, confirm_row_as_editor, confirmations_of, facts_of, facts_with
from tragnetz.directory.truth.rules import Confirmation, Level, confidence, confirmation_of, level, stated_fields
from tragnetz.directory.truth.words import german_words, label_of
from tragnetz.directory.truth.worklist import FAULTS
from tragnetz.network.middleware import NetworkRequest


@dataclass(frozen=True, slots=True)
class FieldTruth:
    """A field with its value in words and how sure it is; `ours` if people overruled the city's folder."""

    field: str
    label: str
    words: str
    confirmation: Confirmation
    percent: int
    level: Level
    ours: bool


def _truth(field: str, words: str, known: Confirmation, day: date, *, ours: bool) -> FieldTruth:
    sure = confidence(known, field, day)
    return FieldTruth(field, label_of(field), words, known, round(sure * 100), level(sure), ours)


def _shown(fields: list[FieldTruth]) -> dict[str, Any]:
    return {
        "fields": fields,
        "due": any(one.level is Level.DUE for one in fields),
        "any_ours": any(one.ours for one in fields),
    }


def truth_of_service(
    service: Service, record: Mapping[str, Any], names: Mapping[str, str], day: date
) -> dict[str, Any]:
    """Return what the template of the truth shows of an entry."""
    ours = changed_here(service)
    return _shown(
        [
            _truth(
                field,
                german_words(field, record[field], names),
                confirmation_of(field, service.truth, record["source"], record["checked"]),
                day,
                ours=field in ours,
            )
            for field in stated_fields(record)
        ]
    )


def truth_of_row(row: Row, day: date) -> dict[str, Any]:
    """Return what the template of the truth shows of an organisation, a site or an office."""
    facts, ours = facts_of(row), facts_with(row, changed_here(row))
    known = confirmations_of(row).items()
    return _shown([_truth(field, facts[field], one, day, ours=field in ours) for field, one in known])


def told_broken(addresses: Iterable[str]) -> list[tuple[str, Any]]:
    """Return those of some addresses and numbers that surely do not work, each with its fault in words."""
    return [(address.removeprefix(TEL), FAULTS[fault]) for address, fault in broken(addresses).items()]


def confirm_chosen(request: NetworkRequest, row: Row) -> None:
    """Confirm the facts of a row whose button was pressed; all of them without one."""
    confirm_row_as_editor(actor=request.actor, row=row, fields=request.POST.getlist("field") or None)
    messages.success(request, _("Bestätigt, mit dem Tag von heute."))
