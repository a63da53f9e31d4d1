"""The base of all rows, and how they hang together."""

from collections.abc import Container
from typing import TYPE_CHECKING

from django.db import models

from tragnetz.core.ids import new_id

if TYPE_CHECKING:
    import uuid


class BaseModel(models.Model):
    """A row with a time-ordered id."""

    id: models.UUIDField["uuid.UUID", "uuid.UUID"] = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


def pointing(
    target: type[models.Model], *, but: Container[type[models.Model]] = ()
) -> list[tuple[type[models.Model], str]]:
    """Return the models with a foreign key to a model, with the name of the key."""
    return [
        (relation.related_model, relation.field.name)
        for relation in target._meta.get_fields(include_hidden=True)  # noqa: SLF001 -- Django's public way to them
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in but
    ]
