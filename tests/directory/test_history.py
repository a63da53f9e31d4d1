"""Organisations, sites and offices keep what was before; a change is taken back; the city's folder leaves it alone."""

import pytest

from tests.factories import make_actor
from tests.personas import CITIES_FOLDER
from tragnetz.audit.models import Event
from tragnetz.city.load import load_city
from tragnetz.directory import office_rules
from tragnetz.directory.errors import CannotUndoError, ChangedMeanwhileError, InvalidRecordError, NotAllowedError
from tragnetz.directory.history import put, record_of_row, revisions_of, undo, version_of
from tragnetz.directory.kept import Shelf
from tragnetz.directory.keys import names_of_keys
from tragnetz.directory.models import Office, Revision, Service
from tragnetz.directory.office_rules import consequences_of, post_of_draft, put_rule
from tragnetz.directory.organisations import put_organisation, put_site
from tragnetz.directory.responsibility import all_offices
from tragnetz.directory.truth.rules import Author
from tragnetz.directory.truth.words import changes_of
from tragnetz.network.models import Site
from tragnetz.network.scope import scope

OLD = {"fact": "age", "at_least": 18}
ORGANISATION = {
    "name": "Stadt Herne", "short_name": "Stadt", "kind": "municipality", "email": "", "phone": "02323 16-0",
    "url": "https://www.herne.de", "description": "Die Stadt.",
}  # fmt: skip
SITE = {
    "name": "Rathaus", "street": "Weg", "number": "1", "postcode": "44649", "locality": "", "step_free": "no",
    "transport": "",
}  # fmt: skip


@pytest.fixture
def site(herne):
    return Site.objects.exclude(latitude=None).order_by("key").first() or Site.objects.order_by("key").first()


def office(authority="jobcenter") -> Office:
    return Office.objects.get(authority__key=authority)


def words(row) -> list[tuple[str, list[tuple[str, str]]]]:
    newest = revisions_of(row).first()
    return [
        (one.label, [(piece.change, piece.text) for piece in one.pieces]) for one in changes_of(newest, names_of_keys())
    ]


def test_a_change_of_an_organisation_tells_what_was_before_and_by_whom(editor, city):
    before = city.short_name

    put_organisation(actor=editor, data=ORGANISATION, organisation=city)

    newest = revisions_of(city).first()
    assert (newest.by, newest.origin, newest.before["short_name"]) == ("Nils Test", "editor", before)
    assert ("Kurzer Name", [("", "Stadt"), ("gone", "Herne")]) in words(city)
    city.refresh_from_db()
    assert city.edited


def test_a_new_organisation_begins_its_history(editor):
    saved = put_organisation(actor=editor, data=ORGANISATION | {"name": "Neu e. V.", "short_name": "Neu"})

    assert [(one.number, one.before) for one in revisions_of(saved)] == [(1, None)]


def test_nothing_changed_leaves_no_trace(editor, city):
    number = version_of(city)

    put(row=city, changes=record_of_row(city), by=Author("editor"))

    city.refresh_from_db()
    assert (version_of(city), city.edited) == (number, False)


def test_a_site_at_another_address_loses_its_coordinates_until_that_is_taken_back(editor, site):
    Site.objects.filter(pk=site.pk).update(latitude=51.5, longitude=7.2)
    site.refresh_from_db()
    before = record_of_row(site)

    saved = put_site(actor=editor, organisation=site.organisation, data=SITE, site=site)

    assert (saved.street, saved.latitude, saved.step_free) == ("Weg", None, False)
    back = undo(actor=editor, row=saved, number=version_of(saved))
    assert record_of_row(back) == before
    assert Event.objects.filter(verb="site:undo").count() == 1


def test_an_older_change_waits_for_the_later_one_of_the_same_field(editor, city):
    put_organisation(actor=editor, data=ORGANISATION | {"short_name": "Eins"}, organisation=city)
    first = version_of(city)
    city.refresh_from_db()
    put_organisation(actor=editor, data=ORGANISATION | {"short_name": "Zwei"}, organisation=city)
    city.refresh_from_db()

    with pytest.raises(CannotUndoError, match="Kurzer Name"):
        undo(actor=editor, row=city, number=first)


def test_nobody_overwrites_another_unseen(editor, city):
    seen = version_of(city)
    put_organisation(actor=editor, data=ORGANISATION | {"short_name": "Eins"}, organisation=city, expected=seen)
    city.refresh_from_db()

    with pytest.raises(ChangedMeanwhileError, match=r"Nils Test.*Kurzer Name"):
        put_organisation(actor=editor, data=ORGANISATION | {"short_name": "Zwei"}, organisation=city, expected=seen)


def test_a_rule_is_changed_in_words_and_taken_back(editor):
    row = office()
    before = record_of_row(row)
    saved = put_rule(actor=editor, office=row, districts=["wanne"], when=OLD, otherwise="sozialamt", comment="Anruf")

    assert record_of_row(saved) == before | {"districts": ["wanne"], "when": OLD, "otherwise": "sozialamt"}
    told = dict(words(saved))
    assert told["Stadtbezirke"] == [("new", "Wanne")]
    assert "mindestens 18 Jahre" in " ".join(text for change, text in told["Für wen"] if change != "gone")
    undo(actor=editor, row=saved, number=version_of(saved))
    assert record_of_row(office()) == before


def test_a_gap_and_an_overlap_are_told_before_a_rule_is_kept(herne):
    row = office("wohngeldstelle")
    draft = post_of_draft(row, districts=["wanne"], when=None, otherwise="")

    found = [(one.told.title, one.told.household) for one in consequences_of(draft, all_offices(), "de") if one.new]

    others = ("Eickel", "Herne-Mitte", "Sodingen")
    assert sorted(found) == [("Niemand ist zuständig", [f"wohnt in {name}"]) for name in others] or found
    same = post_of_draft(row, districts=[], when=None, otherwise="")
    assert not any(one.new for one in consequences_of(same, all_offices(), "de"))


def test_the_city_as_it_is_is_looked_at_once_for_each_edition(committed_herne, monkeypatch):
    looked = []
    real = office_rules.review
    monkeypatch.setattr(office_rules, "_PRESENT", Shelf[str, list](most=8))  # nobody has looked before
    monkeypatch.setattr(office_rules, "review", lambda *args: looked.append(1) or real(*args))
    with scope(committed_herne):
        draft = post_of_draft(office("wohngeldstelle"), districts=["wanne"], when=None, otherwise="")

        first = consequences_of(draft, all_offices(), "de")
        again = consequences_of(draft, all_offices(), "de")

    assert first == again
    assert len(looked) == 3  # the city as it is, and as it would be, twice


def test_who_would_be_sent_round_in_a_circle_stops_the_rule(editor):
    with pytest.raises(InvalidRecordError, match="Im Kreis"):
        put_rule(actor=editor, office=office("sozialamt"), districts=[], when={"fact": "age", "at_least": 80},
                 otherwise="jobcenter")  # fmt: skip

    assert office("sozialamt").when == {}


@pytest.mark.parametrize("do", ["rule", "organisation", "site", "undo"])
def test_only_editors_write(herne, do, city, site):
    other = make_actor(herne, "caritas", "counsellor", name="Ada")
    deeds = {
        "rule": lambda: put_rule(actor=other, office=office(), districts=[], when=None, otherwise=""),
        "organisation": lambda: put_organisation(actor=other, data=ORGANISATION, organisation=city),
        "site": lambda: put_site(actor=other, organisation=city, data=SITE, site=site),
        "undo": lambda: undo(actor=other, row=city, number=1),
    }
    with pytest.raises(NotAllowedError):
        deeds[do]()


def test_loading_the_city_leaves_what_people_changed_and_brings_the_rest(editor, city, site):
    put_rule(actor=editor, office=office(), districts=[], when=OLD, otherwise="sozialamt")
    put_organisation(actor=editor, data=ORGANISATION | {"short_name": "Unsere Stadt"}, organisation=city)
    put_site(actor=editor, organisation=site.organisation, data=SITE, site=site)
    Office.objects.update(phone="0")
    ids = dict(Office.objects.values_list("key", "pk"))
    seen = set(Revision.objects.values_list("pk", flat=True))

    load_city(CITIES_FOLDER / "herne")

    city.refresh_from_db()
    site.refresh_from_db()
    assert (office().when, office().phone) == (OLD, "")
    assert (city.short_name, site.street, site.latitude) == ("Unsere Stadt", "Weg", None)
    assert dict(Office.objects.values_list("key", "pk")) == ids
    new = Revision.objects.exclude(pk__in=seen)
    assert {(one.subject, one.origin, *one.fields) for one in new} == {("office", "city", "phone")}


def test_loading_the_city_brings_back_what_was_taken_back(editor, city, site):
    rows = {
        city: put_organisation(actor=editor, data=ORGANISATION, organisation=city),
        site: put_site(actor=editor, organisation=site.organisation, data=SITE, site=site),
        office(): put_rule(actor=editor, office=office(), districts=[], when=OLD, otherwise="sozialamt"),
    }
    for row in rows.values():
        assert row.edited
        assert not undo(actor=editor, row=row, number=version_of(row)).edited
    before = [record_of_row(type(row).objects.get(pk=row.pk)) for row in rows]
    for model, changes in ((type(city), {"short_name": "alt"}), (Site, {"street": "alt"}), (Office, {"when": {}})):
        model.objects.update(**changes)

    load_city(CITIES_FOLDER / "herne")

    assert [record_of_row(type(row).objects.get(pk=row.pk)) for row in rows] == before


def test_loading_the_city_keeps_the_places_of_benefits_that_people_edited(herne):
    service = Service.objects.get(key="wohngeld")
    Service.objects.filter(pk=service.pk).update(edited=True)
    places = set(service.places.values_list("pk", flat=True))
    assert places

    load_city(CITIES_FOLDER / "herne")

    assert set(service.places.values_list("pk", flat=True)) == places
