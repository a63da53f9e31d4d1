"""A scanner that answers as it is told, well or badly, on a socket of this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.processes import PATIENCE

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """What it does (`mood`), what was sent to it, and whether somebody let it go on for as long as it would."""

    def __init__(self, mood: str) -> None:
        self.mood = mood
        self.seen: list[bytes] = []
        self.done, self.waited_in_vain = threading.Event(), False
        self.address = ""

    def answer(self, line: socket.socket) -> None:
        """Talk with one client."""
        if self.mood == "hang-up":
            return
        content = self._read(line)
        if content is None:
            return
        self.seen.append(content)
        infected = EICAR in content
        answers = {
            "good": b"stream: Eicar-Signature FOUND\0" if infected else b"stream: OK\0",
            "error": b"INSTREAM size limit exceeded. ERROR\0",
            "garbage": bytes(range(1, 200)) * 3 + b"\0",
            "endless": b"stream: OK" * 2000,
            "unfinished": b"stream: OK",
            "two": b"stream: OK\0stream: Eicar FOUND\0",
            "empty": b"",
        }
        if self.mood == "silent":
            self.waited_in_vain = not self.done.wait(PATIENCE)
            return
        if self.mood == "drip":
            for sign in (b"stream: OK and so on for a long time" * 10 * PATIENCE)[: 10 * PATIENCE]:
                line.sendall(bytes([sign]))
                if self.done.wait(0.1):
                    return
            self.waited_in_vain = True
            return
        line.sendall(answers[self.mood])

    def _read(self, line: socket.socket) -> bytes | None:
        if self._exactly(line, 10) != b"zINSTREAM\0":
            return None
        content = b""
        while length := int.from_bytes(self._exactly(line, 4)):
            content += self._exactly(line, length)
        return content

    @staticmethod
    def _exactly(line: socket.socket, number: int) -> bytes:
        found = b""
        while len(found) < number:
            more = line.recv(number - len(found))
            if not more:
                raise ConnectionError
            found += more
        return found


@contextmanager
def scanner(mood: str = "good", path: str = "") -> Iterator[Scanner]:
    """Run a scanner until the end of the block; on a Unix socket when there is a path."""
    made = Scanner(mood)
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(path or ("127.0.0.1", 0))
    server.listen()
    made.address = f"unix:{path}" if path else f"tcp://127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                line, _peer = server.accept()
            except OSError:
                return
            with line:
                try:
                    made.answer(line)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield made
    finally:
        made.done.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
