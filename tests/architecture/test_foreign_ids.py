"""An id that is changed in what a form sends reaches nothing of others (ASVS V8.2.2): the address is not the only door.

Each form of each page is read as its owner sees it. Then every id in it is exchanged for one of the same table that another
organisation holds, one at a time, and sent with each of its buttons. Nothing may be written that names that row, and
nothing of it may come back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, ClassVar
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, models, transaction
from django.http import QueryDict

from tests.allowed import release
from tests.architecture import test_matrix
from tests.architecture.test_matrix import PERSONAS, WORK
from tests.fuzz.forms import Form, forms_of
from tests.personas import actor_of, client_of, first_free, group_with_people
from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.interpreters.commands import InterpreterDetails, keep_interpreter
from tragnetz.casework.commands import Asked, open_case, take_enquiry
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.commands import start_letter
from tragnetz.casework.letters.queries import first_draft
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.database.rows import scoped_models
from tragnetz.network.models import Membership, Site

records = test_matrix.records  # one of everything, all of Caritas
SECRET = "Fremdgeheim Nachtfalter"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")
# What is everybody's who works in the network: whoever leads a group may meet at any site, and the desk books with anybody.
SHARED = {"network.site", "directory.service", "network.hotline", "network.programme", "directory.office"}
PLAIN = {
    "date": "2027-01-11", "time": "10:00", "datetime-local": "2027-01-11T10:00", "number": "1", "email": "a@example.org",
    "tel": "0170 1234567", "month": "2027-01", "url": "https://example.org/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Try:
    """One form with one of its ids: where it stands in it, and what is sent besides."""

    page: str
    form: Form
    name: str
    value: str
    sent: dict[str, object]


class Named:
    """Notes the statements that write something and name a row."""

    _WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b")

    def __init__(self, wanted: str) -> None:
        self.wanted, self.tables = {wanted, UUID(wanted).hex, str(UUID(wanted))}, set[str]()

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        text = str(sql)
        if self._WRITES.match(text) and any(one in f"{params}" for one in self.wanted):
            table = re.search(r"(?:INTO|UPDATE|FROM)\s+\"?(\w+)", text)
            self.tables.add(table[1] if table else text[:60])
        return execute(sql, params, many, context)


def ids_by_kind() -> dict[str, set[str]]:
    """Return the ids of all rows of the network by the name of their model."""
    return {
        model._meta.label_lower: {str(one) for one in model._base_manager.values_list("pk", flat=True)}
        for model in scoped_models()
        if isinstance(model._meta.pk, models.UUIDField)
    }


def make_others(herne) -> None:
    """Let the Red Cross have a case with one of each thing that forms speak of."""
    owner, day = actor_of(herne, "foreign"), today(herne.zone)
    details = ContactDetails(name=SECRET, phone="0170 7654321")
    taken = take_enquiry(
        actor=owner, asked=Asked(channel="phone", topic="family", concern=SECRET, released={"facts": {"children": 1}}),
        details=details, wanted=first_free(herne, owner), callback=False, idempotency_key="o" * 32, now=now(),
    )  # fmt: skip
    case = open_case(actor=owner, enquiry=taken.enquiry, today=day)
    add_step(actor=owner, case=case, text=SECRET, owner="person", due_on=None)
    agree_goal(actor=owner, case=case, details=GoalDetails(SECRET, SECRET, day), today=day)
    give_task(actor=owner, case=case, assignee_id=owner.membership_id, text=SECRET, due_on=day, today=day)
    set_deadline(actor=owner, case=case, details=DeadlineDetails(day, matter=SECRET), now=now())
    keep_file(
        actor=owner, case=case, name=f"{SECRET}.txt", content=SECRET.encode(), details=FileDetails("letter", SECRET),
        request_key="o" * 32, now=now(),
    )  # fmt: skip
    draft = first_draft(case, kinds()["status"], "person", today=day)
    values = {"worum": SECRET, "antrag_vom": "2026-08-14"}
    start_letter(
        actor=owner, case=case, kind="status", idempotency_key="o" * 32, now=now(),
        draft=replace(draft, to=SECRET, address="Weg 1", values=values),
    )  # fmt: skip
    person = case.household.people.get()
    release(owner, person, to=None, outside="Dr. Meier")
    test_matrix._coaching(owner, case)
    test_matrix._calls(herne, owner, contact := add_contact(
        actor=owner, organisation_id=owner.organisation_id, details=details
    ))  # fmt: skip
    promise_callback(
        actor=owner, organisation_id=owner.organisation_id, contact=contact, district=None, topic="", urgency="today",
        now=now(),
    )  # fmt: skip
    keep_interpreter(actor=owner, details=InterpreterDetails("person", SECRET, ["ar"], phone="0234 7654321"))
    group_with_people(herne, owner)


@pytest.fixture
def foreign(records, herne) -> dict[str, str]:
    """Return, by the name of a model, a row that is another organisation's."""
    before = ids_by_kind()
    make_others(herne)
    found = {kind: max(ids - before[kind]) for kind, ids in ids_by_kind().items() if ids - before[kind]}
    organisation = actor_of(herne, "foreign").organisation_id
    colleague = Membership.objects.filter(organisation=organisation, ended_on=None).order_by("pk").first()
    site = Site.objects.filter(organisation=organisation).first()
    return found | {"network.membership": str(colleague.pk)} | ({"network.site": str(site.pk)} if site else {})


def buttons(form: Form) -> list[tuple[str, str]]:
    """Return the named buttons of a form; one without a name if there is none."""
    return [(name, value) for name, kind, value in form.fields if kind in {"button", "submit"}] or [("", "")]


def as_offered(form: Form) -> dict[str, object]:
    """Return a form filled in as somebody would: what stands there stays, the rest gets something that fits."""
    sent: dict[str, object] = {}
    for name, kind, value in form.fields:
        if kind in {"button", "submit", "file"} or name == "csrfmiddlewaretoken" or name in sent:
            continue
        offered = [one for one in form.choices.get(name, []) if one]
        if kind == "checkbox":
            sent[name] = offered[:1]
        elif kind in {"select", "radio"}:
            sent[name] = offered[0] if offered else ""
        else:
            sent[name] = value or (PLAIN.get(kind, "Text") if kind != "hidden" else "")
    return sent


def tries(client, paths: dict[str, str]) -> Iterator[Try]:
    """Yield each id of each form of some pages, with each button of the form."""
    seen = set()
    for page, path in paths.items():
        with transaction.atomic():
            response = client.get(path)
            transaction.set_rollback(True)
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(path, response.content.decode()):
            for name, kind, value in form.fields:
                offered = [value] if kind not in {"select", "radio", "checkbox"} else form.choices.get(name, [])
                one = next((one for one in offered if _ID.fullmatch(one)), None)
                for button, pressed in buttons(form):
                    known = (re.sub(_ID, "*", form.action), form.method, name, button)
                    if one is None or known in seen:
                        continue
                    seen.add(known)
                    yield Try(page, form, name, one, as_offered(form) | ({button: pressed} if button else {}))


def answered(client, one: Try, value: str) -> tuple[set[str], str, int]:
    """Send a form with a value in the place of its id: which tables name that row then, what came back, and how."""
    watch = Named(value)
    given = one.sent | {one.name: [value] if isinstance(one.sent.get(one.name), list) else value}
    with transaction.atomic(), connection.execute_wrapper(watch):
        ask = client.post if one.form.method == "post" else client.get
        response = ask(one.form.action, given)
        words = response.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    return watch.tables, words, response.status_code


def pages_of(records) -> dict[str, str]:
    number = PERSONAS.index("counsellor")
    return {
        name: f"/de/{path.format(**records)}"
        for name, (method, path, statuses) in WORK.items()
        if method == "get" and statuses[number] == 200
    }


@pytest.mark.long
def test_an_id_that_is_changed_in_a_form_reaches_nothing_of_others(records, foreign):
    """As a lead who counsels, who has the forms of all work with people."""
    client = client_of("counsellor")
    client.raise_request_exception = False
    kind_of = {one: kind for kind, ids in ids_by_kind().items() for one in ids}
    reached, broken, tried, worked = defaultdict(set), [], set(), set()
    for one in tries(client, pages_of(records)):
        kind = kind_of.get(str(UUID(one.value)))
        if kind not in foreign or kind in SHARED:
            continue
        tried.add((one.page, one.name, kind))
        if answered(client, one, one.value)[0]:
            worked.add((one.page, one.name, kind))
        tables, words, status = answered(client, one, foreign[kind])
        if tables or SECRET in words:
            reached[one.page, one.name, kind] |= tables or {"shown"}
        if status >= 500:
            broken.append((one.page, one.name, kind))

    assert broken == []
    assert dict(reached) == {}
    assert (len(tried) > 18, len(worked) > 4) == (True, True)  # with one's own id such a form does something


class Said(str):
    """A word's value, which notes what it is compared with."""

    __slots__ = ("word",)
    compared: ClassVar[set[tuple[str, str]]] = set()

    def __eq__(self, other: object) -> bool:
        self.compared.add((self.word, str(other)))
        return super().__eq__(other)

    __hash__ = str.__hash__


class Reading(QueryDict):
    """The question in the address of a request, which notes what words of it a page looks at."""

    words: ClassVar[set[str]] = set()

    def __getitem__(self, word: str) -> Any:
        self.words.add(word)
        found = Said(super().__getitem__(word))
        found.word = word
        return found

    def __contains__(self, word: object) -> bool:
        self.words.add(str(word))
        return super().__contains__(word)

    def getlist(self, word: str, default: Any = None) -> Any:
        self.words.add(word)
        return super().getlist(word, default)


class Compared:
    """Notes of the statements that compare something with an id whose rows these are, by what was asked with it."""

    _COMPARED = re.compile(r'"(\w+)"\."(\w+)" (?:= %s|IN \(%s)')

    def __init__(self, words: dict[str, str]) -> None:
        self.words, self.found = words, set[tuple[str, str]]()

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        given = f"{params}"
        for word, value in self.words.items():
            if value in given or UUID(value).hex in given:
                kinds = (KIND_OF_COLUMN.get(column) for column in self._COMPARED.findall(str(sql)))
                self.found |= {(word, kind) for kind in kinds if kind}
        return execute(sql, params, many, context)


def kinds_of_columns() -> dict[tuple[str, str], str]:
    """Return whose ids each column holds: the rows' own, or those that it leads to."""
    found = {}
    for model in scoped_models():
        for one in model._meta.concrete_fields:
            of = one.related_model if one.is_relation else model if one.primary_key else None
            if of is not None:
                found[model._meta.db_table, one.column] = of._meta.label_lower
    return found


KIND_OF_COLUMN = kinds_of_columns()
_LINKED = re.compile(r'href="[^"?]*\?([^"#]+)')


def linked_ids(html: str) -> Iterator[tuple[str, str]]:
    """Yield the words with an id in the addresses that a page leads to, and in its forms that ask."""
    for question in _LINKED.findall(html):
        yield from ((word, value) for word, value in parse_qsl(unescape(question)) if _ID.fullmatch(value))
    for form in forms_of("/", html):
        if form.method == "get":
            offered = [(word, value) for word, _kind, value in form.fields]
            offered += [(word, value) for word, values in form.choices.items() for value in values]
            yield from ((word, value) for word, value in offered if _ID.fullmatch(value))


def asked(client, path: str, words: dict[str, str]) -> tuple[int, bytes]:
    """Ask a page with some words; return its status, and what it says without what is new in each answer."""
    with transaction.atomic():
        response = client.get(path, words)
        content = response.getvalue()
        transaction.set_rollback(True)
    for value in words.values():
        content = content.replace(value.encode(), b"*")
    return response.status_code, _NEW.sub(b"", content)


_NEW = re.compile(rb'name="(?:csrfmiddlewaretoken|key)" value="\w+"')


@dataclass
class Question:
    """What a page can be asked: what it says by itself, the words it looks at, an id of nobody's for each, one's own."""

    plain: tuple[int, bytes]
    words: set[str]
    nobody: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def questions_of(client, paths: Iterable[str]) -> dict[str, Question]:
    """Return the words of each page; it says which by looking at them. Needs `Reading`."""
    found = {}
    for path in paths:
        Reading.words.clear()
        found[path] = Question(asked(client, path, {}), set())
        while Reading.words - found[path].words:  # some are looked at only where others are given
            found[path].words |= Reading.words
            found[path].nobody = {word: str(new_id()) for word in found[path].words}
            asked(client, path, found[path].nobody)
    return found


def ids_asked_for(client, questions: dict[str, Question], kind_of: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return of each word the kinds of row that its ids are of, with an id that a page leads to, if there is one.

    It is told by the links of all pages, and by what an id of nobody's is compared with: columns, or rows already read.
    """
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for path, question in questions.items():
        for word, value in linked_ids(question.plain[1].decode(errors="replace")):
            if kind := kind_of.get(str(UUID(value))):
                kinds[word][kind] = value
        Said.compared.clear()
        with connection.execute_wrapper(compared := Compared(question.nobody)):
            asked(client, path, question.nobody)
        for word, kind in compared.found:
            kinds[word].setdefault(kind, "")
        for word, value in Said.compared:
            if _ID.fullmatch(value) and (kind := kind_of.get(str(UUID(value)))):
                kinds[word][kind] = question.own[word] = value
    return kinds


@pytest.mark.long
def test_an_id_in_the_question_of_a_page_shows_nothing_of_others(records, foreign, monkeypatch):
    """Beside one's own ids for the other words, a foreign one leads to what an id leads to that nobody has."""
    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: Reading(request.META.get("QUERY_STRING", ""))))
    client, kind_of = client_of("counsellor"), {one: kind for kind, ids in ids_by_kind().items() for one in ids}
    questions = questions_of(client, pages_of(records).values())
    kinds = ids_asked_for(client, questions, kind_of)
    of_mine = {kind_of.get(str(value)): str(value) for value in records.values()}
    mine = {word: next(filter(None, [*of.values(), *map(of_mine.get, of)]), "") for word, of in kinds.items()}
    tried, shown, worked = set(), [], set()
    for path, question in questions.items():
        given = {word: one for word in question.words if (one := question.own.get(word) or mine.get(word))}
        if given and asked(client, path, given) != question.plain:
            worked.add(path)
        for word, kind in [(one, of) for one in question.words for of in kinds[one] if of in foreign]:
            tried.add((path, word, kind))
            theirs, nobodys = given | {word: foreign[kind]}, given | {word: question.nobody[word]}
            found, nothing = asked(client, path, theirs), asked(client, path, nobodys)
            if found != nothing:  # the clock of a page may have gone on between the two
                found = asked(client, path, theirs)
            if SECRET.encode() in found[1] or (found != nothing and kind not in SHARED):
                shown.append((path, word, kind))

    assert shown == []
    assert (len(tried) > 25, len(worked) > 10) == (True, True)


def test_what_is_shown_to_its_owner_is_found(records, foreign):
    """The negative control: the same words of the same pages, read by whose they are."""
    client = client_of("foreign")

    assert SECRET in client.get(f"/de/arbeit/faelle/{foreign['casework.case']}/").content.decode()
    promise = client.get("/de/arbeit/telefon/", {"rueckruf": foreign["appointments.callback"]})
    assert SECRET in promise.content.decode()
