"""What visitors read when the fault is ours: nothing of it."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from tests.personas import client_of
from tragnetz.config import errors
from tragnetz.network.notice import remember

PHONE = "02323 16-9167"


@pytest.fixture
def broken(monkeypatch):
    """A page of everybody that breaks; give it the error to break with."""

    def breaks(error: Exception) -> Client:
        def raising(*_args, **_kwargs):
            raise error

        monkeypatch.setattr("tragnetz.portal.remark.views.lines_now", raising)
        return Client(raise_request_exception=False)

    return breaks


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_fault_of_ours_tells_nothing_about_it(herne, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        message = "secret of the inside: password=hunter2"
        raise RuntimeError(message)

    monkeypatch.setattr("tragnetz.portal.remark.views.tell_remark", broken)
    caplog.set_level(logging.ERROR, logger="django.request")

    response = Client(raise_request_exception=False).post(
        "/de/barrierefreiheit/melden/", {"text": "Was die Person schrieb", "page": "", "reply_to": ""}
    )

    page = response.content.decode()
    assert response.status_code == 500
    assert "Das liegt an uns" in page
    for word in ("hunter2", "RuntimeError", "Traceback", "tell_remark", "Was die Person schrieb", "site-packages"):
        assert word not in page
    assert "RuntimeError" in caplog.text
    assert "Was die Person schrieb" not in caplog.text


@pytest.mark.parametrize(
    ("language", "direction", "said"), [("de", "ltr", "Hier ist gerade etwas"), ("ar", "rtl", "حدث خطأ هنا للتو")]
)
def test_a_fault_of_ours_says_whom_to_call_in_the_visitors_language(
    herne, broken, tmp_path, settings, language, direction, said
):
    settings.TRAGNETZ_VAR = tmp_path
    remember(herne, tmp_path)

    response = broken(RuntimeError()).get(f"/{language}/rueckmeldung/")

    page = words(response)
    assert response.status_code == 500
    assert f'lang="{language}" dir="{direction}"' in page
    assert said in page
    assert PHONE in page
    assert 'href="/"' in page


def test_a_fault_at_work_leads_back_to_the_work(herne, monkeypatch):
    def raising(*_args, **_kwargs):
        raise RuntimeError

    client = client_of("admin")
    client.raise_request_exception = False
    monkeypatch.setattr("tragnetz.workspace.remarks.views.remarks_to_answer", raising)

    response = client.get("/de/arbeit/meldungen/")

    assert response.status_code == 500
    assert 'href="/de/arbeit/start/"' in words(response)
    assert "Zu Ihrer Arbeit" in words(response)


def test_a_fault_of_what_every_page_is_made_of_still_says_something(herne, broken, monkeypatch, caplog):
    monkeypatch.setattr(errors, "render_to_string", lambda *_given: 1 / 0)

    response = broken(RuntimeError()).get("/de/rueckmeldung/")

    assert response.status_code == 500
    assert "Das liegt an uns" in words(response)
    assert "the page of a fault failed" in caplog.text


def test_a_machine_gets_no_page_of_a_fault(herne, monkeypatch):
    def raising(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("tragnetz.api.hsds.profile", raising)

    response = Client(raise_request_exception=False).get("/hsds/profile")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_what_is_not_there_and_what_cannot_be_taken_say_whom_to_call(herne, broken, language):
    missing = Client().get(f"/{language}/gibt-es-nicht/")
    odd = broken(SuspiciousOperation()).get(f"/{language}/rueckmeldung/")
    large = Client().post(f"/{language}/rueckmeldung/", {"text": "x"}, CONTENT_LENGTH="999999999999")

    assert [one.status_code for one in (missing, odd, large)] == [404, 400, 413]
    for response in (missing, odd, large):
        assert PHONE in words(response)
        assert f'href="/{language}/"' in words(response)


def test_what_is_not_for_staff_leads_back_to_their_work(herne):
    client = client_of("admin")

    for path, status in (("/de/arbeit/faelle/", 403), ("/de/arbeit/gibt-es-nicht/", 404)):
        response = client.get(path)
        assert response.status_code == status
        assert 'href="/de/arbeit/start/"' in words(response)
        assert "Zu Ihrer Arbeit" in words(response)
        assert 'href="/de/arbeit/team/"' in words(response)  # the own menu, not that of visitors
        assert 'href="/de/wegweiser/"' not in words(response)
        assert PHONE not in words(response)


def test_an_address_that_takes_forms_alone_leads_on_when_it_is_loaded_anew(herne):
    case = "0190c0de-0000-7000-8000-000000000000"
    response = client_of("counsellor").get(f"/de/arbeit/faelle/{case}/gespraech/")

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "Das geht nur mit dem Formular" in words(response)
    assert f'href="/de/arbeit/faelle/{case}/"' in words(response)
