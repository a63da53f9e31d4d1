"""What visitors and providers say is wrong: taken down without a name, settled by an editor, in time forgotten."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import Report, ReportState, Service
from tragnetz.network.actors import Actor

KEPT = timedelta(days=90)  # the words of a settled report; that there was one stays countable
MOST_OPEN = 50  # open reports of one entry: more tell nothing new


def take_report(
    *, service: Service, kind: str, text: str, language: str, now: datetime, by_provider: bool = False
) -> Report | None:
    """Take down that an entry is not true. Returns nothing when so many lie there already that one more says nothing.

    The same words about the same entry are one report.
    """
    waiting = Report.objects.filter(service=service, state=ReportState.OPEN)
    if waiting.count() >= MOST_OPEN:
        return None
    report, _made = Report.objects.get_or_create(
        network_id=service.network_id,
        service=service,
        kind=kind,
        text=text.strip(),
        by_provider=by_provider,
        state=ReportState.OPEN,
        defaults={"language": language, "at": now},
    )
    return report


def open_reports(service: Service) -> QuerySet[Report]:
    """Return what is still said to be wrong with an entry, oldest first."""
    return service.reports.filter(state=ReportState.OPEN)


@transaction.atomic
def settle_report(*, actor: Actor, report: Report, state: ReportState, now: datetime) -> Report:
    """Say what became of a report. Raises NotAllowedError."""
    must_edit(actor)
    report.state, report.settled_at, report.settled_by = state, now, actor.name
    report.save(update_fields=["state", "settled_at", "settled_by"])
    audit(actor, "report:settle", report.service, state=state.value)
    return report


def forget_reports(now: datetime) -> int:
    """Empty the words of reports that were settled some time ago; returns how many."""
    return Report.objects.filter(settled_at__lt=now - KEPT).exclude(text="").update(text="")
