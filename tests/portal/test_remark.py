"""Barriers, wrong translations, faults, ideas: told by one mechanism, read, answered, forgotten; the pages of law."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from tests.factories import make_actor
from tests.personas import actor_of, client_of
from tragnetz.audit.models import Event
from tragnetz.core.clock import now
from tragnetz.network.actors import resident
from tragnetz.network.models import Organisation
from tragnetz.privacy.models import RetentionRule
from tragnetz.staff.enums import RemarkKind, RemarkState
from tragnetz.staff.errors import NotAllowedError, RemarkError
from tragnetz.staff.models import Remark
from tragnetz.staff.remarks.commands import (
    MOST_OPEN,
    Said,
    answer_remark,
    close_remark,
    forget_remarks,
    tell_remark,
)
from tragnetz.staff.remarks.queries import remarks_to_answer
from tragnetz.staff.remarks.routes import address_of, route_of

BARRIER, REMARK = "/de/barrierefreiheit/melden/", "/de/rueckmeldung/"
TOLD = {"text": "Den Knopf erreiche ich nicht.", "page": "Termin", "reply_to": "rosa@example.org"}


def told(herne, reply_to: str = "rosa@example.org", **values) -> Remark:
    said = Said(RemarkKind.BARRIER, "Den Knopf erreiche ich nicht.", reply_to=reply_to)
    values = {"actor": resident(herne), "said": said, "language": "de", "now": now()} | values
    return tell_remark(**values)


def test_a_barrier_reaches_administration_and_editors_and_is_closed(client, herne):
    assert "ist angekommen" in client.post(BARRIER, TOLD).content.decode()

    for persona in ("catalogue", "admin"):
        page = client_of(persona).get("/de/arbeit/meldungen/").content.decode()
        assert "Den Knopf erreiche ich nicht." in page
        assert "rosa@example.org" in page
        assert "<code>/de/barrierefreiheit/" not in page  # nobody said from where they came
    one = Remark.objects.get()
    client_of("admin").post(f"/de/arbeit/meldungen/{one.pk}/", {"do": "close"})

    one.refresh_from_db()
    assert (one.kind, one.state, one.page) == ("barrier", "closed", "Termin")
    verbs = list(Event.objects.filter(verb__startswith="remark:").order_by("id").values_list("verb", flat=True))
    assert verbs == ["remark:tell", "remark:list", "remark:list", "remark:settle"]


def test_a_remark_of_a_visitor_names_the_page_by_its_address_without_ids(client, herne):
    form = client.get(f"{REMARK}?seite=portal:offer").content.decode()
    assert 'name="seite" value="portal:offer"' in form

    client.post(REMARK, {"text": "Die Zeiten fehlen.", "expected": "Ein Datum", "seite": "portal:offer"})

    one = Remark.objects.get()
    assert (one.kind, one.route, one.expected, one.from_staff) == ("remark", "portal:offer", "Ein Datum", False)


@pytest.mark.parametrize(
    "given",
    ["/de/arbeit/faelle/0190c0de-0000-7000-8000-000000000000/", "Rosa Geheimrat", "a:b:c", "workspace:case/1", "rosa"],
)
def test_of_a_page_nothing_but_the_name_of_its_address_is_kept(given):
    assert [route_of(name) for name in ("workspace:case", "state", "sessions")] == [
        "workspace:case",
        "state",
        "sessions",
    ]
    assert route_of(given) == ""


def test_whoever_answers_reads_the_address_of_the_page_with_dots_for_ids(client, herne):
    client.post(REMARK, {"text": "Die Zeiten fehlen.", "seite": "portal:offer"})

    page = client_of("admin").get("/de/arbeit/meldungen/").content.decode()

    assert "<code>/de/angebote/…/</code>" in page
    assert address_of("workspace:case") == "/de/arbeit/faelle/…/"
    assert address_of("workspace:nix") == address_of("nix:nix") == ""


def test_a_wrong_translation_is_a_kind_of_its_own(client, herne):
    form = client.get("/tr/rueckmeldung/?art=translation&seite=portal:start").content.decode()
    assert 'name="art" value="translation"' in form

    client.post("/tr/rueckmeldung/", {"text": "Yanlış kelime", "art": "translation", "seite": "portal:start"})

    one = Remark.objects.get()
    assert (one.kind, one.language) == ("translation", "tr")


def test_a_member_of_staff_tells_without_a_name_and_with_an_address_only_when_wished(herne):
    client = client_of("intake")
    for sent in ({"text": "Ohne Haken"}, {"text": "Mit Haken", "may_ask": "on"}):
        assert client.post("/de/arbeit/melden/", sent | {"seite": "workspace:desk"}).status_code == 302

    rows = {one.text: one for one in Remark.objects.all()}
    assert rows["Ohne Haken"].reply_to == ""
    assert rows["Mit Haken"].reply_to == "telefon.herne@demo.tragnetz.example"
    assert {one.route for one in rows.values()} == {"workspace:desk"}
    events = Event.objects.filter(verb="remark:tell")
    assert set(events.values_list("actor_kind", "user_id", "organisation_id")) == {("staff", None, None)}


def test_each_staff_page_leads_to_the_form_with_its_own_name(herne):
    page = client_of("intake").get("/de/arbeit/rueckrufe/").content.decode()

    assert "/de/arbeit/melden/?seite=workspace%3Acallbacks" in page


def test_an_answer_leaves_by_mail_without_the_words_of_the_remark(herne):
    one = told(herne)

    answer_remark(actor=actor_of(herne, "admin"), remark=one, text="Der Knopf ist jetzt größer.", now=now())

    one.refresh_from_db()
    assert (one.state, one.answer) == (RemarkState.ANSWERED, "Der Knopf ist jetzt größer.")
    assert [sent.to for sent in mail.outbox] == [["rosa@example.org"]]
    assert "Der Knopf ist jetzt größer." in mail.outbox[0].body
    assert "erreiche ich nicht" not in mail.outbox[0].body


def test_an_answer_needs_an_address_for_mail_and_words(herne):
    admin = actor_of(herne, "admin")

    for remark, text in ((told(herne, "0170 1234567"), "Hallo"), (told(herne), "  ")):
        with pytest.raises(RemarkError):
            answer_remark(actor=admin, remark=remark, text=text, now=now())
    assert mail.outbox == []


def test_what_is_closed_stays_closed(herne):
    admin, one = actor_of(herne, "admin"), told(herne)
    close_remark(actor=admin, remark=one, now=now())

    with pytest.raises(RemarkError):
        close_remark(actor=admin, remark=one, now=now())
    with pytest.raises(RemarkError):
        answer_remark(actor=admin, remark=one, text="Hallo", now=now())


def test_an_empty_form_says_what_to_do_and_keeps_what_was_typed(client, herne):
    response = client.post(BARRIER, TOLD | {"text": " "})

    assert response.status_code == 422
    assert "Bitte schreiben Sie, was schwer zu benutzen ist." in response.content.decode()
    assert "rosa@example.org" in response.content.decode()
    assert not Remark.objects.exists()


def test_only_administration_and_editors_read_and_settle(herne):
    one = told(herne)
    assert [view.row for view in remarks_to_answer(actor=actor_of(herne, "admin")).waiting] == [one]

    with pytest.raises(NotAllowedError):
        remarks_to_answer(actor=actor_of(herne, "counsellor"))
    with pytest.raises(NotAllowedError):
        close_remark(actor=actor_of(herne, "counsellor"), remark=one, now=now())
    with pytest.raises(NotAllowedError):
        answer_remark(actor=actor_of(herne, "dpo"), remark=one, text="Hallo", now=now())


def test_what_was_settled_goes_after_ninety_days_and_the_rest_stays(herne):
    admin, waits = actor_of(herne, "admin"), told(herne)
    for days in (89, 91):
        close_remark(actor=admin, remark=told(herne), now=now() - timedelta(days=days))

    assert forget_remarks(now()) == 1
    assert Remark.objects.count() == 2
    assert Remark.objects.filter(pk=waits.pk).exists()


def test_a_flood_ends_at_a_limit(herne):
    Remark.objects.bulk_create(
        Remark(network=herne, kind="remark", text="voll", language="de") for _number in range(MOST_OPEN)
    )

    assert told(herne) is None


def test_one_sender_is_slowed_and_told_to_call_and_others_are_not(client, herne):
    answers = [client.post(REMARK, {"text": f"Nummer {number}"}) for number in range(31)]

    assert [one.status_code for one in answers] == [200] * 30 + [429]
    assert "02323 16-9167" in answers[-1].content.decode()
    assert "Nummer 30" in answers[-1].content.decode()  # what was typed stays
    assert client.post(REMARK, {"text": "Von hier"}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_each_public_page_leads_to_the_form_and_the_declaration(client, herne):
    for path in ("", "suche/?q=miete", "termin/", "datenschutz/", "impressum/", "barrierefreiheit/"):
        page = client.get(f"/de/{path}").content.decode()

        assert BARRIER in page, path
        assert REMARK in page, path
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


@pytest.mark.parametrize(("role", "path"), [("admin", "/de/arbeit/team/"), ("catalogue", "/de/arbeit/verzeichnis/")])
def test_the_first_page_of_whoever_answers_says_that_something_waits(client, herne, role, path):
    reader = client_of(role)
    before = reader.get(path).content.decode()
    client.post(BARRIER, TOLD)
    client.post(REMARK, {"text": "Der Satz ist falsch."})

    after = reader.get(path).content.decode()

    assert "auf Antwort" not in before
    assert "2 Rückmeldungen warten auf Antwort" in " ".join(after.split())
    assert TOLD["text"] not in after


@pytest.mark.parametrize(("code", "months"), [("de", "7 Monate"), ("pl", "7 miesięcy"), ("ar", "7 أشهر")])
def test_data_protection_says_how_long_each_organisation_keeps_what(client, herne, code, months):
    drk = Organisation.objects.get(key="drk")
    decider = make_actor(herne, "drk", "lead", name="Dora")
    RetentionRule(
        network=herne, organisation=drk, key="enquiry", months=7, automatic=True, decided_on=date(2026, 11, 1),
        decided_by_id=decider.membership_id,
    ).save()  # fmt: skip

    cache.clear()  # the page is kept for a minute
    panels = client.get(f"/{code}/datenschutz/").content.decode().split('class="panel" id="')[1:]

    assert [months in panel for panel in panels] == [panel.startswith("drk") for panel in panels]
    assert all(panel.count("<li") == 5 for panel in panels)


def test_what_all_organisations_keep_alike_is_said_once(client, herne):
    cache.clear()
    page = client.get("/de/datenschutz/").content.decode()

    assert page.count("So lange behalten wir Ihre Angaben") == 1
    assert page.count("ab dem letzten Kontakt: 6 Monate") == 1


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
