"""Pages of referrals: prepared on one page, sent, answered for the partner, received, printed."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from tests.allowed import SECRETS, client_as, make_case, person_of, release
from tests.referrals.conftest import beta, drafted, linked, sent
from tragnetz.casework.models import Case
from tragnetz.consent.commands import withdraw
from tragnetz.core.clock import now, today
from tragnetz.directory.models import Service
from tragnetz.network.actors import partner
from tragnetz.referrals.commands import move_referral
from tragnetz.referrals.enums import Side, State
from tragnetz.referrals.exchange import answer_talk, propose_talk
from tragnetz.referrals.links import find_link
from tragnetz.referrals.models import Link, Referral
from tragnetz.referrals.rules import LIVE, Said, moves

REASON = "Braucht Hilfe bei Schulden"


@pytest.fixture
def case(network, ada, fred):
    made = make_case(network, ada)
    return Case.objects.select_related("contact", "household", "network", "organisation").get(pk=made.pk)


@pytest.fixture
def client(ada, case):
    return client_as(ada)


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/vermittlungen/"


@pytest.fixture
def service(network):
    made = Service(
        network=network, key="debts", kind="offer", name={"de": "Schuldnerberatung"}, summary={"de": "Schulden"},
        description={"de": "Hilfe bei Schulden"}, organisation=beta(), source={}, checked={}, contact={},
        search_name="schuldnerberatung", search_text="schuldnerberatung schulden", search_words=["schuldnerberatung"],
    )  # fmt: skip
    made.save()
    return made


@pytest.mark.parametrize(
    ("day", "reply_by"),
    [("2026-12-17", "2026-12-24"), ("2026-12-18", "2026-12-28"), ("2027-05-09", "2027-05-18")],
)
def test_an_answer_is_asked_for_by_a_day_on_which_people_work(client, address, monkeypatch, day, reply_by):
    monkeypatch.setattr("tragnetz.workspace.referrals.preparing.today", lambda _zone: date.fromisoformat(day))

    assert f'value="{reply_by}"' in client.get(f"{address}neu/").content.decode()


def form(network, **given):
    return {
        "reason": REASON, "urgency": "normal", "reply_by": today(network.zone).isoformat(), "basis": "anonymous",
    } | given  # fmt: skip


def text(answer):
    return " ".join(answer.content.decode().split())


def rows_of(page):
    return re.findall(r'name="row" value="(\w+)"', page)


def test_a_referral_is_prepared_looked_at_and_sent_on_one_page(network, ada, case, client, address, service):
    release(ada, person_of(case), "contact", "goals")
    typed = form(network, service=str(service.pk), basis="released", part="")

    looked = client.post(f"{address}neu/", typed | {"look": "1"})
    keys = rows_of(text(looked))
    again = client.post(f"{address}neu/", typed | {"look": "1", "row": keys[:1]})
    gone = client.post(f"{address}neu/", typed | {"send": "1", "row": keys[:1], "key": "a" * 32})

    assert (looked.status_code, again.status_code, gone.status_code) == (200, 200, 302)
    assert SECRETS["goals"] in text(looked)
    preview = text(again).split("Genau das liest der Partner")[1]
    assert "Rosa Geheimrat" in preview
    assert SECRETS["goals"] not in preview
    row = Referral.objects.get()
    assert (row.state, row.groups, row.to_organisation.key) == ("requested", ["contact"], "beta")
    assert "Rosa Geheimrat" in text(client.get(f"{address}{row.pk}/"))


def test_the_directory_is_searched_and_nothing_typed_is_lost(network, client, address, service):
    page = text(client.post(f"{address}neu/", form(network, find="1", q="Schuldnerberatung")))

    assert "Beta e. V." in page
    assert str(service.pk) in page
    assert REASON in page
    assert Referral.objects.count() == 0


def test_what_is_missing_is_told_where_it_is_missing(network, client, address):
    answer = client.post(f"{address}neu/", form(network, send="1", reason=""))

    assert answer.status_code == 422
    assert "Bitte schreiben Sie etwas." in text(answer)
    assert "wählen Sie ein Angebot" in text(answer)
    assert Referral.objects.count() == 0


def test_without_a_release_the_page_says_what_goes_instead(network, client, address, service):
    page = text(client.post(f"{address}neu/", form(network, look="1", basis="released", service=str(service.pk))))

    assert "keine gültige Freigabe" in page
    assert "ohne Namen anfragen" in page
    assert rows_of(page) == []


def test_a_draft_waits_and_goes_on(network, client, address):
    client.post(f"{address}neu/", form(network, save="1", to_words="Amt für Soziales\nStraße 1", key="b" * 32))
    row = Referral.objects.get()

    assert row.state == "draft"
    assert client.get(f"{address}{row.pk}/").status_code == 302
    page = client.get(f"{address}{row.pk}/entwurf/")
    assert "Amt für Soziales" in text(page)
    assert client.post(f"{address}{row.pk}/entwurf/", form(network, send="1", to_words="Amt")).status_code == 302
    assert Referral.objects.get().state == "requested"
    assert client.get(f"{address}{row.pk}/entwurf/").status_code == 404


def test_a_link_is_shown_once_with_its_code_and_ended(ada, case, client, address):
    row = sent(ada, case, basis="anonymous")
    page = client.post(f"{address}{row.pk}/", {"do": "link"})
    secret = re.search(r"/de/antwort/([\w-]+)/", text(page)).group(1)

    assert find_link(secret, now()) is not None
    assert Referral.objects.get().code in text(page)
    assert secret not in text(client.get(f"{address}{row.pk}/"))
    client.post(f"{address}{row.pk}/", {"do": "revoke"})
    assert find_link(secret, now()) is None


def test_the_sheet_is_a_pdf_that_ends_the_link_before(ada, case, client, address):
    row = sent(ada, case, "contact", basis="carried")
    secret, _made = linked(ada, row)
    answer = client.post(f"{address}{row.pk}/blatt.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    assert find_link(secret, now()) is None
    assert Link.objects.filter(revoked_at=None).count() == 1


def test_what_a_partner_did_is_new_until_somebody_looks(fred, ada, case, client, address):
    row = sent(ada, case, basis="anonymous")
    move_referral(actor=fred, referral=row, target="accepted", now=now())

    assert "neu: angenommen" in text(client.get("/de/arbeit/"))
    assert "neu" in text(client.get(address))
    client.get(f"{address}{row.pk}/")
    assert "neu: angenommen" not in text(client.get("/de/arbeit/"))


def test_the_counsellor_enters_an_answer_and_takes_back(ada, case, client, address):
    row = sent(ada, case, basis="anonymous")
    page = f"{address}{row.pk}/"

    assert client.post(page, {"do": "answer", "answer": "accepted", "seen": "requested"}).status_code == 302
    late = client.post(page, {"do": "refuse", "refusal": "no_capacity", "seen": "requested"})
    assert late.status_code == 422
    assert "Inzwischen hat jemand geantwortet" in text(late)
    assert client.post(page, {"do": "refuse", "refusal": "", "seen": "accepted"}).status_code == 422
    client.post(page, {"do": "cancel"})
    assert Referral.objects.get().state == "cancelled"


def test_the_partner_s_staff_see_and_answer_what_came_in(network, ada, fred, case):
    release(ada, person_of(case), "contact", "goals")
    row, draft = sent(ada, case), drafted(ada, case)
    theirs = client_as(fred)
    page = f"/de/arbeit/vermittlungen/eingang/{row.pk}/"

    assert "wartet auf Antwort" in text(theirs.get("/de/arbeit/"))
    assert "Rosa" not in text(theirs.get("/de/arbeit/vermittlungen/eingang/"))
    assert SECRETS["goals"] in text(theirs.get(page))
    assert theirs.get(f"/de/arbeit/vermittlungen/eingang/{draft.pk}/").status_code == 404
    assert client_as(ada).get(page).status_code == 404
    assert theirs.post(page, {"do": "answer", "answer": "accepted", "seen": "requested"}).status_code == 302
    assert theirs.post(page, {"do": "write", "text": "", "key": ""}).status_code == 422
    withdraw(actor=ada, given=person_of(case).releases.get(), form="oral", now=now())
    assert theirs.get(page).status_code == 404


def test_the_list_tells_what_waits(ada, case, client):
    sent(ada, case, basis="anonymous")

    assert "Beta e. V." in text(client.get("/de/arbeit/vermittlungen/"))
    assert "Beta e. V." in text(client.get("/de/arbeit/vermittlungen/?stand=wartet"))
    assert "Beta e. V." not in text(client.get("/de/arbeit/vermittlungen/?stand=beendet"))


# What one sends, and what must be on the page, to bring a referral to a state.
BUTTONS = {
    State.ACCEPTED: ({"do": "answer", "answer": "accepted"}, 'name="answer" value="accepted"'),
    State.IN_PROGRESS: ({"do": "answer", "answer": "in_progress"}, 'name="answer" value="in_progress"'),
    State.ON_HOLD: ({"do": "answer", "answer": "on_hold"}, 'name="answer" value="on_hold"'),
    State.COMPLETED: ({"do": "answer", "answer": "completed:partly"}, 'name="answer" value="completed:partly"'),
    State.FAILED: ({"do": "answer", "answer": "failed:no_show"}, 'name="answer" value="failed:no_show"'),
    State.REJECTED: ({"do": "refuse", "refusal": "no_capacity"}, 'value="no_capacity"'),
    State.CANCELLED: ({"do": "cancel"}, 'value="cancel"'),
}
WAY_THERE = {
    State.REQUESTED: [], State.ACCEPTED: ["accepted"], State.IN_PROGRESS: ["in_progress"],
    State.ON_HOLD: ["accepted", "on_hold"],
}  # fmt: skip


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("state", sorted(LIVE))
def test_each_state_is_reached_by_a_button_of_the_page_and_no_other_has_one(ada, case, client, address, state, side):
    row = sent(ada, case, basis="anonymous")
    secret, made = linked(ada, row)
    for step in WAY_THERE[state]:
        move_referral(actor=ada, referral=row, target=step, now=now())
    theirs, path = (client, f"{address}{row.pk}/") if side == Side.SENDER else (Client(), f"/de/antwort/{secret}/")
    if side == Side.RECIPIENT:
        assert theirs.post(path, {"code": made.code}).status_code == 302
    page = theirs.get(path).content.decode()

    assert {target for target, (_sent, mark) in BUTTONS.items() if mark in page} == moves(state, side)
    for target in sorted(moves(state, side)):
        with transaction.atomic():
            theirs.post(path, BUTTONS[target][0] | {"seen": state})
            assert Referral.objects.get(pk=row.pk).state == target
            transaction.set_rollback(True)


def test_an_agreed_talk_stands_on_the_day_and_its_time_can_be_kept_free(ada, case, client, address):
    row = sent(ada, case, basis="anonymous")
    at = (now() + timedelta(days=3)).astimezone(case.network.zone).replace(hour=10, minute=30)
    talk = propose_talk(actor=ada, referral=row, starts_at=at, place="Raum 3", now=now())
    assert "freihalten" not in text(client.get(f"{address}{row.pk}/"))
    answer_talk(actor=partner(case.network), talk=talk, fits=True, now=now())

    day = text(client.get(f"/de/arbeit/?tag={at.date()}"))
    page = client.get(f"{address}{row.pk}/").content.decode()
    form = text(client.get(re.search(r'href="([^"]+was=meeting)"', page)[1].replace("&amp;", "&")))

    assert "gemeinsames Gespräch, 10:30" in day
    assert "gemeinsames Gespräch" in text(client.get(f"/de/arbeit/faelle/{case.pk}/"))
    assert f'value="{at.date()}"' in form
    assert 'value="10:30"' in form
    assert 'value="11:30"' in form
    assert '<option value="meeting" selected>' in form


def test_a_missing_release_is_taken_down_on_the_way_and_nothing_typed_is_lost(network, case, client, address, service):
    typed = form(network, basis="released", service=str(service.pk), key="b" * 32)
    looked = client.post(f"{address}neu/", typed | {"look": "1"})
    gone = client.post(f"{address}neu/", typed | {"consent": "1"})
    page = text(client.get(gone.url))

    assert 'name="consent"' in text(looked)
    row = Referral.objects.get()
    assert (row.state, row.reason) == ("draft", REASON)
    assert gone.url.startswith(f"/de/arbeit/faelle/{case.pk}/einwilligungen/neu/{person_of(case).pk}/freigabe/?")
    assert re.search(rf'<option value="{row.to_organisation_id}" selected', page)
    assert 'value="Schuldnerberatung"' in page
    given = release_by_form(client, gone.url.partition("?")[0], case, row.to_organisation_id)
    assert f"/de/arbeit/faelle/{case.pk}/vermittlungen/{row.pk}/entwurf/" in given
    assert "keine gültige Freigabe" not in text(client.get(f"{address}{row.pk}/entwurf/"))


def release_by_form(client, where, case, organisation_id):
    """Take a release down as the page does, and return what is shown then."""
    day = today(case.network.zone)
    sheet = {
        "key": "5" * 32, "purpose": "cooperation", "groups": ["contact"], "topic": "Schulden", "confirm": "1",
        "speakers": [str(case.organisation_id)], "to_organisation": str(organisation_id), "given_on": day.isoformat(),
        "until": (day + timedelta(days=90)).isoformat(), "form": "written", "signed_on": day.isoformat(),
        "signer": "self", "language": "de",
    }  # fmt: skip
    return text(client.post(where, sheet, follow=True))


def test_for_somebody_outside_the_release_begins_with_their_words(network, client, address):
    typed = form(network, basis="released", to_words="Dr. Meier, Hausärztin", key="c" * 32)
    gone = client.post(f"{address}neu/", typed | {"consent": "1"})

    assert 'value="Dr. Meier, Hausärztin"' in text(client.get(gone.url))
    assert client.post(f"{address}neu/", typed | {"consent": "1", "reason": ""}).status_code == 422


def test_who_waits_for_an_answer_has_the_number_to_call(network, ada, case, client, address, service):
    Service.objects.filter(pk=service.pk).update(contact={"phones": [{"number": "02323 1234"}]})
    row = sent(ada, case, basis="anonymous", service=Service.objects.get(pk=service.pk))
    in_time = text(client.get(f"{address}{row.pk}/"))
    Referral.objects.filter(pk=row.pk).update(reply_by=today(network.zone) - timedelta(days=1))
    late = text(client.get(f"{address}{row.pk}/"))

    assert "Telefon des Partners:" in in_time
    assert "02323 1234" in in_time
    assert "Die Antwort ist überfällig. Rufen Sie an:" in late
    assert "Telefon des Partners" not in text(client.get(f"{address}{sent(ada, case, basis='anonymous').pk}/"))


def test_after_a_refusal_another_body_is_asked_with_the_same_words(ada, case, client, address):
    row = sent(ada, case, basis="anonymous", urgency="soon")
    assert "An eine andere Stelle vermitteln" not in text(client.get(f"{address}{row.pk}/"))
    move_referral(actor=ada, referral=row, target="rejected", said=Said(refusal="no_capacity"), now=now())
    way = re.search(
        r'href="([^"]+)"[^>]*><span class="kern-label">An eine andere Stelle', text(client.get(f"{address}{row.pk}/"))
    )
    page = text(client.get(way[1]))

    assert row.reason in page
    assert '<option value="soon" selected' in page
    assert 'name="service"' not in page  # to whom is asked anew
    assert row.reason not in text(client.get(f"{address}neu/?nach=nothing"))
