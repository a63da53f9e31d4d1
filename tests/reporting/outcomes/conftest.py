"""A small demo city with its history: what figures are recomputed on."""

from datetime import date

import pytest

from tests.personas import CITIES_FOLDER
from tests.reporting.conftest import TOLD
from tragnetz.casework.models import Case
from tragnetz.city.read import read_folder
from tragnetz.clients.models import Relation
from tragnetz.core.clock import today
from tragnetz.core.ids import new_id
from tragnetz.demo.coaching import load_coaching
from tragnetz.demo.history import load_history
from tragnetz.demo.keys import load_keys, staff_ring
from tragnetz.demo.results import load_results
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.models import Membership, Network, Programme
from tragnetz.reporting.lines.derive import bases_of
from tragnetz.reporting.lines.line import lines
from tragnetz.reporting.models import Answers, Participation
from tragnetz.vault.keyring import using

HOUSEHOLDS = 110


@pytest.fixture
def told_city(herne):
    """Herne with the history that `tell` invents, in scope; from a database of its own (tests.templates)."""
    return herne


def tell(herne: Network) -> None:
    """Invent some households, all that came of them, and people who left a project."""
    demo = read_folder(CITIES_FOLDER / "herne").demo.model_copy(update={"households": HOUSEHOLDS})
    counsellors = list(Membership.objects.filter(roles__contains=["counsellor"]).select_related("organisation", "user"))
    load_keys(herne, counsellors, PASSWORD)
    day = today(herne.zone)
    load_history(herne, demo, counsellors, day, lambda _done, _total: None)
    with using(staff_ring(counsellors, PASSWORD)):
        load_coaching(herne, counsellors, day, demo.seed)
        load_results(herne, day, demo.seed)
    programme = Programme.objects.filter(line="esf-plus").first()
    for number, case in enumerate(Case.objects.filter(state="closed").select_related("enquiry")[:24]):
        _participation(programme, case, number)


def _participation(programme, case, number: int) -> None:
    row = Participation(
        network=case.network, programme=programme, organisation_id=case.organisation_id, case=case,
        household=case.household, person=case.household.people.get(relation=Relation.SELF),
        author_id=case.counsellor_id, pseudonym=f"P{number}", family=new_id(), district=case.enquiry.district,
        topic=case.topic, entered_on=case.opened_on, left_on=case.closed_on, leaving="regular",
        is_countable=number % 8 != 7, codes=["EECR04"] if number % 3 == 0 else [], request_key=new_id().hex, bases=bases_of(lines()["esf-plus"], {"entry": TOLD}) if number % 8 != 7 else [],
    )  # fmt: skip
    row.save()
    own = {
        "network": case.network,
        "participation": row,
        "answered_on": date(2026, 1, 1),
        "author_id": case.counsellor_id,
    }
    Answers(moment="entry", answers=TOLD, **own).save()
    if number % 4:
        Answers(moment="exit", answers={"exit_employment": "yes" if number % 3 == 0 else "no"}, **own).save()
