"""While the database is away: a page in the visitor's language that says whom to call and keeps what was typed."""

import errno
import re
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory

from tragnetz.config.unavailable import is_unavailable, unavailable
from tragnetz.network import notice
from tragnetz.network.middleware import network_of_installation
from tragnetz.network.notice import recall, remember

PAGE = "/de/termin/"


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    """Each test with a folder of its own, in a process that remembers nothing."""
    settings.TRAGNETZ_VAR = tmp_path
    notice._held.clear()
    yield tmp_path
    notice._held.clear()


@contextmanager
def away():
    """Refuse every query of this process, as a server does that shuts down."""

    def refuse(*_args):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def visitor(herne):
    network_of_installation()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "gerade nicht erreichbar"), ("de-simple", "geht gerade nicht"), ("ar", "لا يمكن الوصول"), ("pl", "niedostępna")],
)  # fmt: skip
def test_the_page_of_an_outage_speaks_the_visitors_language_and_tells_the_numbers(herne, visitor, var, language, words):
    remember(herne, var)

    with away():
        response = visitor.get(f"/{language}/termin/")

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert words in page
    assert 'href="tel:+492323169167"' in page
    assert "02325 969-1570" in page
    assert "116 016" in page
    assert ('dir="rtl"' in page) == (language == "ar")
    assert "Traceback" not in page


def test_what_was_typed_stands_on_the_page_and_is_sent_from_there(herne, visitor):
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    first = visitor.get(PAGE).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', first)[1]
    slot = re.findall(r'name="slot" value="([^"]+)"', first)[-1]
    typed = {"slot": slot, "key": "a" * 32, "name": "Frau Y.", "phone": "0170 1234567", "language": "de"}

    with away():
        response = visitor.post(PAGE, typed | {"csrfmiddlewaretoken": token})
    page = response.content.decode()
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    again = visitor.post(PAGE, fields)

    assert response.status_code == 503
    assert fields.items() >= typed.items()
    assert again.status_code == 200
    assert "Frau Y." not in visitor.get(PAGE).content.decode()


def test_a_password_is_not_carried_along(visitor):
    with away():
        response = visitor.post("/de/konto/anmelden/", {"login": "a@b.example", "password": "geheim-geheim"})

    assert response.status_code == 503
    assert "geheim-geheim" not in response.content.decode()
    assert "Gehen Sie bitte in einer Minute zurück" in response.content.decode()


def test_a_page_that_everybody_may_keep_is_still_there(visitor):
    visitor.get("/de/")

    with away():
        response = visitor.get("/de/")

    assert response.status_code == 200


def test_machines_get_an_answer_of_theirs(visitor):
    with away():
        response = visitor.get("/hsds/services")

    assert response.status_code == 503
    assert response.json()["detail"]
    assert response["Retry-After"] == "30"


def test_without_any_number_the_page_still_comes(db):
    request = RequestFactory().get("/de/")

    response = unavailable(request)

    assert response.status_code == 503
    assert "tel:" not in response.content.decode()


def test_numbers_are_known_to_a_process_that_began_when_the_database_was_away(herne, var):
    remember(herne, var)
    notice._held.clear()

    found = recall(var)

    assert found == recall(var, "herne")
    assert [line["phone"] for line in found.lines] == ["02323 16-9167", "02325 969-1570"]


def test_a_folder_that_takes_no_writes_leaves_the_numbers_in_memory(herne, var):
    (var / notice.FOLDER).write_text("in the way")

    remember(herne, var)

    assert recall(var).name["de"] == "Beratungsnetz Herne"


def test_a_broken_file_is_as_none(var):
    (var / notice.FOLDER).mkdir()
    (var / notice.FOLDER / "herne.json").write_text('{"name": ')

    assert recall(var) is None


@pytest.mark.parametrize(
    ("error", "is_so"),
    [
        (OperationalError(), True), (InterfaceError("the connection is closed"), True),
        (OSError(errno.ENOSPC, "No space left on device"), True), (OSError(errno.ENOENT, "No such file"), False),
        (IntegrityError(), False), (DatabaseError(), False), (ValueError(), False), (None, False),
    ],
)  # fmt: skip
def test_what_passes_is_told_from_what_is_a_fault_of_ours(error, is_so):
    assert is_unavailable(error) is is_so


def test_what_lies_behind_an_error_counts():
    error = ValueError()
    error.__cause__ = OperationalError()

    assert is_unavailable(error)


def test_a_database_that_only_reads_is_unavailable(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        with pytest.raises(DatabaseError) as caught:
            cursor.execute("CREATE TABLE never (id int)")

    assert is_unavailable(caught.value)
