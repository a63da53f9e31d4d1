"""What is told of an office, as editors write it: its name, how to reach it, when, where. For whom: `office_rules`."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.history import author_of, put
from tragnetz.directory.models import Office
from tragnetz.network.actors import Actor
from tragnetz.network.models import Organisation


def office_rows() -> QuerySet[Office]:
    """Return offices with all that their facts tell."""
    rows = Office.objects.select_related("authority", "otherwise", "organisation", "network", "site__network")
    return rows.prefetch_related("districts")


def offices_run_by(organisation: Organisation) -> list[Office]:
    """Return the offices of an organisation, in their order, with all that their facts tell."""
    return list(office_rows().filter(organisation=organisation))


@transaction.atomic
def put_office(
    *, actor: Actor, office: Office, changes: Mapping[str, Any], comment: str = "", expected: int | None = None
) -> Office:
    """Change what is told of an office; the services for which it decides tell the same at once.

    `expected` is the version that the editor saw. Raises NotAllowedError, ChangedMeanwhileError.
    """
    must_edit(actor)
    saved = put(row=office, changes=changes, by=author_of(actor), comment=comment, expected=expected)
    audit(actor, "office:details", saved)
    return saved
