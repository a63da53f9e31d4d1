"""What somebody cannot use is told by a form, read and settled by an editor, and forgotten; the pages of law."""

from datetime import timedelta

import pytest

from tests.personas import actor_of, client_of
from tragnetz.audit.models import Event
from tragnetz.core.clock import now
from tragnetz.directory.errors import NotAllowedError
from tragnetz.directory.models import Barrier
from tragnetz.directory.truth.barriers import (
    MOST_OPEN,
    barriers_to_answer,
    forget_barriers,
    settle_barrier,
    tell_barrier,
)
from tragnetz.network.actors import resident
from tragnetz.network.models import Organisation

FORM = "/de/barrierefreiheit/melden/"
TOLD = {"text": "Den Knopf erreiche ich nicht.", "page": "Termin", "reply_to": "rosa@example.org"}


def told(herne, **values) -> Barrier:
    return tell_barrier(actor=resident(herne), language="de", now=now(), **(TOLD | values))


def test_what_is_told_reaches_the_editor_and_is_settled(client, herne):
    assert "ist angekommen" in client.post(FORM, TOLD).content.decode()
    editor = client_of("catalogue")

    page = editor.get("/de/arbeit/verzeichnis/barrieren/").content.decode()
    assert "Den Knopf erreiche ich nicht." in page
    assert "rosa@example.org" in page
    one = Barrier.objects.get()
    editor.post(f"/de/arbeit/verzeichnis/barrieren/{one.pk}/")

    assert "Den Knopf" not in editor.get("/de/arbeit/verzeichnis/barrieren/").content.decode()
    verbs = Event.objects.filter(verb__startswith="barrier:").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["barrier:tell", "barrier:list", "barrier:settle"]
    assert editor.post(f"/de/arbeit/verzeichnis/barrieren/{one.pk}/").status_code == 404


def test_an_empty_form_says_what_to_do_and_keeps_what_was_typed(client, herne):
    response = client.post(FORM, TOLD | {"text": " "})

    assert response.status_code == 422
    assert "Bitte schreiben Sie, was schwer zu benutzen ist." in response.content.decode()
    assert "rosa@example.org" in response.content.decode()
    assert not Barrier.objects.exists()


def test_only_an_editor_reads_and_settles(herne):
    one = told(herne)
    assert barriers_to_answer(actor=actor_of(herne, "catalogue")) == [one]

    with pytest.raises(NotAllowedError):
        barriers_to_answer(actor=actor_of(herne, "counsellor"))
    with pytest.raises(NotAllowedError):
        settle_barrier(actor=actor_of(herne, "counsellor"), barrier=one, now=now())


def test_what_was_settled_goes_after_ninety_days_and_the_rest_stays(herne):
    editor, waits = actor_of(herne, "catalogue"), told(herne)
    for days in (89, 91):
        settle_barrier(actor=editor, barrier=told(herne), now=now() - timedelta(days=days))

    assert forget_barriers(now()) == 1
    assert Barrier.objects.count() == 2
    assert Barrier.objects.filter(pk=waits.pk).exists()


def test_a_flood_ends_at_a_limit(herne):
    Barrier.objects.bulk_create(Barrier(network=herne, text="voll", language="de") for _number in range(MOST_OPEN))

    assert told(herne) is None


def test_each_public_page_leads_to_the_form_and_the_declaration(client, herne):
    for path in ("", "suche/?q=miete", "termin/", "datenschutz/", "impressum/", "barrierefreiheit/"):
        page = client.get(f"/de/{path}").content.decode()

        assert FORM in page, path
        assert "/de/barrierefreiheit/" in page, path


def test_the_declaration_names_the_ombuds_office_of_the_city(client, herne):
    page = client.get("/de/barrierefreiheit/").content.decode()

    assert "Ombudsstelle für barrierefreie Informationstechnik" in page
    assert "https://www.lbbp.nrw.de/ombudsstelle" in page
    assert "29. November 2026" in page


def test_data_protection_names_each_member_its_law_and_authority(client, herne):
    Organisation.objects.filter(key="drk").update(privacy={"email": "datenschutz@drk.example"})

    page = client.get("/de/datenschutz/").content.decode()

    assert page.count('class="panel" id="') == Organisation.objects.filter(is_member=True).count() == 4
    assert "Katholisches Datenschutzzentrum" in page
    assert "KDG" in page
    assert "zu prüfen" in page  # nobody has confirmed the authorities of Herne
    assert "datenschutz@drk.example" in page
    assert "Jobcenter" not in page  # no member


def test_security_txt_names_the_contact_and_an_end_within_a_year(client, herne, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.TRAGNETZ_SECURITY_CONTACT = "mailto:sicherheit@example.org"

    response = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:sicherheit@example.org"
    assert f"{now() + timedelta(days=170):%Y}" <= lines["Expires"][:4]
    assert lines["Expires"].endswith("T00:00:00Z")
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
