"""Editors change, confirm, take back, translate, settle; nothing typed is lost; the list tells what is next."""

import re
from datetime import date

import pytest

from tests.personas import client_of
from tragnetz.core.clock import now, today
from tragnetz.directory.editing import record_now
from tragnetz.directory.history import version_of
from tragnetz.directory.models import ConfirmationLink, Paper, Report, Revision, SearchGap, Service, WebAddress
from tragnetz.directory.truth.reports import take_report
from tragnetz.network.models import Organisation, Site

BASE = "/de/arbeit/verzeichnis/"


@pytest.fixture
def service(herne):
    return Service.objects.exclude(organisation=None).select_related("organisation").order_by("key").first()


@pytest.fixture
def client(herne, watched_templates):
    return client_of("catalogue")


def filled(client, path: str) -> dict[str, object]:
    """Return a form's fields as the page shows them."""
    form = client.get(path).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {
        name: ("" if value is None else "on" if value is True else value)
        for name, value in found.items()
        if value is not False
    }


def test_a_form_sent_back_untouched_changes_nothing(client, herne):
    for service in Service.objects.order_by("key")[::6]:
        path = f"{BASE}{service.pk}/bearbeiten/"
        sent = filled(client, path) | {"version": version_of(service)}
        before = record_now(service)

        response = client.post(path, sent)

        assert response.status_code == 302, (service.key, response.context["form"].errors)
        assert record_now(service) == before, service.key
    assert not Revision.objects.filter(origin="editor").exists()


def test_an_editor_changes_confirms_and_takes_back(client, service):
    path = f"{BASE}{service.pk}/"
    sent = filled(client, f"{path}bearbeiten/") | {
        "version": version_of(service), "phone": "02323 4711", "hours": "Mo-Fr 8-15", "comment": "Anruf",
    }  # fmt: skip
    client.post(f"{path}bearbeiten/", sent)
    page = client.get(path).content.decode()
    assert "02323 4711" in page
    assert "„Anruf“" in page
    assert record_now(service)["hours"][0]["days"] == ["mo", "tu", "we", "th", "fr"]

    assert page.count("hier geändert</span>") == 2  # how to reach it, and its hours

    client.post(f"{path}zurueck/{version_of(service)}/")
    assert record_now(service)["hours"] == []
    assert "hier geändert" not in client.get(path).content.decode()

    client.post(f"{path}bestaetigen/")
    assert Service.objects.get(pk=service.pk).review_on > today(service.network.zone)


def test_an_editor_sees_who_gives_papers_out_and_says_what_a_benefit_is_in_rules(client, service):
    benefit = Service.objects.get(key="arbeitslosengeld")
    path = f"{BASE}{benefit.pk}/bearbeiten/"
    page = client.get(path).content.decode()
    sent = filled(client, path) | {"version": version_of(benefit)}

    client.post(path, sent | {"gives": ["alg1", "bab"]})
    history = client.get(f"{BASE}{benefit.pk}/").content.decode()

    assert "Meldebescheinigung (Bürgeramt)" in page
    assert "Schwerbehindertenausweis (Schwerbehindertenausweis)" in page
    assert sent["gives"] == ["alg1"]
    assert record_now(benefit)["gives"] == ["alg1", "bab"]
    assert "Gilt in Regeln als" in history
    assert "Berufsausbildungsbeihilfe" in history
    assert "gives" not in client.get(f"{BASE}{service.pk}/bearbeiten/").context["form"].fields  # no benefit


def test_papers_that_wait_for_each_other_are_told_where_they_are_chosen(client, herne):
    wohngeld, kinderzuschlag = (Service.objects.get(key=key) for key in ("wohngeld", "kinderzuschlag"))
    for key, service in (("mutterpass", kinderzuschlag), ("mahnungen", wohngeld)):
        Paper.objects.filter(key=key).update(service=service, authority=None)
    kinderzuschlag.papers.add(Paper.objects.get(key="mahnungen"))
    path = f"{BASE}{wohngeld.pk}/bearbeiten/"
    sent = filled(client, path) | {"version": version_of(wohngeld)}

    well = client.post(path, sent | {"comment": "nichts"}, follow=True).content.decode()
    locked = client.post(path, sent | {"papers": [*sent["papers"], "mutterpass"]}, follow=True).content.decode()
    again = client.post(path, filled(client, path) | {"version": version_of(wohngeld)}, follow=True).content.decode()

    asked = "Wohngeld verlangt „Mutterpass“, und das gibt es nur bei: Kinderzuschlag"
    assert "warten aufeinander" not in well
    assert "Jetzt neu: Papiere und Leistungen warten aufeinander. Was worauf wartet, steht unten." in locked
    assert "Jetzt neu" not in again
    assert (locked.count(asked), again.count(asked)) == (1, 1)  # as long as it is so
    work = client.get(f"{BASE}?grund=circle").content.decode()
    assert work.count("Papiere und Leistungen warten aufeinander: ") == 2


def test_what_is_typed_wrong_is_said_and_kept(client, service):
    path = f"{BASE}{service.pk}/bearbeiten/"
    sent = filled(client, path) | {
        "hours": "Mo 8-15\nirgendwann",
        "phone": "12",
        "email": "keine",
        "available": "viele",
        "topics": [],
        "name": "Mein Text",
    }

    response = client.post(path, sent)

    page = response.content.decode()
    assert response.status_code == 422
    for words in (
        "Zeile 2",
        "Diese Nummer gibt es so nicht",
        "E-Mail-Adresse",
        "Bitte eine Zahl",
        "mindestens ein Thema",
        "Mein Text",
        "irgendwann",
    ):
        assert words in page, words
    assert not Revision.objects.filter(origin="editor").exists()


def test_somebody_elses_change_is_not_overwritten_unseen(client, service):
    path = f"{BASE}{service.pk}/bearbeiten/"
    stale = filled(client, path) | {"version": version_of(service), "phone": "02323 11111"}
    client.post(path, filled(client, path) | {"version": version_of(service), "phone": "02323 22222"})

    response = client.post(path, stale)

    assert response.status_code == 409
    assert "Inzwischen hat Nils Thomsen" in response.content.decode()
    assert record_now(service)["contact"]["phone"] == "02323 22222"


def test_a_new_organisation_with_site_and_offer(client, herne):
    client.post(f"{BASE}organisationen/neu/", {"name": "Nachbarn e. V.", "kind": "association"})
    organisation = Organisation.objects.get(name="Nachbarn e. V.")
    client.post(
        f"{BASE}organisationen/{organisation.pk}/ort/", {"name": "Laden", "street": "Hauptstraße", "number": "1"}
    )
    site = Site.objects.get(organisation=organisation)
    sent = {
        "name": "Reparaturcafé", "summary": "Wir reparieren zusammen.", "description": "Jeden Samstag.", "topics": ["money"],
        "organisation": organisation.key, "sites": [site.key], "status": "active", "hours": "Sa 10-13", "source_title": "Anruf",
    }  # fmt: skip

    response = client.post(f"{BASE}neu/", sent)

    saved = Service.objects.get(organisation=organisation)
    assert response["Location"].endswith(f"{saved.pk}/")
    assert (saved.key, saved.places.get().site, saved.checked["by"]) == ("reparaturcafe", site, "Nils Thomsen")
    assert client_of(None).get("/de/angebote/reparaturcafe/").status_code == 200


def test_an_organisation_and_its_site_are_changed_and_taken_back(client, service):
    site = service.organisation.sites.order_by("key").first()
    for path, field, row in (
        (f"{BASE}organisationen/{service.organisation_id}/", "short_name", service.organisation),
        (f"{BASE}orte/{site.pk}/", "name", site),
    ):
        before = getattr(row, field)
        page = client.post(path, filled(client, path) | {"version": version_of(row), field: "Neu"}, follow=True)
        row.refresh_from_db()
        assert (getattr(row, field), "<ins>Neu</ins>" in page.content.decode()) == ("Neu", True)

        client.post(f"{path}zurueck/{version_of(row)}/")

        row.refresh_from_db()
        assert getattr(row, field) == before


def test_somebody_elses_change_of_an_organisation_is_not_overwritten_unseen(client, service):
    path = f"{BASE}organisationen/{service.organisation_id}/"
    stale = filled(client, path) | {"version": version_of(service.organisation), "short_name": "Eins"}
    client.post(path, stale | {"short_name": "Zwei"})

    response = client.post(path, stale)

    assert response.status_code == 422
    assert "Inzwischen hat Nils Thomsen" in response.content.decode()


def test_translations_are_written_beside_the_german_and_checked(client, service):
    path = f"{BASE}{service.pk}/sprache/pl/"
    sent = {
        "name": "Doradztwo",
        "summary": "Pomagamy.",
        "description": "Zadzwoń.",
        "version": version_of(service),
        "checked": "on",
    }

    client.post(path, sent)

    assert record_now(service)["name"]["pl"] == "Doradztwo"
    assert Service.objects.get(pk=service.pk).translations["pl"]["state"] == "human"
    assert client.get(f"{BASE}uebersetzungen/?sprache=pl&stand=human").status_code == 200


def test_every_german_text_that_is_edited_tells_how_easy_it_is(client, service):
    for path, fields in (
        (f"{service.pk}/bearbeiten/", {"summary", "description", "simple_summary", "exclusions_text", "date_text"}),
        (f"{service.pk}/sprache/simple/", {"name", "summary", "description"}),
        (f"{service.pk}/sprache/tr/", set()),
        (f"organisationen/{service.organisation_id}/", {"description"}),
        ("organisationen/neu/", {"description"}),
    ):
        page = client.get(f"{BASE}{path}").content.decode()
        told = set(re.findall(r"""hx-vals='{"field": "([^"]+)"}'""", page))
        assert fields <= told if fields else not told, path


def test_an_offer_of_an_authority_leads_its_editor_to_the_offices(client, herne):
    row = Service.objects.get(key="wohngeld")

    page = client.get(f"{BASE}{row.pk}/").content.decode()

    assert f"{BASE}stellen/{row.authority.offices.get().pk}/" in page


def test_a_report_is_shown_and_settled(client, service):
    report = take_report(service=service, kind="gone", text="Die Tür war zu.", language="de", now=now())
    assert "Die Tür war zu." in client.get(f"{BASE}{service.pk}/").content.decode()

    client.post(f"{BASE}meldungen/{report.pk}/", {"state": "mended"})

    assert Report.objects.get().settled_by == "Nils Thomsen"


def test_gaps_are_settled(client, herne):
    day = today(herne.zone)
    gap = SearchGap.objects.create(network=herne, words="drachen", language="de", first_on=day, last_on=day, times=3)
    assert "drachen" in client.get(f"{BASE}luecken/").content.decode()

    assert client.post(f"{BASE}luecken/", {"gap": str(gap.pk)}).status_code == 302
    assert client.post(f"{BASE}luecken/", {"gap": "x"}).status_code == 404
    assert not SearchGap.objects.exists()


@pytest.mark.parametrize("page", ["", "eintraege/", "organisationen/"])
def test_lists_cost_the_same_queries_however_long(client, herne, page, django_assert_max_num_queries):
    client.get(BASE + page)  # what a process asks once

    with django_assert_max_num_queries(22):  # one of them how many remarks wait for an answer
        client.get(BASE + page)


def link_of(client, service) -> str:
    page = client.post(f"{BASE}organisationen/{service.organisation_id}/link/").content.decode()
    return re.search(r"http://testserver(/de/pruefen/[^<\"]+)", page)[1]


def test_a_provider_confirms_and_corrects_its_entries_by_link(client, service):
    address, visitor = link_of(client, service), client_of(None)
    assert service.name["de"] in visitor.get(address).content.decode()

    visitor.post(address, {"entry": "all"})
    own = Service.objects.filter(organisation=service.organisation)
    assert {row.checked["by"] for row in own} == {service.organisation.name}

    path = f"{address}{service.pk}/"
    sent = filled(visitor, path) | {
        "version": version_of(service),
        "phone": "02323 333444",
        "available": "4",
        "weeks": "2",
    }
    assert visitor.post(path, sent).status_code == 302
    record = record_now(service)
    assert (record["contact"]["phone"], record["capacities"][0]["available"], record["waiting"]["weeks"]) == (
        "02323 333444",
        4,
        2,
    )
    assert "Vom Träger geändert" in client.get(BASE).content.decode()
    assert "Der Träger hat etwas geändert" in client.get(f"{BASE}{service.pk}/").content.decode()
    assert ConfirmationLink.objects.get().used_at is not None


def test_a_provider_confirms_what_is_told_of_itself_and_nothing_of_others(client, service):
    address, visitor = link_of(client, service), client_of(None)
    others = Organisation.objects.exclude(pk=service.organisation_id)
    assert "Ihre Organisation, Ihre Orte und Stellen" in visitor.get(address).content.decode()

    assert visitor.post(address, {"entry": "details"}).status_code == 302

    own = Organisation.objects.get(pk=service.organisation_id)
    assert {one["by"] for row in (own, *own.sites.all()) for one in row.truth.values()} == {own.name}
    assert "name" in own.truth
    assert not others.exclude(truth={}).exists()
    assert not Site.objects.exclude(organisation=own).exclude(truth={}).exists()
    assert "checked" not in [field for one in Revision.objects.filter(origin="provider") for field in one.fields]
    assert 'value="details"' not in visitor.get(address).content.decode()


def test_all_of_a_providers_page_is_its_organisation_too(client, service):
    client_of(None).post(link_of(client, service), {"entry": "all"})

    assert Organisation.objects.get(pk=service.organisation_id).truth


def test_an_editor_confirms_facts_of_an_organisation_and_of_a_site(client, service):
    organisation = service.organisation
    site = organisation.sites.first()
    page = f"{BASE}organisationen/{organisation.pk}/"
    assert "noch nie" in client.get(page).content.decode()

    client.post(f"{page}bestaetigen/")
    client.post(f"{BASE}orte/{site.pk}/bestaetigen/", {"field": "address"})

    shown = client.get(page)
    assert "noch nie" not in shown.content.decode()
    assert {one.percent for one in shown.context["fields"]} == {100}
    of_site = {one.field: one.percent for one in client.get(f"{BASE}orte/{site.pk}/").context["fields"]}
    assert (of_site["address"], of_site["name"] <= 50) == (100, True)


def test_the_page_of_an_organisation_tells_what_does_not_work(client, service, herne):
    WebAddress.objects.create(network=herne, url=service.organisation.url, failures=9, fault="gone", checked_at=now())

    page = client.get(f"{BASE}organisationen/{service.organisation_id}/").content.decode()

    assert "die Seite gibt es nicht mehr" in page


def test_a_providers_remark_becomes_a_report_and_confirms_nothing(client, service):
    path = f"{link_of(client, service)}{service.pk}/"
    visitor = client_of(None)
    checked = record_now(service)["checked"]

    visitor.post(path, filled(visitor, path) | {"version": version_of(service), "remark": "Wir sind umgezogen."})

    assert (Report.objects.get().text, Report.objects.get().by_provider) == ("Wir sind umgezogen.", True)
    assert record_now(service)["checked"] == checked


def test_a_provider_is_asked_whether_an_offer_goes_on(client, service):
    assert "Geht es danach weiter?" not in client_of(None).get(link_of(client, service)).content.decode()
    Service.objects.filter(pk=service.pk).update(valid_until=date(2031, 8, 31))

    page = client_of(None).get(link_of(client, service)).content.decode()

    assert "31. August 2031" in page
    assert "Geht es danach weiter?" in page


def test_a_provider_who_would_rather_call_has_the_numbers(client, service):
    address = link_of(client, service)
    Service.objects.filter(organisation=service.organisation).delete()

    assert 'href="tel:' in client_of(None).get(address).content.decode()


def test_a_link_shows_nothing_of_others(client, service):
    address, visitor = link_of(client, service), client_of(None)
    foreign = Service.objects.exclude(organisation=service.organisation).exclude(organisation=None).first()
    assert client.get(f"{BASE}{foreign.pk}/").status_code == 200

    assert foreign.name["de"] not in visitor.get(address).content.decode()
    assert visitor.get(f"{address}{foreign.pk}/").status_code == 404
    assert visitor.post(f"{address}{foreign.pk}/", {"phone": "1"}).status_code == 404
    assert visitor.post(address, {"entry": str(foreign.pk)}).status_code == 404
    assert visitor.get(f"/de/pruefen/x{address.split('/')[3][1:]}/").status_code == 404


def test_a_visitor_reports_without_account(herne):
    visitor = client_of(None)
    assert visitor.post("/tr/angebote/wohngeld/stimmt-nicht/", {"text": "x"}).status_code == 422

    response = visitor.post("/tr/angebote/wohngeld/stimmt-nicht/", {"kind": "hours", "text": "kapalı"})

    report = Report.objects.get()
    assert response.status_code == 200
    assert (report.service.key, report.kind, report.text, report.language) == ("wohngeld", "hours", "kapalı", "tr")


def upload(client, name: str, content: bytes, **more):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {
        "file": SimpleUploadedFile(name, content),
        "source": "Liste des Sozialforums",
        "topic": "work",
        "columns": "",
    }
    return client.post(f"{BASE}einlesen/", sent | more)


LIST = "Name;Beschreibung;Organisation;Öffnungszeiten\nNähcafé;Wir nähen zusammen.;Nachbarn e. V.;Sa 10-13\n".encode()


def test_a_list_is_looked_at_before_it_is_written(client, herne):
    response = upload(client, "liste.csv", LIST)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Nähcafé" in page
    assert not Service.objects.filter(name__de="Nähcafé").exists()

    carried = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("packed", "name", "source")}
    client.post(f"{BASE}einlesen/", carried | {"topic": "work", "columns": "", "write": ""})

    saved = Service.objects.get(name__de="Nähcafé")
    assert saved.source["title"] == "Liste des Sozialforums"
    assert saved.revisions.get().origin == "import"


def test_a_list_with_faults_names_row_and_field(client, herne):
    response = upload(client, "liste.csv", LIST.replace(b"Sa 10-13", b"irgendwann"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "irgendwann" in page
    assert "Öffnungszeiten" in page


@pytest.mark.parametrize(
    ("name", "content"), [("liste.pdf", b"%PDF"), ("liste.json", b"{"), ("liste.xlsx", b"PK"), ("liste.zip", b"x")]
)
def test_what_is_no_list_is_said(client, herne, name, content):
    assert upload(client, name, content).status_code == 422


def test_a_mapping_gives_columns_their_names(client, herne):
    other = LIST.replace(b"Name;", b"Was;", 1)
    refused = upload(client, "liste.csv", other)
    assert refused.status_code == 422
    carried = {name: re.search(f'name="{name}" value="([^"]*)"', refused.content.decode())[1]
               for name in ("packed", "name")}  # fmt: skip
    sent = carried | {"source": "Liste", "topic": "work", "columns": "Was = Name"}
    mended = client.post(f"{BASE}einlesen/", sent)
    assert mended.status_code == 200  # without choosing the file again

    lost = upload(client, "liste.csv", other.replace("Öffnungszeiten".encode(), b"Wann"), columns="Was = Name")
    assert lost.status_code == 200
    assert "Das ginge verloren" in lost.content.decode()
    well = upload(client, "liste.csv", other, columns="Was = Name")
    assert well.status_code == 200
    assert "Das ginge verloren" not in well.content.decode()
    assert upload(client, "liste.csv", other, columns="Was name").status_code == 422


# All services as a table: tests/directory/test_hsds.py.
@pytest.mark.parametrize(("kind", "most"), [("csv", 12), ("zip", 1000)])
def test_the_directory_goes_out_and_comes_back_unchanged(client, herne, kind, most):
    Service.objects.exclude(pk__in=Service.objects.order_by("key").values("pk")[:most]).delete()
    packed = client.get(f"{BASE}ausgeben/{kind}/").content

    page = upload(client, f"liste.{kind}", packed).content.decode()

    assert re.search(r"Neu: <strong>0</strong>.*Geändert: <strong>0</strong>", page, flags=re.DOTALL), page[-3000:]
