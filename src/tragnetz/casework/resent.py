"""A form that was sent twice, by a second tap or a line that broke, is done once."""

from django.db import models

from tragnetz.core.transactions import wait_for


def sent_before[RowT: models.Model](rows: models.QuerySet[RowT], request_key: str) -> RowT | None:
    """Queue up behind whoever sends the same, and return what it became; nothing for a key that is new or empty.

    For commands, in their transaction; `rows` are those of one case, or of one coaching.
    """
    if not request_key:
        return None
    wait_for(f"{rows.model._meta.label_lower}:{request_key}")  # noqa: SLF001 -- Django's own way to a model's name
    return rows.filter(request_key=request_key).first()
