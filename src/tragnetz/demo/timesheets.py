"""What projects pay of the demo's positions, and two months of hours: one approved, one to be signed."""

from datetime import date, datetime

from tragnetz.core.months import months_later
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network, Programme
from tragnetz.reporting.timesheets.commands import add_line, approve, begin_sheet, sign
from tragnetz.reporting.timesheets.enums import Activity
from tragnetz.reporting.timesheets.models import ProjectShare
from tragnetz.reporting.timesheets.rules import Line, workdays

WEEK = 39 * 60
# Whom a project pays, and how much: by the local part of their address.
SHARES = {
    "samira.haddad": ("gut", 60), "lukas.ostermann": ("bqb-sued", 50), "oksana.melnyk": ("gut", 75),
    "hanna.reuter": ("gut", 25), "petra.wiesing": ("bqb-sued", 40),
}  # fmt: skip
WITH_SHEET = {"samira.haddad", "oksana.melnyk", "petra.wiesing"}
EVERY = 3  # days between two hours of team meetings


def load_timesheets(network: Network, counsellors: list[Membership], today: date, now: datetime) -> None:
    """Agree on shares and let three people keep their hours, through the commands; once."""
    if ProjectShare.objects.exists():
        return
    by_name = {row.user.email.partition("@")[0]: row for row in counsellors}
    programmes = {row.key: row for row in Programme.objects.all()}
    for name, (key, percent) in SHARES.items():
        if name in by_name and key in programmes:
            ProjectShare(
                network=network, membership=by_name[name], programme=programmes[key], percent=percent,
                weekly_minutes=WEEK, starts=programmes[key].starts, keeps_sheet=name in WITH_SHEET,
            ).save()  # fmt: skip
    last = months_later(today.replace(day=1), -1)
    earlier = months_later(last, -1)
    leads = {row.organisation_id: row for row in counsellors if "lead" in row.roles}
    for name in sorted(WITH_SHEET & by_name.keys()):
        member = by_name[name]
        for month in (earlier, last):
            _keep_month(member, SHARES[name][0], month, today)
        sheet = member.time_sheets.get(month=earlier)
        sign(actor=of_membership(member, network), sheet=sheet, today=today, now=now)
        lead = leads.get(member.organisation_id)
        if lead is not None and name != "petra.wiesing":  # hers waits for approval
            approve(actor=of_membership(lead, network), sheet=sheet, now=now)


def _keep_month(member: Membership, programme: str, month: date, today: date) -> None:
    actor = of_membership(member, member.network)
    sheet = begin_sheet(actor=actor, month=month, today=today)
    for number, day in enumerate(workdays(month, ())):
        if number % EVERY == 0:
            add_line(actor=actor, sheet=sheet, line=Line(day, programme, Activity.ADMIN, 90))
