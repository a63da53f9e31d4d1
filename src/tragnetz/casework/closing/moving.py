"""Move the rows of a case: whatever table points to a part of it or to the case goes along, new tables too."""

from collections.abc import Container
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Closing, Compartment
from tragnetz.clients.models import Household, Person
from tragnetz.clients.names.models import NameEntry
from tragnetz.core.models import pointing
from tragnetz.vault.envelopes import Locked

_AT_ONCE = 20  # rows in memory: a piece of a file is a megabyte


def rehouse(part: Compartment, new: Compartment) -> int:
    """Move all rows of one part of a case into another one, and remove the old one; returns how many.

    Each row is read and saved: its sealed texts are opened with what belongs to the old part and sealed for the new.
    Raises CaseworkError when somebody moves what they cannot open: it would be lost with the old key.
    """
    moved = 0
    for model, name in pointing(Compartment):
        for row in _rows(model, name, part).iterator(chunk_size=_AT_ONCE):
            if any(isinstance(getattr(row, field.attname), Locked) for field in model._meta.concrete_fields):  # noqa: SLF001 -- as above
                raise CaseworkError(_("Dieser Fall ist für Sie verschlossen."))
            setattr(row, name, new)
            if _has_case(model):
                row.case = new.case
            row.save()
            moved += 1
    part.delete()  # its key goes with it
    return moved


def take_part(part: Compartment, case: Case) -> None:
    """Give a part as it is, with all of its rows, to another case: its texts stay sealed as they were."""
    for model, name in pointing(Compartment):
        if _has_case(model):
            _rows(model, name, part).update(case=case)
    part.case = case
    part.save(update_fields=["case"])


def take_rest(old: Case, new: Case) -> None:
    """Give what points to a case and to no part of it to another case. How and when the old one ended stays with it."""
    _repoint(old, new, but={Case, Closing, Compartment})


def take_household(old: Household, new: Household) -> None:
    """Give what is kept with a household, such as checks, to another one. Its people, cases and facts stay."""
    _repoint(old, new, but={Case, Person})


def take_person(twin: Person, person: Person) -> None:
    """Give what is kept with somebody who was entered twice to the one who stays; not their part of a case.

    The one who stays is found by their own name; the twin is found no more.
    """
    NameEntry.objects.filter(person=twin).delete()
    _repoint(twin, person, but={Compartment, NameEntry})


def _repoint(old: Model, new: Model, *, but: Container[type[Model]]) -> None:
    for model, name in pointing(type(old), but=but):
        _rows(model, name, old).update(**{name: new})


def _rows(model: type[Model], name: str, target: Model) -> Any:  # noqa: ANN401 -- a query of any model
    return model._default_manager.filter(**{name: target})  # noqa: SLF001 -- Django's own name


def _has_case(model: type[Model]) -> bool:
    return any(field.name == "case" for field in model._meta.fields)  # noqa: SLF001 -- Django's public way to fields
