"""Looks at addresses against a real server that misbehaves; nothing inside a network is ever asked."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.certificates import tls_server, write_certificate
from tragnetz.core.clock import now
from tragnetz.directory.models import WebAddress
from tragnetz.directory.truth.addresses import (
    DEAD,
    broken,
    check_addresses,
    is_public,
    look_at,
    phone_fault,
)

ANSWERS = {
    "/well": (200, {}), "/gone": (404, {}), "/server": (503, {}), "/moved": (301, {"Location": "/well"}),
    "/away": (302, {"Location": "/gone"}), "/circle": (302, {"Location": "/circle"}), "/forbidden": (403, {}),
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """A server that misbehaves."""

    def do_HEAD(self):
        if self.path == "/no-head":
            self.send_response(405)
        elif self.path == "/drop":
            self.connection.close()
            return
        else:
            status, headers = ANSWERS[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
        self.end_headers()

    def do_GET(self):
        status = 200 if self.path == "/no-head" else ANSWERS[self.path][0]
        self.send_response(status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def anybody(address: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/well", ""), ("/no-head", ""), ("/moved", ""), ("/forbidden", ""), ("/gone", "gone"), ("/away", "gone"),
        ("/server", "server"), ("/circle", "circle"), ("/drop", "connection"),
    ],
)  # fmt: skip
def test_what_a_page_answers_is_told_apart(site, path, fault):
    assert look_at(site + path, anybody).fault == fault


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://", "http://[", "http://a:b/", "javascript:alert(1)"])
def test_what_is_no_web_address_is_no_error(url):
    assert look_at(url).fault in {"refused", "format"}


def test_a_certificate_that_nobody_vouches_for_is_no_answer(tmp_path):
    write_certificate(tmp_path / "own.pem", now() + timedelta(days=30))
    with tls_server(tmp_path / "own.pem") as port:
        assert look_at(f"https://localhost:{port}/", anybody).fault == "certificate"


def test_nothing_inside_a_network_is_asked(site):
    assert look_at(f"{site}/well", anybody).fault == ""

    assert look_at(f"{site}/well").fault == "refused"


def test_a_page_that_leads_inside_is_followed_no_further(site):
    asked: list[str] = []

    def only_the_first(address: str) -> bool:
        asked.append(address)
        return len(asked) == 1

    assert look_at(f"{site}/moved", only_the_first).fault == "refused"
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("::1", False), ("fe80::1", False), ("fd00::1", False),
        ("100.64.0.1", False), ("192.0.2.1", False), ("0.0.0.0", False), ("::", False), ("224.0.0.1", False),  # noqa: S104 -- an address to refuse
        ("ff02::1", False), ("fec0::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("::7f00:1", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b:1::a00:1", False), ("2002:7f00:1::", False), ("fd00:ec2::254", False),
    ],
)  # fmt: skip
def test_private_addresses_are_known(address, public):
    assert is_public(address) == public


def test_an_address_is_dead_after_three_days_and_well_again_at_once(network, site):
    row = WebAddress.objects.create(network=network, url=f"{site}/gone")
    at = now()
    for day in range(DEAD):
        assert broken([row.url]) == {}
        check_addresses(network=network, now=at + timedelta(days=2 * day), may_ask=anybody)
    assert broken([row.url]) == {row.url: "gone"}
    ANSWERS["/gone"], before = (200, {}), ANSWERS["/gone"]

    check_addresses(network=network, now=at + timedelta(days=30), may_ask=anybody)
    ANSWERS["/gone"] = before

    assert broken([row.url]) == {}


def test_an_address_is_not_asked_again_too_soon(network, site):
    WebAddress.objects.create(network=network, url=f"{site}/well")
    at = now()

    looks = [len(check_addresses(network=network, now=at + timedelta(days=d), may_ask=anybody)) for d in (0, 0, 5, 11)]

    assert looks == [1, 0, 0, 1]


def test_when_nobody_answers_it_is_our_own_line(network, site):
    for number in range(3):
        WebAddress.objects.create(network=network, url=f"{site}/drop?{number}")

    assert check_addresses(network=network, now=now(), may_ask=anybody) == []
    assert set(WebAddress.objects.values_list("failures", flat=True)) == {0}


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("02323 16-9167", ""), ("+49 2325 969-1570", ""), ("0170 1234567", ""), ("115", ""), ("116 117", ""),
        ("0800 1110111", ""), ("02323", "format"), ("Telefon", "format"), ("12", "format"), ("0000000000", "format"),
    ],
)  # fmt: skip
def test_numbers_are_checked_by_their_form(number, fault):
    assert phone_fault(number, "DE") == fault
