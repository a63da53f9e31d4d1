"""The base of all rows."""

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
