"""Referrals in the line of a case."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.casework.models import Case
from tragnetz.casework.timeline.queries import Span
from tragnetz.casework.timeline.rules import Entry
from tragnetz.referrals.enums import Outcome, Refusal, State
from tragnetz.referrals.models import Referral
from tragnetz.referrals.queries import name_of
from tragnetz.referrals.rules import ENDED


def referral_entries(case: Case, span: Span) -> Iterator[Entry]:
    """Yield when a referral was sent, and when and how it ended."""
    within = Q(requested_at__date__range=(span.first, span.last)) | Q(ended_at__date__range=(span.first, span.last))
    rows = case.referrals.filter(within, requested_at__isnull=False)
    for row in rows.select_related("to_organisation", "author__user", "compartment"):
        zone = case.network.zone
        if (
            row.requested_at is not None
            and span.first <= (day := row.requested_at.astimezone(zone).date()) <= span.last
        ):
            title = _("Vermittelt an %s") % name_of(row)
            yield Entry(day, "referral", title, row.pk, row.compartment_id, str(row.author.user), ())
        if row.ended_at is not None and span.first <= (day := row.ended_at.astimezone(zone).date()) <= span.last:
            title = _("Vermittlung an %(name)s: %(state)s") % {"name": name_of(row), "state": _ending(row)}
            yield Entry(day, "referral", title, row.pk, row.compartment_id, "", ())


def _ending(row: Referral) -> str:
    if row.state == State.REJECTED:
        return f"{State.REJECTED.label}, {Refusal(row.refusal).label}"
    if row.state in ENDED and row.outcome:
        return f"{State(row.state).label}, {Outcome(row.outcome).label}"
    return str(State(row.state).label)
