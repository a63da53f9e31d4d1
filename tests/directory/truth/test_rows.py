"""Organisations and sites: each fact has a source, a last confirmation and its author; what fades is on the list."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor
from tests.personas import CITIES_FOLDER
from tragnetz.audit.models import Event
from tragnetz.city.load import load_city
from tragnetz.core.clock import now, today
from tragnetz.directory.errors import NotAllowedError
from tragnetz.directory.history import put, undo
from tragnetz.directory.models import Office, Service, Subject, WebAddress
from tragnetz.directory.organisations import put_organisation
from tragnetz.directory.truth.addresses import DEAD, gather_addresses
from tragnetz.directory.truth.rows import confirm_row_as_editor, confirmations_of, facts_of, is_due
from tragnetz.directory.truth.rules import Author, confidence
from tragnetz.directory.truth.worklist import Reason, Task, work_list
from tragnetz.network.models import Locality, Network, Organisation, Site


@pytest.fixture
def day(herne):
    return today(herne.zone)


@pytest.fixture
def town_hall(city):
    return city.sites.order_by("key").first()


def task_of(row, day) -> Task | None:
    return next((task for task in work_list(day) if task.row == row), None)


def test_what_nobody_confirmed_names_its_source_and_is_due(city, town_hall, day):
    for row in (city, town_hall):
        found = confirmations_of(row)

        assert {(one.sure, one.by, one.source) for one in found.values()} == {(False, "", city.source["title"])}
        assert is_due(row, day)
    assert set(confirmations_of(town_hall)) == set(facts_of(town_hall)) >= {"name", "address"}


def test_a_confirmed_fact_fades_and_the_row_comes_back_to_the_list(editor, city, day):
    confirm_row_as_editor(actor=editor, row=city)
    city.refresh_from_db()

    url = confirmations_of(city)["url"]
    assert (url.on, url.by, url.how, url.sure) == (day, editor.name, "editor", True)
    assert confidence(url, "url", day) == 1
    assert confidence(url, "url", day + timedelta(days=180)) == 0.5
    assert city.review_on == day + timedelta(days=180)
    assert not is_due(city, day)
    assert is_due(city, day + timedelta(days=180))
    assert Event.objects.latest("position").verb == "organisation:confirm"


def test_one_confirmed_fact_leaves_the_others_to_be_asked(editor, town_hall, day):
    confirm_row_as_editor(actor=editor, row=town_hall, fields=["address", "nothing of ours"])
    town_hall.refresh_from_db()

    assert set(town_hall.truth) == {"address"}
    assert is_due(town_hall, day)
    assert Event.objects.latest("position").verb == "site:confirm"


@pytest.mark.parametrize(("step_free", "words"), [(None, None), (True, "Ja"), (False, "Nein")])
def test_a_site_states_only_what_is_known_of_it(step_free, words):
    """Whoever confirms it says nothing of what nobody knows."""
    here = {"network": Network(city="Herne"), "name": "Haus", "number": "3", "step_free": step_free}
    bare = Site(**here, transport={})
    full = Site(**here, street="Weg", transport={"de": "Bus 303"}, locality=Locality(name="Holthausen"))

    assert facts_of(bare) == {"name": "Haus"} | ({"step_free": words} if words else {})
    assert facts_of(full) == facts_of(bare) | {
        "address": "Weg 3, Herne", "transport": "Bus 303", "locality": "Holthausen",
    }  # fmt: skip


def test_what_nobody_confirmed_is_as_old_as_its_source(city):
    city.source = {"title": "Liste", "on": "2025-03-04"}

    assert {one.on for one in confirmations_of(city).values()} == {date(2025, 3, 4)}


def test_who_changes_a_fact_vouches_for_it_alone(editor, town_hall):
    put(row=town_hall, changes={"number": "77"}, by=Author("editor", "Nils"))
    town_hall.refresh_from_db()

    assert set(town_hall.truth) == {"address"}
    assert town_hall.truth["address"]["by"] == "Nils"


def test_a_change_that_was_taken_back_is_vouched_for_by_nobody(editor, town_hall):
    changed = put(row=town_hall, changes={"number": "77"}, by=Author("editor", "Nils"))
    undo(actor=editor, row=changed, number=2)
    town_hall.refresh_from_db()

    assert (town_hall.truth, town_hall.review_on) == ({}, None)


def test_what_the_folder_changes_loses_its_confirmation_and_keeps_the_others(editor, herne, town_hall, day):
    confirm_row_as_editor(actor=editor, row=town_hall)
    Site.objects.filter(pk=town_hall.pk).update(street="Andere Straße")  # what the folder said before

    load_city(CITIES_FOLDER / "herne")
    town_hall.refresh_from_db()

    assert "address" not in town_hall.truth
    assert "name" in town_hall.truth
    assert is_due(town_hall, day)


def test_a_new_organisation_of_an_editor_is_vouched_for(editor, day):
    made = put_organisation(
        actor=editor,
        data={
            "name": "Verein", "short_name": "", "kind": "association", "email": "", "phone": "02323 1", "url": "",
            "description": "",
        },
    )  # fmt: skip
    made.refresh_from_db()

    assert set(made.truth) == {"name", "phones"}
    assert not is_due(made, day)


def test_only_editors_confirm(herne, city):
    with pytest.raises(NotAllowedError):
        confirm_row_as_editor(actor=make_actor(herne, "caritas", "counsellor"), row=city)

    city.refresh_from_db()
    assert city.truth == {}


def test_the_list_names_an_organisation_once_with_its_sites_until_all_is_confirmed(editor, city, day):
    task = task_of(city, day)
    assert (task.subject, task.name) == (Subject.ORGANISATION, city.name)
    assert [one.words for one in task.findings] == [
        "Angaben zur Organisation: Noch nie bestätigt",
        f"{city.sites.count()} Orte zu bestätigen" if city.sites.count() > 1 else "1 Ort zu bestätigen",
    ]
    assert task in [one for one in work_list(day, organisation=city.key) if one.row == city]

    for row in (city, *city.sites.all()):
        confirm_row_as_editor(actor=editor, row=row)

    assert task_of(city, day) is None
    assert task_of(city, day + timedelta(days=400)).has(Reason.DUE)


def test_an_organisation_without_help_is_not_on_the_list(herne, day):
    made = Organisation.objects.create(network=herne, key="leer", name="Leer", short_name="Leer", kind="association")

    assert task_of(made, day) is None


def test_broken_addresses_of_organisations_offices_and_authorities_are_on_the_list(herne, city, day):
    office = Office.objects.first()
    office.url = "https://www.example.org/amt"
    office.save()
    service = Service.objects.exclude(authority=None).exclude(authority__url="").first()
    city.phones = [{"number": "12"}]
    city.save()
    gather_addresses(herne)
    urls = [city.url, "tel:12", office.url, service.authority.url]
    assert WebAddress.objects.filter(url__in=urls).update(failures=DEAD, fault="gone", checked_at=now()) == len(
        set(urls)
    )

    for row, address in ((city, city.url), (city, "12"), (office, office.url), (service, service.authority.url)):
        words = [one.words for one in task_of(row, day).findings if one.reason == Reason.ADDRESS]
        assert f"{address}: die Seite gibt es nicht mehr" in words


def test_what_came_without_a_source_was_confirmed_long_ago_by_nobody(herne, day):
    made = Organisation.objects.create(network=herne, key="alt", name="Alt", short_name="Alt", kind="association")

    known = confirmations_of(made)["name"]

    assert (known.sure, known.source, known.on) == (False, "", date(2000, 1, 1))
    assert confidence(known, "name", day) < 0.01
