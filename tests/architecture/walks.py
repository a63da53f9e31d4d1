"""Each persona walks once through all addresses of the staff site; tests look at what was answered from all sides."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.architecture.test_matrix import PERSONAS, SENT, WORK
from tests.personas import client_of
from tragnetz.audit.models import Event
from tragnetz.core.ids import new_id


@dataclass(frozen=True)
class Answer:
    """What an address answered, and the events that this left; `headers` are those of the response."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    events: list[Event]

    @property
    def words(self) -> str:
        """Its content as text; of a file, what can be read of it."""
        return self.content.decode(errors="replace")


@dataclass(frozen=True)
class Walk:
    """What a persona met: each page as it is, some with words that it did not ask for, and what was sent at the end."""

    records: dict[str, object]
    pages: dict[str, Answer]
    asked_oddly: dict[str, Answer]
    sent: dict[str, Answer]


def walk(records: dict[str, object], persona: str) -> Walk:
    """Open all pages as a persona; then, where no persona before may, with a query of odd words; then send to the rest."""
    client, number = client_of(persona), PERSONAS.index(persona)

    def answer(name: str, given: Mapping[str, str]) -> Answer:
        method, path, _statuses = WORK[name]
        before = new_id()  # ids of one process are in order
        response = getattr(client, method)(f"/de/{path.format(**records)}", given)
        return Answer(
            response.status_code, response.headers, response.getvalue(), list(Event.objects.filter(pk__gt=before))
        )

    pages = [name for name, (method, _path, _statuses) in WORK.items() if method == "get"]
    first = [name for name in pages if 200 in WORK[name][2] and WORK[name][2].index(200) == number]
    return Walk(
        records,
        {name: answer(name, {}) for name in pages},
        {name: answer(name, SENT) for name in first},
        {name: answer(name, _sent(name)) for name in WORK if name not in pages},
    )


def _sent(name: str) -> dict[str, str]:
    return SENT | ({"state": "attended"} if name == "workspace:booking" else {})
