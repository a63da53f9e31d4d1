"""Servers that misbehave: an SMS gateway and a mail server, on ports of their own, in threads."""

import json
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.processes import PATIENCE

type Mood = Callable[[int], object]


@dataclass
class Gateway:
    """What a gateway got. `mood` says by the number of the request what it answers: a status, or `slow`, `drop`."""

    mood: Mood = lambda _number: 200
    headers: dict[str, str] = field(default_factory=dict)
    got: list[dict] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)  # by id, how often it said that it did not take it
    url: str = ""

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.got]


@contextmanager
def http_gateway(gateway: Gateway) -> Iterator[Gateway]:
    lock, done = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                gateway.got.append(json.loads(body) | {"_headers": dict(self.headers)})
                mood = gateway.mood(len(gateway.got))
                gateway.refused[gateway.got[-1]["id"]] += mood == 429
            if mood == "slow":
                done.wait(PATIENCE)  # longer than the sender waits
            if mood in {"slow", "drop"}:
                self.close_connection = True
                return
            self.send_response(mood)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of senders that were killed in the middle of a word."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        done.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class MailServer:
    """What a mail server took. `at` names a command and what it answers instead: a line, or None to hang up."""

    at: dict[str, str | None] = field(default_factory=dict)
    took: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    port: int = 0


@contextmanager
def mail_server(mails: MailServer) -> Iterator[MailServer]:
    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                command = line.split()[0].decode().upper()
                if command == "RCPT":
                    mails.to.append(line.decode().partition(":")[2].split()[0])
                if command in mails.at and mails.at[command] is None:
                    return
                if command in mails.at:
                    self.say(str(mails.at[command]))
                elif command == "DATA":
                    self.say("354 go on")
                    text = b""
                    while (part := self.rfile.readline()) not in {b".\r\n", b""}:
                        text += part
                    mails.took.append(text)
                    if "END" in mails.at and mails.at["END"] is None:
                        return
                    self.say(mails.at.get("END") or "250 taken")
                else:
                    self.say("250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mails.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield mails
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
