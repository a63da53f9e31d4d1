"""Each persona walks once through all addresses of its site; tests look at what was answered from all sides."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.architecture.test_matrix import MATRIX, PERSONAS, SENT, WORK
from tests.architecture.test_reads import OF_MANY, OF_ONE
from tests.config.logs.catching import CANARIES, catching
from tests.owner import as_owner
from tests.personas import client_of
from tragnetz.audit.models import Event
from tragnetz.core.ids import new_id


@dataclass(frozen=True)
class Answer:
    """What an address answered, the events that this left, and the tables that it wrote to; `headers` as answered."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    events: list[Event]
    written: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """Its content as text; of a file, what can be read of it."""
        return self.content.decode(errors="replace")


@dataclass(frozen=True)
class Walk:
    """What a persona met: each page, some of them with words that they did not ask for, what was sent at the end.

    `linked` are the addresses that these pages lead to with other words than the matrix has (a kind, a language), with
    their status; `unlogged`, of the counsellor alone, are the pages while no event can be written; `logged` are all
    lines that were logged meanwhile.
    """

    records: dict[str, object]
    pages: dict[str, Answer]
    linked: dict[str, int]
    asked_oddly: dict[str, Answer]
    unlogged: dict[str, Answer]
    sent: dict[str, Answer]
    logged: list[str]


class Writes:
    """Notes which tables the statements of a request write to."""

    _WRITING = re.compile(r"(?:INSERT INTO|DELETE FROM|(?<!FOR )(?<!FOR NO KEY )(?<!DO )UPDATE)\s+\"?(\w+)")

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: Any, *given: Any) -> Any:
        self.tables |= set(self._WRITING.findall(str(sql)))
        return execute(sql, *given)


ODD = SENT | {"note": CANARIES[0], "q": CANARIES[1]}


def walk(records: dict[str, object], persona: str) -> Walk:
    """Open all pages as a persona: with a query of odd words what is not for them, and what is first for them once more.

    Then send odd words to all addresses that take some. The counsellor opens the pages while nothing can be logged, too.
    """
    client, number = client_of(persona), PERSONAS.index(persona)

    def answer(name: str, given: Mapping[str, str]) -> Answer:
        method, path, _statuses = WORK[name]
        before = new_id()  # ids of one process are in order
        writes = Writes()
        with connection.execute_wrapper(writes):
            response = getattr(client, method)(f"/de/{path.format(**records)}", given)
            content = response.getvalue()
        events = list(Event.objects.filter(pk__gt=before))
        return Answer(response.status_code, response.headers, content, events, frozenset(writes.tables))

    pages = {name: statuses for name, (method, _path, statuses) in WORK.items() if method == "get"}
    about_people = [name for name, statuses in pages.items() if statuses[number] == 200 and name in {*OF_ONE, *OF_MANY}]
    first = [name for name, statuses in pages.items() if 200 in statuses and statuses.index(200) == number]
    with catching() as logged:
        met = {name: answer(name, {} if statuses[number] == 200 else ODD) for name, statuses in pages.items()}
        return Walk(
            records,
            met,
            {address: client.get(address).status_code for address in _led_to(met, records)},
            {name: answer(name, ODD) for name in first},
            _without_events(client, records, about_people) if persona == "counsellor" else {},
            {name: answer(name, _sent(name)) for name in WORK if name not in pages},
            logged.lines,
        )


def _led_to(met: Mapping[str, Answer], records: Mapping[str, object]) -> Iterator[str]:
    """Yield one address for each page and kind of it that some page leads to; those of the matrix were walked already.

    The handbook is for all: it leads to pages of other roles.
    """
    known = {_kind(f"/de/{path.format(**records)}") for _method, path, _statuses in WORK.values()}
    for name, answer in met.items():
        if name in {"workspace:help", "workspace:help_page"} or "text/html" not in answer.headers["Content-Type"]:
            continue
        for address in re.findall(r'href="(/de/(?:arbeit|konto)/[^"#?]*)', answer.words):
            if (kind := _kind(address)) not in known:
                known.add(kind)
                yield address


def _kind(address: str) -> str:
    """Return an address without ids, numbers and days."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+", "*", address.partition("?")[0])


def visit(language: str) -> dict[str, Answer]:
    """Open all public pages in a language, as somebody whom nobody knows."""
    client, found = Client(), {}
    for name, (method, path, _status) in MATRIX.items():
        response = getattr(client, method)(path if path.startswith("/") else f"/{language}/{path}")
        found[name] = Answer(response.status_code, response.headers, response.getvalue(), [])
    return found


def _sent(name: str) -> dict[str, str]:
    return ODD | ({"state": "attended"} if name == "workspace:booking" else {})


class _UndoneError(Exception):
    """Raised to take back what one request did, and the transaction that its error has broken."""


def _without_events(client: Client, records: Mapping[str, object], names: Iterable[str]) -> dict[str, Answer]:
    """Open pages while no event can be written, as when its table were full or gone."""
    found = {}
    client.raise_request_exception = False
    with suppress(_UndoneError), transaction.atomic():
        refuse_events()
        for name in names:
            with suppress(_UndoneError), transaction.atomic():
                response = client.get(f"/de/{WORK[name][1].format(**records)}")
                found[name] = Answer(response.status_code, response.headers, response.getvalue(), [])
                raise _UndoneError
        raise _UndoneError
    client.raise_request_exception = True
    return found


def refuse_events() -> None:
    """Let no event be written from now on: the transaction that this is said in must be taken back."""
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE FUNCTION nothing_is_logged() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no log'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER nothing_is_logged BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION nothing_is_logged()"
        )
