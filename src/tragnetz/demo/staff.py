"""Invented colleagues with their hours."""

from datetime import date

from django.contrib.auth.hashers import make_password

from tragnetz.appointments.models import Roster
from tragnetz.city.format import Demo, Staff
from tragnetz.network.enums import Role
from tragnetz.network.models import District, Membership, Network, Organisation, Site, User
from tragnetz.network.rules import DAYS

PASSWORD = "tragnetz-demo-2026"  # noqa: S105 -- printed at every start; production refuses the demo
SINCE = date(2020, 1, 1)


def load_staff(network: Network, demo: Demo) -> list[Membership]:
    """Make the staff that is not there yet; returns the counsellors."""
    password = make_password(PASSWORD)
    organisations = {row.key: row for row in Organisation.objects.all()}
    sites = {row.key: row for row in Site.objects.all()}
    counsellors = []
    for colleague in demo.staff:
        user, _made = User.objects.get_or_create(
            email=colleague.email,
            defaults={"first_name": colleague.first_name, "last_name": colleague.last_name, "password": password},
        )
        membership, made = Membership.objects.get_or_create(
            network=network,
            user=user,
            organisation=organisations[colleague.organisation],
            defaults={
                "roles": colleague.roles,
                "languages": colleague.languages,
                "topics": colleague.topics,
                "gender": colleague.gender or "",
            },
        )
        if made:
            membership.districts.set(District.objects.filter(key__in=colleague.districts))
        if Role.COUNSELLOR.value in colleague.roles:
            counsellors.append(membership)
            if made:
                _roster(membership, demo, colleague, sites)
    return counsellors


def _roster(membership: Membership, demo: Demo, colleague: Staff, sites: dict[str, Site]) -> None:
    Roster.objects.bulk_create(
        Roster(
            network_id=membership.network_id,
            membership=membership,
            weekday=DAYS.index(day),
            starts=hours.from_,
            ends=hours.to,
            site=sites.get(colleague.site or ""),
            kinds=hours.kinds,
            valid_from=SINCE,
        )
        for hours in demo.hours
        for day in hours.days
    )
