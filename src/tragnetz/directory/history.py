"""The history of what is no service: organisations, sites, offices. Each change stands there and can be taken back.

Of these rows people change here only some fields (`fields_of`). Those that they did change stay when the city's folder
is loaded again (`kept_of`); all others are the folder's, and so is again what was taken back. It is the same
of services.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record as audit
from tragnetz.core.clock import now
from tragnetz.directory import shapes
from tragnetz.directory.access import must_edit
from tragnetz.directory.errors import CannotUndoError, ChangedMeanwhileError
from tragnetz.directory.models import Authority, Office, Origin, Revision, Service, Subject
from tragnetz.directory.places import follow_offices
from tragnetz.directory.truth.rows import Row, note_truth
from tragnetz.directory.truth.rules import Author, differences, fields_of_people
from tragnetz.directory.truth.words import label_of
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, KeyedModel, Locality, Organisation, Site


class _Sort(NamedTuple):
    """A sort of rows: the fields that people change here, and the verb under which taking a change back is recorded.

    Fields that stand `together` stay together: half of an address from here and half from the folder would be one that
    nobody wrote.
    """

    subject: Subject
    fields: tuple[str, ...]
    together: tuple[frozenset[str], ...] = ()
    undone: str = ""


_SORTS: dict[type[KeyedModel], _Sort] = {
    Organisation: _Sort(
        Subject.ORGANISATION,
        ("name", "short_name", "kind", "email", "phones", "url", "description"),
        undone="organisation:undo",
    ),
    Site: _Sort(
        Subject.SITE,
        (
            "name", "street", "number", "postcode", "city", "locality", "latitude", "longitude", "step_free",
            "transport",
        ),
        (frozenset({"street", "number", "postcode", "city", "latitude", "longitude"}),),
        undone="site:undo",
    ),
    Office: _Sort(
        Subject.OFFICE,
        ("name", "phone", "url", "hours", "site", "districts", "when", "otherwise"),
        (frozenset({"districts", "when", "otherwise"}),),
        undone="office:undo",
    ),
    Service: _Sort(
        Subject.SERVICE,
        tuple(shapes.Service.model_fields),
        (
            frozenset({"kind", "authority", "organisation", "places"}),
            frozenset({"valid_from", "valid_until"}),
            frozenset({"cost", "cost_options"}),
        ),
    ),
}  # fmt: skip
_POINTERS: dict[str, type[KeyedModel]] = {"locality": Locality, "otherwise": Authority, "site": Site}
_AT_PLACES = {"phone", "hours", "site"}  # of an office: what stands at each service of its authority, too


def fields_of(model: type[KeyedModel]) -> tuple[str, ...]:
    """Return the fields of a sort of rows that people change here."""
    return _SORTS[model].fields


def record_of_row(row: Row) -> dict[str, Any]:
    """Return what people may change of a row as plain values; rows that it points to by their keys."""
    found: dict[str, Any] = {}
    for field in fields_of(type(row)):
        value = getattr(row, field)
        if field == "districts":
            found[field] = sorted(district.key for district in value.all())
        elif field in _POINTERS:
            found[field] = value.key if value else ""
        else:
            found[field] = value
    return found


def revisions_of(row: Row | Service) -> QuerySet[Revision]:
    """Return the changes of a row, newest first."""
    return Revision.objects.filter(subject=_SORTS[type(row)].subject, key=row.key)


def version_of(row: Row | Service) -> int:
    """Return the number of the last change: a form carries it, so that nobody overwrites another unseen."""
    return revisions_of(row).order_by("-number").values_list("number", flat=True).first() or 0


def must_be_last(row: Row | Service, expected: int | None, fields: Iterable[str]) -> None:
    """Say so when somebody else changed one of the fields after a change that the editor saw.

    Raises ChangedMeanwhileError; without `expected` nobody asks.
    """
    if expected is None:
        return
    fields = set(fields)
    later = revisions_of(row).filter(number__gt=expected, fields__overlap=list(fields))
    found = later.order_by("-number").first()
    if found is not None:
        raise ChangedMeanwhileError([label_of(field) for field in found.fields if field in fields], found.by)


def author_of(actor: Actor, origin: str = Origin.EDITOR) -> Author:
    """Return a member of staff as the author of a change."""
    return Author(origin, actor.name, actor.user_id)


def note_changes(
    row: Row | Service, before: Mapping[str, Any] | None, after: Mapping[str, Any], by: Author, comment: str = ""
) -> None:
    """Write what changed in a row since before, and who vouches for it; nothing changed leaves no trace."""
    changed = differences(before, after) if before is not None else []
    # Of an office the folder may say that it was checked without any other change.
    if not isinstance(row, Service) and (before is None or changed or isinstance(row, Office)):
        note_truth(row, changed if before is not None else after, by)
    if before is None or changed:
        write_revision(row, changed, before, after, by, comment, at=now())


def write_revision(
    row: Row | Service,
    changed: Sequence[str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    by: Author,
    comment: str,
    *,
    at: datetime,
) -> None:
    """Write a change: of a known row the fields that changed, of a new one (no `before`) that it is there."""
    Revision.objects.create(
        network_id=row.network_id,
        subject=_SORTS[type(row)].subject,
        service=row if isinstance(row, Service) else None,
        key=row.key,
        number=version_of(row) + 1,
        at=at,
        origin=by.origin,
        user_id=by.user_id,
        by=by.name,
        comment=comment,
        fields=changed,
        before=None if before is None else {field: before.get(field) for field in changed},
        after=None if before is None else {field: after.get(field) for field in changed},
    )


def note_removed(row: Row | Service, record: Mapping[str, Any], by: Author) -> None:
    """Keep what a row was that is about to be removed: who removed it, and all that stood in it."""
    Revision.objects.create(
        network_id=row.network_id,
        subject=_SORTS[type(row)].subject,
        key=row.key,
        number=version_of(row) + 1,
        origin=by.origin,
        user_id=by.user_id,
        by=by.name,
        before=dict(record),
    )


def removed() -> QuerySet[Revision]:
    """Return what was removed and has not come back, newest first."""
    later = Revision.objects.filter(subject=OuterRef("subject"), key=OuterRef("key"), number__gt=OuterRef("number"))
    return Revision.objects.filter(fields=[], before__isnull=False).exclude(Exists(later))


def taking_back(revision: Revision | None, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as they were before a change, to put them back into a record as it is now.

    Raises CannotUndoError for a new or removed row, or where one of the fields was changed later.
    """
    if revision is None or revision.before is None or not revision.fields:
        raise CannotUndoError([_("neuer Eintrag")])
    since = [field for field in revision.fields if record.get(field) != (revision.after or {}).get(field)]
    if since:
        raise CannotUndoError([label_of(field) for field in since])
    return dict(revision.before)


def taken_back(number: int) -> str:
    """Return what stands in the history beside a change that takes another one back."""
    return _("Nr. %s zurückgenommen") % number


@transaction.atomic
def put[RowT: Organisation | Site | Office](
    *, row: RowT, changes: Mapping[str, Any], by: Author, comment: str = "", expected: int | None = None
) -> RowT:
    """Change fields of a row for an author whom the caller has let in; the folder leaves them alone from then on.

    Rows that it points to are given by their keys. A new row is made. Raises ChangedMeanwhileError.
    """
    known = type(row).objects.select_for_update().filter(pk=row.pk).first()
    row = cast("RowT", known or row)
    before = record_of_row(row) if known else None
    changed = differences(before, {**before, **changes}) if before is not None else list(changes)
    must_be_last(row, expected, changed)
    for field in changed:
        _set(row, field, changes[field])
    if changed:
        row.edited = row.edited or by.by_people
        row.save()
        note_changes(row, before, record_of_row(row), by, comment)
        note_taken_back(row, by)
        if isinstance(row, Office) and _AT_PLACES.intersection(changed):
            follow_offices(Service.objects.filter(authority=row.authority_id))
    return row


def _set(row: Row, field: str, value: Any) -> None:  # noqa: ANN401 -- any field's value
    if field == "districts" and isinstance(row, Office):
        row.districts.set(District.objects.filter(key__in=value))
    elif field in _POINTERS:
        setattr(row, field, _POINTERS[field].objects.filter(key=value).first() if value else None)
    else:
        setattr(row, field, value)


@transaction.atomic
def undo(*, actor: Actor, row: Row, number: int) -> Row:
    """Take a change back: its fields become what they were before. Raises NotAllowedError, CannotUndoError.

    What was changed later in the same fields must be taken back first; other fields stay as they are.
    """
    must_edit(actor)
    changes = taking_back(revisions_of(row).filter(number=number).first(), record_of_row(row))
    saved = put(row=row, changes=changes, by=author_of(actor, Origin.UNDO), comment=taken_back(number))
    audit(actor, _SORTS[type(row)].undone, saved, number=number)
    return saved


def changed_here(row: Row | Service) -> Collection[str]:
    """Return the fields in which people overruled the folder; none of a row that was made here."""
    kept = kept_of(row)
    return () if set(kept) >= set(fields_of(type(row))) else kept


def note_taken_back(row: Row | Service, by: Author) -> None:
    """See whether anything is left of what people changed: a row with nothing left is the city's folder's again."""
    if by.origin == Origin.UNDO and row.edited and not kept_of(row):
        row.edited = False
        row.save(update_fields=["edited"])


def kept_of(row: Row | Service | None) -> Collection[str]:
    """Return the fields of a row that people changed here: the city's folder leaves them as they are.

    An address, and for whom an office is responsible, stay as a whole; so does a row that was made here. What was taken
    back is the folder's again.
    """
    if row is None or not row.edited:
        return ()
    sort, history = _SORTS[type(row)], list(revisions_of(row).order_by("number"))
    changed = fields_of_people(history) if any(Author(one.origin).by_people for one in history) else None
    if changed is None:
        return sort.fields
    return changed.union(*(together for together in sort.together if together & changed))
