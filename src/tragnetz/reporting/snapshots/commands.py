"""Fix the figures of a project."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of
from tragnetz.core.clock import today
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed
from tragnetz.reporting.access import must, visible_programmes
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.snapshots.chain import START, chained, sha_of_rows
from tragnetz.reporting.snapshots.frames import counting_of, written
from tragnetz.reporting.snapshots.models import Snapshot, SnapshotRow
from tragnetz.reporting.snapshots.rows import COLUMNS, live

BATCH = 2000


@transaction.atomic
def fix(*, actor: Actor, programme: Programme, first: date, last: date, request_key: str) -> Snapshot:
    """Keep the figures of a period as they are known now. Raises ReportingError; the same key is one snapshot."""
    must(actor, Deed.SNAPSHOT_KEEP)
    if not visible_programmes(actor).filter(pk=programme.pk).exists():
        raise ReportingError(_("Ihre Organisation ist an diesem Projekt nicht beteiligt."))
    counting = written(counting_of(programme))
    wait_for(f"snapshots:{actor.network.pk}")
    known = Snapshot.objects.filter(request_key=request_key).first()
    if known is not None:
        return known
    check_period(programme, first, last, today(actor.network.zone))
    rows = list(live(programme, first, last).read())
    before = Snapshot.objects.order_by("-number").first()
    number, previous = (before.number + 1, before.chain) if before else (1, START)
    count, rows_sha = sha_of_rows(rows)
    made = Snapshot.objects.create(
        network=actor.network, programme=programme, author_id=member_of(actor), number=number, first=first, last=last,
        rows=count, rows_sha=rows_sha, previous=previous, request_key=request_key, counting=counting,
        chain=chained(previous, number=number, programme=programme.key, first=first.isoformat(), last=last.isoformat(),
                      rows=count, rows_sha=rows_sha, counting=counting),
    )  # fmt: skip
    SnapshotRow.objects.bulk_create(
        (SnapshotRow(network=actor.network, snapshot=made, **dict(zip(COLUMNS, row, strict=True))) for row in rows),
        batch_size=BATCH,
    )
    record(actor, "snapshot:make", made, programme=programme.key, rows=count, chain=made.chain)
    return made


def check_period(programme: Programme, first: date, last: date, day: date) -> None:
    """Raise ReportingError unless the period is one that can be counted: within the project, and over."""
    if last < first:
        raise ReportingError(_("Der Stichtag liegt vor dem Beginn. Bitte prüfen Sie die Tage."))
    if last > day:
        raise ReportingError(_("Der Stichtag liegt in der Zukunft. Bitte wählen Sie einen Tag bis heute."))
    if last < programme.starts or first > programme.ends:
        raise ReportingError(
            _("Das Projekt läuft vom %(first)s bis zum %(last)s. Bitte wählen Sie Tage aus dieser Zeit.")
            % {"first": f"{programme.starts:%d.%m.%Y}", "last": f"{programme.ends:%d.%m.%Y}"}
        )
