"""Changes that people make to one service: written, vouched for, taken back. Each stands in the history."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from tragnetz.audit.commands import record as audit
from tragnetz.core.clock import now, today
from tragnetz.directory import shapes
from tragnetz.directory.access import can_edit, must_edit
from tragnetz.directory.commands import Known, index_words, put_service
from tragnetz.directory.errors import CannotUndoError, InvalidRecordError
from tragnetz.directory.history import author_of, must_be_last, taken_back, taking_back
from tragnetz.directory.models import Origin, Revision, Service
from tragnetz.directory.reasons import reason_of
from tragnetz.directory.records import record_of, whole
from tragnetz.directory.translations import compared
from tragnetz.directory.truth.rules import Author, differences, review_on, stated, stated_fields
from tragnetz.network.actors import Actor
from tragnetz.network.shapes import plain


def record_now(service: Service) -> dict[str, Any]:
    """Return a service's record as plain values, as a city's file would have it."""
    found: dict[str, Any] = plain(record_of(whole(service.pk)))
    return found


def revise(
    *, actor: Actor, service: Service, changes: Mapping[str, Any], comment: str = "", expected: int | None = None
) -> Service:
    """Change fields of a service as an editor; a value of None empties a field.

    `expected` is the version that the editor saw. Raises NotAllowedError, InvalidRecordError, ChangedMeanwhileError.
    """
    must_edit(actor)
    saved = change(service=service, changes=changes, by=author_of(actor), comment=comment, expected=expected)
    audit(actor, "service:change", saved, fields=len(changes))
    return saved


@transaction.atomic
def change(
    *, service: Service, changes: Mapping[str, Any], by: Author, comment: str = "", expected: int | None = None
) -> Service:
    """Change fields of a service for an author whom the caller has let in; errors as in `revise`."""
    row = Service.objects.select_for_update().select_related("network").get(pk=service.pk)
    record = record_now(row)
    wanted = {**record, **changes}
    fields = differences(record, {name: value for name, value in wanted.items() if value is not None})
    must_be_last(row, expected, fields)
    given = _valid({name: value for name, value in wanted.items() if value is not None})
    try:
        saved = put_service(
            network=row.network, given=given, known=Known(), by=by, imported=row.imported, comment=comment
        )
    except KeyError as error:
        raise InvalidRecordError([("", _("Diesen Eintrag gibt es hier nicht: %s") % error.args[0])]) from error
    index_words(saved.key)
    return saved


def _valid(data: Mapping[str, Any]) -> shapes.Service:
    try:
        return shapes.Service.model_validate(data)
    except ValidationError as error:
        faults = [(".".join(str(part) for part in fault["loc"]), reason_of(fault)) for fault in error.errors()]
        raise InvalidRecordError(faults) from error


@transaction.atomic
def create(*, actor: Actor, record: Mapping[str, Any]) -> Service:
    """Write a new service. Raises NotAllowedError, InvalidRecordError."""
    must_edit(actor)
    given = _valid(record)
    if Service.objects.filter(key=given.id).exists():
        raise InvalidRecordError([("id", _("Diese Kennung gibt es schon."))])
    try:
        saved = put_service(network=actor.network, given=given, known=Known(), by=author_of(actor))
    except KeyError as error:
        raise InvalidRecordError([("", _("Diesen Eintrag gibt es hier nicht: %s") % error.args[0])]) from error
    Service.objects.filter(pk=saved.pk).update(edited=True)
    index_words(saved.key)
    audit(actor, "service:create", saved)
    return saved


@transaction.atomic
def confirm(*, service: Service, by: Author, fields: Iterable[str] | None = None) -> Service:
    """Say that fields are true today; without any, the whole record is. It stands in the history as "Geprüft"."""
    row = Service.objects.select_for_update().select_related("network").get(pk=service.pk)
    day = today(row.network.zone)
    if fields is None:
        checked = {"state": "confirmed", "on": day.isoformat(), "by": by.name}
        row = change(service=row, changes={"checked": checked}, by=by)
    record = record_now(row)
    if fields is None:
        row.truth = {field: stated(by, day) for field in stated_fields(record)}
    else:
        row.truth = {**row.truth, **{field: stated(by, day) for field in fields}}
    row.review_on = review_on(record, row.truth)
    row.save(update_fields=["truth", "review_on"])
    return row


@transaction.atomic
def confirm_as_editor(*, actor: Actor, service: Service, fields: Iterable[str] | None = None) -> Service:
    """Say as an editor that fields are true today. Raises NotAllowedError."""
    must_edit(actor)
    saved = confirm(service=service, by=author_of(actor), fields=fields)
    audit(actor, "service:confirm", saved)
    return saved


@transaction.atomic
def check_translation(*, actor: Actor, service: Service, language: str, checked: bool = True) -> Service:
    """Say whether a person has checked a language's texts against the German ones of today. Raises NotAllowedError."""
    must_edit(actor)
    row = Service.objects.select_for_update().select_related("network").get(pk=service.pk)
    day = today(row.network.zone)
    row.translations = compared(
        row.translations, record_now(row), language, author_of(actor), day, state="human" if checked else "to_check"
    )
    row.save(update_fields=["translations"])
    audit(actor, "translation:check", row, language=language)
    return row


@transaction.atomic
def undo(*, actor: Actor, revision: Revision) -> Service:
    """Take a change back: its fields become what they were before. Raises NotAllowedError, CannotUndoError.

    What was changed later in the same fields must be taken back first; other fields stay as they are.
    """
    must_edit(actor)
    service = revision.service
    if service is None:
        raise CannotUndoError([_("neuer Eintrag")])
    saved = change(
        service=service,
        changes=taking_back(revision, record_now(service)),
        by=author_of(actor, Origin.UNDO),
        comment=taken_back(revision.number),
    )
    Revision.objects.filter(pk=revision.pk, seen_at=None).update(seen_at=now())
    audit(actor, "service:undo", saved, number=revision.number)
    return saved


def mark_seen(*, actor: Actor, service: Service) -> int:
    """Say that an editor has looked at what the provider changed; returns how many changes that were."""
    must_edit(actor)
    waiting = Revision.objects.filter(service=service, origin=Origin.PROVIDER, seen_at=None)
    return waiting.update(seen_at=now())


def service_to_edit(actor: Actor, service_id: uuid.UUID) -> Service | None:
    """Return a service for an editor; for all others it does not exist."""
    if not can_edit(actor):
        return None
    return Service.objects.select_related("network", "organisation", "authority").filter(pk=service_id).first()
