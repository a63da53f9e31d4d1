"""Offices: each fact is confirmed by itself, changed here with a history, and told alike wherever an office is shown."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from tests.factories import make_actor
from tests.personas import CITIES_FOLDER, client_of
from tragnetz.audit.models import Event
from tragnetz.city.load import load_city
from tragnetz.core.clock import today
from tragnetz.directory.errors import NotAllowedError
from tragnetz.directory.forms import OfficeForm
from tragnetz.directory.history import kept_of, revisions_of, undo, version_of
from tragnetz.directory.hsds.documents import Documents
from tragnetz.directory.hsds.history import metadata_of_place
from tragnetz.directory.keys import names_of_keys
from tragnetz.directory.models import Office, Service, ServiceAtLocation
from tragnetz.directory.office_rules import put_rule
from tragnetz.directory.offices import office_rows, put_office
from tragnetz.directory.responsibility import all_offices, offices_of
from tragnetz.directory.truth.rows import assured_on, confirm_row_as_editor, confirmations_of, facts_of, is_due
from tragnetz.directory.truth.words import changes_of
from tragnetz.directory.truth.worklist import Reason, work_list

HOURS = [{"days": ["mo"], "opens": "08:00:00", "closes": "12:00:00", "every": 1, "nth": [], "instead": False,
          "on_holidays": False, "id": ""}]  # fmt: skip


@pytest.fixture
def day(herne):
    return today(herne.zone)


def office(authority: str = "wohngeldstelle") -> Office:
    return office_rows().get(authority__key=authority)


def confirmed_by_the_folder(on: date) -> Office:
    Office.objects.filter(authority__key="wohngeldstelle").update(
        checked={"state": "confirmed", "on": on.isoformat(), "by": "Stadt Herne"}
    )
    return office()


def test_what_nobody_confirmed_names_the_folders_source_and_is_due(herne, day):
    row = office()

    known = confirmations_of(row)

    assert set(known) == set(facts_of(row)) == {"name", "site", "responsibility"}
    assert {(one.sure, one.source) for one in known.values()} == {(False, row.source["title"])}
    assert (assured_on(row), is_due(row, day)) == (None, True)


def test_what_the_folder_confirmed_is_the_first_confirmation_of_each_fact(herne, day):
    row = confirmed_by_the_folder(day - timedelta(days=10))

    known = confirmations_of(row)

    assert {(one.sure, one.on, one.by) for one in known.values()} == {
        (True, day - timedelta(days=10), "Stadt Herne"),
    }  # fmt: skip
    assert assured_on(row) == day - timedelta(days=10)


def test_an_editor_confirms_one_fact_and_the_folder_speaks_for_the_others(herne, editor, day):
    row = confirmed_by_the_folder(day - timedelta(days=400))

    confirm_row_as_editor(actor=editor, row=row, fields=["site"])

    row = office()
    known = confirmations_of(row)
    assert (known["site"].on, known["site"].by) == (day, editor.name)
    assert known["name"].on == assured_on(row) == day - timedelta(days=400)
    assert row.review_on == day - timedelta(days=35)  # for whom it is responsible is asked each year
    assert Event.objects.latest("position").verb == "office:confirm"


def test_an_office_is_on_the_list_until_all_of_it_is_confirmed(herne, editor, day):
    def words():
        return [one.words for task in work_list(day) if task.row == office() for one in task.findings]

    assert words() == ["Angaben zur Stelle: Noch nie bestätigt"]
    confirm_row_as_editor(actor=editor, row=office())
    assert words() == []
    later = next(task for task in work_list(day + timedelta(days=400)) if task.row == office())
    assert [one.reason for one in later.findings] == [Reason.DUE]
    assert "Zu bestätigen seit" in later.findings[0].words


def test_loading_the_folder_again_takes_its_check_over(herne, day, tmp_path):
    confirmed_by_the_folder(day)
    Office.objects.update(review_on=day + timedelta(days=365))

    load_city(CITIES_FOLDER / "herne")  # in which nobody has confirmed it

    assert (office().checked["state"], office().review_on) == ("to_check", None)


def test_phone_hours_and_place_are_changed_with_history_and_stand_at_each_service(herne, editor, day):
    row = office()
    before = row.site
    other = row.organisation.sites.exclude(pk=before.pk).first()

    put_office(
        actor=editor, office=row, comment="Anruf", expected=version_of(row),
        changes={"phone": "02323 161", "url": "https://example.org", "hours": HOURS, "site": other.key},
    )  # fmt: skip

    saved = office()
    assert (saved.phone, saved.site, saved.hours) == ("02323 161", other, HOURS)
    assert set(saved.truth) == {"phone", "url", "hours", "site"}
    newest = revisions_of(saved).first()
    told = {one.label: [piece.text for piece in one.pieces] for one in changes_of(newest, names_of_keys())}
    assert (newest.comment, told["Telefon"], told["Öffnungszeiten"]) == ("Anruf", ["02323 161"], ["Mo 8-12"])
    places = ServiceAtLocation.objects.filter(office=saved)
    assert places.count() == Service.objects.filter(authority=saved.authority).count() > 0
    assert {(one.site_id, one.phones[0]["number"], one.hours[0]["opens"]) for one in places} == {
        (other.pk, "02323 161", "08:00:00")
    }
    undo(actor=editor, row=saved, number=version_of(saved))
    assert (office().phone, office().site, office().truth) == ("", before, {})
    assert {(one.site_id, len(one.phones)) for one in ServiceAtLocation.objects.filter(office=saved)} == {
        (before.pk, 0)
    }


def test_the_history_shows_a_name_only_in_the_languages_that_changed(herne, editor):
    row = office()

    saved = put_office(actor=editor, office=row, changes={"name": row.name | {"de": "Wohngeld-Stelle"}})

    (name,) = changes_of(revisions_of(saved).first(), names_of_keys())
    assert [(piece.change, piece.text) for piece in name.pieces] == [
        ("", "Deutsch:"), ("gone", "Wohngeldstelle im Rathaus Wanne"), ("new", "Wohngeld-Stelle"),
    ]  # fmt: skip


def test_the_folder_leaves_what_was_changed_and_brings_the_rest(herne, editor):
    put_office(actor=editor, office=office(), changes={"phone": "02323 161"})
    row = office()
    assert kept_of(row) == {"phone"}
    Office.objects.filter(pk=row.pk).update(url="https://old.example", name={"de": "Alt"})

    load_city(CITIES_FOLDER / "herne")

    assert (office().phone, office().url) == ("02323 161", "")
    assert office().name["de"] == "Wohngeldstelle im Rathaus Wanne"
    put_rule(actor=editor, office=office(), districts=["wanne"], when=None, otherwise="")
    assert kept_of(office()) == {"phone", "districts", "when", "otherwise"}


def test_the_folder_brings_a_new_place_to_services_that_people_keep(herne):
    service = Service.objects.get(key="wohngeld")
    Service.objects.filter(pk=service.pk).update(edited=True)
    ServiceAtLocation.objects.filter(service=service).update(phones=[{"number": "0"}])  # what the folder said before

    load_city(CITIES_FOLDER / "herne")

    assert [one.phones for one in service.places.all()] == [[]]


def test_only_editors_change_offices(herne):
    with pytest.raises(NotAllowedError):
        put_office(actor=make_actor(herne, "caritas", "counsellor"), office=office(), changes={"phone": "1"})


def test_the_form_keeps_ids_of_hours_and_names_in_other_languages(herne):
    Office.objects.filter(authority__key="wohngeldstelle").update(hours=[HOURS[0] | {"id": "eins"}])
    row = office()
    data = OfficeForm(office=row).initial

    form = OfficeForm(data, office=row)

    assert form.is_valid(), form.errors
    changes = form.changes()
    assert {name: getattr(row, name) for name in ("name", "phone", "url", "hours")} | {"site": row.site.key} == changes


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"hours": "Mo ganztags"}, "hours"),
        ({"url": "nicht dort"}, "url"),
        ({"name": " "}, "name"),
        ({"name_tr": "x" * 201}, "name_tr"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(herne, typed, field):
    row = office()

    form = OfficeForm(OfficeForm(office=row).initial | typed, office=row)

    assert (form.is_valid(), list(form.errors)) == (False, [field])
    assert form.names_faulty == (field == "name_tr")


def test_a_site_of_others_that_the_folder_named_may_stay(herne):
    row = office()
    Office.objects.filter(pk=row.pk).update(site=office("arbeitsagentur").site)

    form = OfficeForm(OfficeForm(office=office()).initial, office=office())

    assert (form.is_valid(), form.cleaned_data.get("site")) == (True, "agentur-haus")


def test_a_page_and_the_desk_say_since_when_an_office_is_confirmed(herne, editor, day):
    def panel() -> str:
        page = client_of(None).get("/de/angebote/wohngeld/").content.decode()
        return re.search(r'<section class="panel">(.*?)</section>', page, re.DOTALL)[1]

    assert "zu prüfen" in panel()
    confirm_row_as_editor(actor=editor, row=office())
    cache.clear()  # a page is kept for a minute

    (claim,) = offices_of(office().authority, all_offices())
    assert (claim.office.to_check, claim.office.assured_on) == (False, day)
    shown = panel()
    assert "Zuletzt geprüft" in shown
    assert "zu prüfen" not in shown


def test_visitors_are_told_to_call_when_an_office_has_waited_long(herne, day):
    words = "Das hat länger niemand bestätigt"
    Service.objects.update(review_on=day)
    confirmed_by_the_folder(day)
    Office.objects.update(review_on=day - timedelta(days=184))

    assert words in client_of(None).get("/de/angebote/wohngeld/").content.decode()


def test_an_open_place_tells_since_when_its_office_is_confirmed_and_what_changed(herne, editor, day):
    documents = Documents(herne)
    place = ServiceAtLocation.objects.select_related("office", "site__network").get(service__key="wohngeld")
    assert documents.service_at_location(place)["x_tragnetz"] == {"office": office().key, "source": office().source}

    put_office(actor=editor, office=office(), changes={"phone": "02323 161"})
    confirm_row_as_editor(actor=editor, row=office())

    told = Documents(herne).service_at_location(place)["x_tragnetz"]
    assert told["assured_date"] == day.isoformat()
    assert editor.name not in str(told)
    changed = metadata_of_place(place)[0]
    assert (changed["field_name"], changed["replacement_value"], changed["updated_by"]) == (
        "phone", "02323 161", "Redaktion",
    )  # fmt: skip
    assert changed["resource_id"] == str(place.pk)
    own = ServiceAtLocation.objects.select_related("office").filter(office=None).first()
    assert metadata_of_place(own) == []
