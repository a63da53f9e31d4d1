"""Where one request ends and the next begins: what a proxy and this server could understand differently is refused."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.processes import PATIENCE
from tests.server import serve

# RFC 9112, 5.1, 6.1 to 6.3: a server that guesses lets somebody hide a request behind another one's.
AMBIGUOUS = {
    "two lengths": "Content-Length: 5\r\nContent-Length: 6\r\n",
    "a list of lengths": "Content-Length: 5, 6\r\n",
    "no number": "Content-Length: +5\r\n",
    "unknown coding": "Transfer-Encoding: xchunked\r\n",
    "chunks that are not last": "Transfer-Encoding: chunked, identity\r\n",
    "a space before the colon": "Transfer-Encoding : chunked\r\n",
    "no name": ": chunked\r\n",
}
BODY, HIDDEN = "0\r\n\r\n", "GET /health/?hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"


def answers(site: str, headers: str, *, body: str = BODY + HIDDEN, most: int = 1) -> list[str]:
    """Send a request with some headers and what follows it on the same connection; returns the status of each answer.

    It listens until the server closes, or has given more than `most` answers: then there will be no other.
    """
    place = urlsplit(site)
    with socket.create_connection((place.hostname, place.port), PATIENCE) as line:
        line.sendall(f"POST /health/ HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}".encode())
        told = b""
        while told.count(b"HTTP/1.1 ") <= most and (more := line.recv(65_536)):
            told += more
    return [part.split(b" ")[0].decode() for part in told.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.django_db(transaction=True)
def test_a_request_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_read(committed_herne, tmp_path):
    with serve(tmp_path) as site:
        found = {name: answers(site, headers) for name, headers in AMBIGUOUS.items()}
        clear = answers(site, "Transfer-Encoding: chunked\r\n")
        both = answers(site, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", body=BODY)

    assert found == {name: ["400"] for name in AMBIGUOUS}
    assert len(clear) == 2  # the negative control: what follows a clear request is a request
    assert len(both) == 1
