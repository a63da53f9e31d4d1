"""A small vocabulary of papers, and two benefits of a directory that need some of them."""

from tragnetz.core.clock import today
from tragnetz.directory.models import Authority, Office, Paper, Service

PAPERS = {
    "personalausweis": "Personalausweis oder Pass", "mietvertrag": "Mietvertrag", "einkommensnachweise": "Einkommensnachweise",
    "geburtsurkunde": "Geburtsurkunde des Kindes",
}  # fmt: skip
BENEFITS = {
    "wohngeld": ("Wohngeld", ["personalausweis", "mietvertrag", "einkommensnachweise"]),
    "kinderzuschlag": ("Kinderzuschlag", ["mietvertrag", "einkommensnachweise"]),
    "kindergeld": ("Kindergeld", ["geburtsurkunde"]),
}


def make_benefits(network):
    """Return the services by key."""
    papers = {key: Paper(network=network, key=key, name={"de": name}) for key, name in PAPERS.items()}
    Paper.objects.bulk_create(papers.values())
    authority = Authority(network=network, key="stelle", name={"de": "Stelle"})
    authority.save()
    made = {}
    for key, (name, needed) in BENEFITS.items():
        row = Service(
            network=network, key=key, kind="benefit", authority=authority, name={"de": name}, summary={"de": name}, description={"de": name},
            source={"title": "erfunden"}, checked={"state": "to_check", "on": today(network.zone).isoformat()},
        )  # fmt: skip
        row.save()
        row.papers.set(papers[paper] for paper in needed)
        made[key] = row
    return made


def make_office(network, organisation_id):
    """Return the one office of this city that decides."""
    row = Office(
        network=network, key="amt", authority=Authority.objects.get(key="stelle"), organisation_id=organisation_id,
        name={"de": "Wohngeldstelle der Stadt"}, source={"title": "erfunden"}, checked={"state": "to_check"},
    )  # fmt: skip
    row.save()
    return row
