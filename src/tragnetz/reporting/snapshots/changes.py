"""What became known since figures were fixed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext_lazy

from tragnetz.reporting.models import Withdrawal
from tragnetz.reporting.snapshots.models import Snapshot
from tragnetz.reporting.snapshots.rows import COLUMNS, fixed, live

SHOWN = 200
NAMES = {
    "gender": gettext_lazy("Geschlecht"), "children": gettext_lazy("Kinder"), "entered_on": gettext_lazy("Eintritt"),
    "left_on": gettext_lazy("Austritt"), "leaving": gettext_lazy("Art des Austritts"),
    "is_countable": gettext_lazy("vollständig"), "codes": gettext_lazy("Indikatoren"),
    "bases": gettext_lazy("mögliche Ergebnisse"), "answers": gettext_lazy("Angaben"),
    "exit_on": gettext_lazy("Tag der Angaben zum Austritt"),
    "later_on": gettext_lazy("Tag der Angaben nach sechs Monaten"),
    "contacts": gettext_lazy("Gespräche"), "minutes": gettext_lazy("Minuten"), "district": gettext_lazy("Stadtbezirk"),
    "topic": gettext_lazy("Thema"), "organisation": gettext_lazy("Organisation"), "family": gettext_lazy("Haushalt"),
}  # fmt: skip


class ChangeKind(StrEnum):
    """What happened to a participation."""

    LATE = "late"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A participation that would be counted otherwise today; `fields` says in what."""

    pseudonym: str
    kind: ChangeKind
    entered_on: date
    fields: tuple[str, ...]

    @property
    def words(self) -> str:
        """The fields as people read them."""
        return ", ".join(str(NAMES[name]) for name in self.fields)


def changes_since(snapshot: Snapshot) -> tuple[int, list[Change]]:
    """Return how many participations differ from what was fixed, and the first of them."""
    then, now = fixed(snapshot), live(snapshot.programme, snapshot.first, snapshot.last)
    columns = [name for name in COLUMNS if name != "pseudonym"]
    pairs = [f"before.{name} IS DISTINCT FROM after.{name}" for name in columns]
    sql = f"""
        WITH before AS ({then.sql}), after AS ({now.sql})
        SELECT pseudonym, before.family IS NULL, after.family IS NULL, COALESCE(after.entered_on, before.entered_on),
            ARRAY[{", ".join(pairs)}], count(*) OVER ()
        FROM before FULL JOIN after USING (pseudonym) WHERE {" OR ".join(pairs)} ORDER BY pseudonym LIMIT {SHOWN}
    """  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, {**now.values, **then.values})
        found = cursor.fetchall()
    withdrawn = set(
        Withdrawal.objects.filter(pseudonym__in=[row[0] for row in found]).values_list("pseudonym", flat=True)
    )
    changes = []
    for pseudonym, is_new, is_gone, entered_on, differs, _count in found:
        kind = ChangeKind.LATE if is_new else ChangeKind.GONE if is_gone else ChangeKind.CHANGED
        if is_gone and pseudonym in withdrawn:
            kind = ChangeKind.WITHDRAWN
        fields = tuple(name for name, other in zip(columns, differs, strict=True) if other)
        changes.append(Change(pseudonym, kind, entered_on, fields if kind == ChangeKind.CHANGED else ()))
    return (found[0][-1] if found else 0), changes
