"""Changes stand in the history, can be taken back, never overwrite another's unseen; texts know their state."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor
from tests.personas import CITIES_FOLDER
from tragnetz.city.load import load_city
from tragnetz.core.clock import today
from tragnetz.directory.editing import change, confirm, create, record_now, revise, undo
from tragnetz.directory.errors import CannotUndoError, ChangedMeanwhileError, InvalidRecordError, NotAllowedError
from tragnetz.directory.history import version_of
from tragnetz.directory.models import Revision, Service
from tragnetz.directory.search import search
from tragnetz.directory.translations import TranslationState, translations_of
from tragnetz.directory.truth.rules import Author, confirmation_of

PROVIDER = Author("provider", "Diakonie")


@pytest.fixture
def city(herne):
    return herne


@pytest.fixture
def service(city):
    return Service.objects.filter(kind="offer").exclude(organisation=None).first()


@pytest.fixture
def editor(city):
    from tragnetz.network.models import Organisation

    return make_actor(city, Organisation.objects.filter(is_member=True).first().key, "catalogue", name="Nils")


def test_a_change_stands_in_the_history_with_what_was_before(editor, service):
    before = record_now(service)

    saved = revise(actor=editor, service=service, changes={"contact": {"phone": "02323 4711"}}, comment="Anruf")

    revision = saved.revisions.get(origin="editor")
    assert revision.fields == ["contact"]
    assert (revision.before["contact"], revision.after["contact"]["phone"]) == (before["contact"], "02323 4711")
    assert (revision.by, revision.comment, revision.user_id) == ("Nils Test", "Anruf", editor.user_id)
    assert saved.truth["contact"]["by"] == "Nils Test"
    assert saved.edited


def test_nothing_changed_leaves_no_trace(editor, service):
    number = version_of(service)

    revise(actor=editor, service=service, changes={"name": record_now(service)["name"]})

    assert version_of(service) == number


def test_a_change_is_taken_back(editor, service):
    before = record_now(service)
    revise(actor=editor, service=service, changes={"contact": {"phone": "1"}, "cost": {"de": "3 Euro"}})
    revise(actor=editor, service=service, changes={"languages": ["de", "tr"]})

    undo(actor=editor, revision=service.revisions.get(fields__contains=["cost"]))

    after = record_now(service)
    assert after["languages"] == ["de", "tr"]
    assert {name: after.get(name) for name in ("contact", "cost")} == {
        name: before.get(name) for name in ("contact", "cost")
    }


def test_a_change_on_which_later_ones_stand_is_not_taken_back(editor, service):
    revise(actor=editor, service=service, changes={"contact": {"phone": "11"}})
    first = service.revisions.get(origin="editor")
    revise(actor=editor, service=service, changes={"contact": {"phone": "22"}})

    with pytest.raises(CannotUndoError) as found:
        undo(actor=editor, revision=first)

    assert "Telefon" in str(found.value)
    assert record_now(service)["contact"]["phone"] == "22"


def test_nobody_overwrites_another_unseen(editor, service):
    seen = version_of(service)
    change(service=service, changes={"contact": {"phone": "11"}}, by=PROVIDER)

    with pytest.raises(ChangedMeanwhileError) as found:
        revise(actor=editor, service=service, changes={"contact": {"phone": "22"}}, expected=seen)
    revise(actor=editor, service=service, changes={"languages": ["pl"]}, expected=seen)

    assert "Diakonie" in str(found.value)
    record = record_now(service)
    assert (record["contact"]["phone"], record["languages"]) == ("11", ["pl"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": {"en": "No German"}}, "name"), ({"topics": []}, "topics"), ({"topics": ["nix"]}, ""),
        ({"prerequisites": {"fact": "nix", "is": True}}, "prerequisites"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_and_nothing_changes(editor, service, changes, field):
    before = record_now(service)

    with pytest.raises(InvalidRecordError) as found:
        revise(actor=editor, service=service, changes=changes)

    assert found.value.faults[0][0].split(".")[0] == field
    assert record_now(service) == before


def test_only_editors_change(city, service):
    counsellor = make_actor(city, service.organisation.key, "counsellor", "lead", name="Ada")

    for attempt in (
        lambda: revise(actor=counsellor, service=service, changes={"languages": ["pl"]}),
        lambda: create(actor=counsellor, record=record_now(service) | {"id": "neu"}),
        lambda: undo(actor=counsellor, revision=Revision.objects.first()),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_new_offer_is_found_at_once(editor, service):
    record = record_now(service) | {"id": "drachenbau", "name": {"de": "Drachenbau für Väter"}}

    saved = create(actor=editor, record=record)

    assert saved.key in [row.key for row in search("Drachenbau", today(editor.network.zone))]
    assert saved.revisions.get().before is None


def test_a_confirmed_record_is_not_due(editor, service):
    day = today(editor.network.zone)
    Service.objects.filter(pk=service.pk).update(review_on=day - timedelta(days=400))

    saved = confirm(service=service, by=PROVIDER)

    assert saved.review_on > day
    assert saved.checked == {"state": "confirmed", "on": day.isoformat(), "by": "Diakonie"}
    assert saved.truth["contact"]["how"] == "provider"


def test_one_field_is_confirmed_alone(service):
    saved = confirm(service=service, by=PROVIDER, fields=["hours"])

    assert set(saved.truth) == {"hours"}
    assert saved.checked["state"] == service.checked["state"]


def test_the_city_folder_leaves_what_people_changed(editor, service):
    revise(actor=editor, service=service, changes={"contact": {"phone": "02323 4711"}})

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert record_now(service)["contact"]["phone"] == "02323 4711"


def test_the_city_folder_brings_what_people_did_not_change(editor, service):
    revise(actor=editor, service=service, changes={"contact": {"phone": "02323 4711"}})
    ours = record_now(service)
    other = Service.objects.exclude(pk=service.pk).filter(kind="offer").first()
    confirm(service=other, by=PROVIDER)
    confirmed = record_now(other)
    Service.objects.filter(pk=service.pk).update(legal_basis="alt", summary={"de": "alt"})

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert record_now(service) == ours
    assert Service.objects.get(pk=service.pk).edited
    assert record_now(other) == confirmed
    assert Service.objects.get(pk=other.pk).truth["summary"]["by"] == "Diakonie"


def test_who_confirmed_an_entry_vouches_for_it_also_when_the_folder_orders_its_papers(service):
    """Papers have an order only since a version: it comes with the next load, and is no other value."""
    row = Service.objects.get(key="schuldnerberatung")
    assert row.paper_order != sorted(row.paper_order)
    confirm(service=row, by=PROVIDER)
    confirmed = record_now(row)
    Service.objects.filter(pk=row.pk).update(paper_order=[])

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert record_now(row) == confirmed


def test_who_confirmed_an_entry_did_not_confirm_what_the_folder_brings_later(service):
    of_folder = service.checked
    day = today(service.network.zone).isoformat()
    confirm(service=service, by=PROVIDER)
    Service.objects.filter(pk=service.pk).update(exclusions_text={"de": "alt"})

    load_city(CITIES_FOLDER / "herne", demo=True)

    row = Service.objects.get(pk=service.pk)
    assert (row.exclusions_text, row.checked) == (service.exclusions_text, of_folder)
    assert (row.truth["name"], "exclusions_text" in row.truth) == (
        {"on": day, "by": "Diakonie", "how": "provider"}, False,
    )  # fmt: skip


def test_a_change_that_was_taken_back_is_the_folder_s_again(editor, service):
    before = record_now(service)
    change(service=service, changes={"contact": {"phone": "02323 4711"}}, by=PROVIDER)
    assert Service.objects.get(pk=service.pk).edited

    undo(actor=editor, revision=service.revisions.get(origin="provider"))
    assert not Service.objects.get(pk=service.pk).edited
    Service.objects.filter(pk=service.pk).update(contact={"phone": "was the folder said before"})

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert record_now(service) == before


def test_who_confirmed_an_entry_does_not_vouch_for_a_value_that_came_back(editor, service):
    change(service=service, changes={"contact": {"phone": "02323 4711"}}, by=PROVIDER)
    confirm(service=service, by=PROVIDER)

    saved = undo(actor=editor, revision=service.revisions.get(fields=["contact"]))

    told = {
        field: confirmation_of(field, saved.truth, saved.source, saved.checked)
        for field in ("contact", "summary")
    }  # fmt: skip
    assert (told["contact"].sure, told["contact"].by) == (False, "")
    assert (told["summary"].sure, told["summary"].by) == (True, "Diakonie")
    assert saved.review_on == today(editor.network.zone)
    assert confirm(service=saved, by=PROVIDER, fields=["contact"]).truth["contact"]["by"] == "Diakonie"


def test_what_people_took_back_from_the_folder_stays_as_they_want_it(editor, service):
    number = version_of(service)
    change(service=service, changes={"cost": {"de": "3 Euro"}}, by=Author("city", "herne"))
    assert not Service.objects.get(pk=service.pk).edited

    undo(actor=editor, revision=service.revisions.get(number=number + 1))

    assert Service.objects.get(pk=service.pk).edited


def test_the_city_folder_leaves_what_people_wrote(editor, service):
    record = record_now(service) | {"id": "drachenbau", "name": {"de": "Drachenbau"}}
    create(actor=editor, record=record)

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert Service.objects.filter(key="drachenbau").exists()


def test_a_city_loaded_again_writes_no_history(city):
    count = Revision.objects.count()

    load_city(CITIES_FOLDER / "herne", demo=True)

    assert Revision.objects.count() == count


def test_translations_grow_old_when_the_german_text_changes(editor, service):
    name = record_now(service)["name"]
    states = {one.language: one.state for one in translations_of(record_now(service), service.translations)}
    assert states["en"] in {TranslationState.TO_CHECK, TranslationState.PARTLY}

    saved = revise(actor=editor, service=service, changes={"name": name | {"de": "Ganz anders"}})
    outdated = {one.language: one for one in translations_of(record_now(saved), saved.translations)}
    assert outdated["en"].state is TranslationState.OUTDATED
    assert outdated["en"].on == today(editor.network.zone).isoformat()

    saved = revise(actor=editor, service=saved, changes={"name": {**name, "de": "Ganz anders", "en": "All different"}})
    assert {one.language: one.state for one in translations_of(record_now(saved), saved.translations)}["en"] in {
        TranslationState.HUMAN, TranslationState.PARTLY,
    }  # fmt: skip


def test_dates_of_a_record_stay_dates(editor, service):
    saved = revise(actor=editor, service=service, changes={"valid_until": "2027-03-31"})

    assert Service.objects.get(pk=saved.pk).valid_until == date(2027, 3, 31)
