"""Fixed figures end with the time for which a funder asks to keep them: the rows go, the chain stays."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed
from tragnetz.reporting.access import must
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Snapshot, SnapshotRow
from tragnetz.reporting.participation.programmes import line_of, terms_of
from tragnetz.reporting.snapshots.access import visible_snapshots


def kept_until(programme: Programme) -> date:
    """Return the last day on which the figures of a project are kept: the end of a year, years after the last payment.

    How many years, its terms say, else its funding line; where no payment is known, the end of the project counts.
    """
    terms = terms_of(programme)
    years = terms.retention_years or line_of(programme).retention_years
    return date((terms.last_payment_on or programme.ends).year + years, 12, 31)


def is_over(programme: Programme, today: date) -> bool:
    """Whether the figures of a project need not be kept any more. Without a last payment nobody knows that yet."""
    return terms_of(programme).last_payment_on is not None and kept_until(programme) < today


@transaction.atomic
def erase_rows(*, actor: Actor, snapshot: Snapshot, today: date) -> Snapshot:
    """Delete the rows of a snapshot whose time is over. Raises ReportingError; done twice it is done once."""
    must(actor, Deed.SNAPSHOT_KEEP)
    row = visible_snapshots(actor).select_for_update(of=("self",)).filter(pk=snapshot.pk).first()
    if row is None:
        raise ReportingError(_("Diese Zahlen gibt es nicht."))
    if row.erased_on is not None:
        return row
    if not is_over(row.programme, today):
        raise ReportingError(
            _("Diese Zahlen sind ein Nachweis für die Förderung und bleiben mindestens bis zum %(day)s.")
            % {"day": f"{kept_until(row.programme):%d.%m.%Y}"}
        )
    row.erased_on = today
    row.save(update_fields=["erased_on"])
    number, _models = SnapshotRow.objects.filter(snapshot=row).delete()
    record(actor, "snapshot:erase", row, programme=row.programme.key, rows=number, chain=row.chain)
    return row
