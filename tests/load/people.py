"""What people do, for locust: residents on a phone, the desk, counsellors, the programme's manager, accompanied persons.

Runs in an environment of its own (`requirements/load.txt`), so it knows the site by HTTP alone. `TRAGNETZ_LOAD` names a
JSON file with the staff to log in as, words to search for and two files to write: every answer, and every promise that
the site made (a booking or note of which it said that it is kept).
"""

import itertools
import json
import os
import random
import re
import time
import uuid
from pathlib import Path

from locust import HttpUser, between, events, task
from locust.exception import StopUser

TOLD = json.loads(Path(os.environ["TRAGNETZ_LOAD"]).read_text(encoding="utf-8"))
ANSWERS = Path(TOLD["answers"]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 -- as long as the process
PROMISES = Path(TOLD["promises"]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 -- as above
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SLOT = re.compile(r'name="slot"[^>]*? value="([^"]+)"')
CODE = re.compile(r'class="code"><bdi>([0-9A-Z-]{14})<')
CASE = re.compile(r"/de/arbeit/faelle/([0-9a-f-]{36})/")
OFFER = re.compile(r'href="/de/angebote/([a-z0-9-]+)/"')
TRACES = ("Traceback", "django.db", "psycopg", "OperationalError")
AGAIN = 40  # tries of somebody whose answer got lost, one every few seconds
CHOSEN_FROM = 6  # how many of the first free times people choose from: enough to be too late at times


@events.request.add_listener
def _note_answer(name, response_time, response, exception, **_kwargs):
    status = getattr(response, "status_code", 0) or 0
    row = {"at": time.time(), "name": name, "status": status, "ms": round(response_time, 1)}
    if status >= 500 or status == 0:
        text = (response.text or "") if response is not None and status else ""
        row |= {
            "error": type(exception).__name__ if exception and not status else "",
            "phone": any(phone in text for phone in TOLD["phones"]),
            "trace": any(word in text for word in TRACES),
            "retry": bool(response is not None and status and response.headers.get("Retry-After")),
        }
    ANSWERS.write(json.dumps(row) + "\n")


def promised(kind: str, key: str, **more: str) -> None:
    PROMISES.write(json.dumps({"at": time.time(), "kind": kind, "key": key, **more}) + "\n")


class Person(HttpUser):
    """Somebody with a browser that keeps cookies."""

    abstract = True
    wait_time = between(*TOLD["think"])
    token = ""

    def page(self, path: str, name: str, *, good: tuple[int, ...] = (200,)) -> str:
        """Open a page; returns its text, empty when it did not come."""
        with self.client.get(path, name=name, catch_response=True, allow_redirects=True) as answer:
            return self._judged(answer, good)

    def send(self, path: str, name: str, typed: dict, *, good: tuple[int, ...] = (200,)) -> tuple[int, str]:
        """Send a form; returns the status (0: no answer) and the text."""
        form = {"csrfmiddlewaretoken": self.token} | typed
        with self.client.post(path, form, name=name, catch_response=True, allow_redirects=True) as answer:
            text = self._judged(answer, good)
            return answer.status_code or 0, text

    def send_until_heard(self, path: str, name: str, typed: dict, *, good: tuple[int, ...]) -> tuple[int, str]:
        """Send a form again, as the page of an outage asks to, until there is an answer that says what became of it."""
        for _try in range(AGAIN):
            status, text = self.send(path, name, typed, good=good)
            if status and status < 500:
                return status, text
            time.sleep(random.uniform(1, 3))
        return 0, ""

    def _judged(self, answer, good) -> str:
        if answer.status_code in good:
            answer.success()
        else:
            answer.failure(f"{answer.status_code}")
        text = answer.text or ""
        if answer.status_code and answer.status_code < 500 and (found := TOKEN.search(text)):
            self.token = found[1]
        return text

    def think(self) -> None:
        time.sleep(self.wait_time())


class Resident(Person):
    """Looks, asks, computes, books, at times cancels. Each visit is a new browser."""

    weight = 8

    def on_start(self) -> None:
        self.offers: list[str] = []

    @task(6)
    def start_page(self) -> None:
        self.client.cookies.clear()
        self.page("/de/", "start page")

    @task(3)
    def start_in_another_language(self) -> None:
        self.page(f"/{random.choice(('tr', 'ar', 'uk', 'en', 'de-simple'))}/", "start page, another language")

    @task(6)
    def search(self) -> None:
        text = self.page(f"/de/suche/?q={random.choice(TOLD['words'])}", "search")
        self.offers = OFFER.findall(text) or self.offers

    @task(8)
    def offer(self) -> None:
        if not self.offers:
            self.offers = OFFER.findall(self.page("/de/angebote/", "all offers"))
            self.think()
        if self.offers:
            self.page(f"/de/angebote/{random.choice(self.offers)}/", "an offer")

    @task(3)
    def finder(self) -> None:
        self.page("/de/wegweiser/", "finder, first question")
        self.think()
        typed = {"situations": random.choice(("cannot-pay-rent", "debts")), "age": "34", "children": "2",
                 "housing": "rent", "address": "Hauptstr. 241"}  # fmt: skip
        self.send("/de/wegweiser/ergebnis/", "finder, result", typed)

    @task(3)
    def check(self) -> None:
        self.page("/de/rechnen/", "benefit check, first question")
        typed = {"age": "38"}
        for name, value in (
            ("children", "2"),
            ("employment", "employed"),
            ("gross_wage", str(random.randrange(900, 2600, 50))),
        ):
            self.think()
            typed |= {name: value}
            self.send("/de/rechnen/", "benefit check, one more answer", typed)

    @task(4)
    def book(self) -> None:
        self.client.cookies.clear()
        slots = SLOT.findall(self.page("/de/termin/", "free times"))
        if not slots:
            return
        self.think()
        key, slot = uuid.uuid4().hex, random.choice(slots[2 : 2 + CHOSEN_FROM] or slots)
        held, _text = self.send(
            "/de/termin/", "choose a time", {"slot": slot, "key": key, "language": "de"}, good=(200, 409)
        )
        if held != 200:
            return
        self.think()
        typed = {
            "slot": slot,
            "key": key,
            "name": "Frau Y.",
            "phone": f"0170{random.randrange(10**7):07}",  # of somebody else each time: one number is told only so much
            "language": "de",
            "may_text": "on",
        }
        status, text = self.send_until_heard("/de/termin/", "book", typed, good=(200, 409))
        code = CODE.search(text)
        if status != 200 or not code:
            return
        promised("booking", key)
        self.think()
        if random.random() < TOLD["cancelled"]:
            self.page("/de/mein-termin/", "my appointment")
            promised("cancelling", key)
            status, text = self.send_until_heard(
                "/de/mein-termin/", "cancel", {"code": code[1], "cancel": "1"}, good=(200, 409)
            )
            if status == 200:
                promised("cancelled", key)

    @task(2)
    def rush(self) -> None:
        """Want the very time that many want: most hear that it is taken, and which times are free."""
        slots = SLOT.findall(self.page("/de/termin/", "free times"))
        if slots:
            key = uuid.uuid4().hex
            typed = {
                "slot": slots[1 if len(slots) > 1 else 0],
                "key": key,
                "name": "Herr Z.",
                "phone": "01701234567",
                "language": "de",
            }
            status, text = self.send_until_heard("/de/termin/", "book in a rush", typed, good=(200, 409))
            if status == 200 and CODE.search(text):
                promised("booking", key)


class Accompanied(Person):
    """Opens the own page with the code, looks, leaves."""

    fixed_count = TOLD["accompanied"]

    @task
    def own_page(self) -> None:
        self.client.cookies.clear()
        self.page("/de/meine-begleitung/", "own page, code asked")
        self.think()
        status, _text = self.send(
            "/de/meine-begleitung/", "own page, opened by code", {"code": TOLD["code"]}, good=(200, 429, 503)
        )
        if status == 200:
            self.think()
            self.page("/de/meine-begleitung/", "own page")
            self.send("/de/meine-begleitung/ende/", "own page, quickly away", {}, good=(200, 0, 404))


class Staff(Person):
    """Somebody who logs in with a password; all their keys are really opened."""

    abstract = True
    role = ""
    _turn = itertools.count()

    def on_start(self) -> None:
        emails = TOLD["staff"][self.role]
        self.email = emails[next(type(self)._turn) % len(emails)]
        self.log_in()

    def log_in(self) -> None:
        for _try in range(AGAIN):
            self.page("/de/konto/anmelden/", "log-in page", good=(200, 503))
            typed = {"login": self.email, "password": TOLD["password"]}
            status, text = self.send("/de/konto/anmelden/", "log-in", typed, good=(200, 429, 503))
            if status == 200 and "/de/konto/abmelden/" in text:
                return
            time.sleep(random.uniform(2, 5))  # "in a few seconds", the page says
        raise StopUser

    def work(self, path: str, name: str) -> str:
        """Open a page of the staff site; whose session ended logs in again."""
        text = self.page(path, name, good=(200, 401))
        if text and 'name="password"' in text:
            self.log_in()
            return self.page(path, name)
        return text


class Desk(Staff):
    """Takes calls: district, three times, booked while talking."""

    fixed_count = TOLD["desks"]
    role = "intake"
    _turn = itertools.count()

    @task(3)
    def call(self) -> None:
        self.work("/de/arbeit/telefon/", "desk, empty sheet")
        self.think()
        key = uuid.uuid4().hex
        typed = {
            "key": key,
            "address": "Hauptstr. 241",
            "topic": "work",
            "language": "de",
            "urgency": "normal",
            "may_call": "on",
        }
        _status, text = self.send("/de/arbeit/telefon/", "desk, district and three times", typed | {"show": "1"})
        slots = SLOT.findall(text)
        self.think()
        if not slots:
            self.send_until_heard(
                "/de/arbeit/telefon/", "desk, information counted", typed | {"information": "1"}, good=(200,)
            )
            return
        more = {"name": "Rosa", "phone": "01701234567", "slot": random.choice(slots), "book": "1"}
        status, text = self.send_until_heard("/de/arbeit/telefon/", "desk, booked", typed | more, good=(200, 409))
        if status == 200 and CODE.search(text):
            promised("booking", key)

    @task(1)
    def callbacks(self) -> None:
        self.work("/de/arbeit/rueckrufe/", "desk, calls to make")


class Counsellor(Staff):
    """Looks at the day, reads a case, writes down a talk."""

    fixed_count = TOLD["counsellors"]
    role = "counsellor"
    _turn = itertools.count()

    def on_start(self) -> None:
        super().on_start()
        self.cases: list[str] = []

    @task(4)
    def day(self) -> None:
        text = self.work("/de/arbeit/", "day of a counsellor")
        self.cases = list(dict.fromkeys(CASE.findall(text))) or self.cases

    @task(2)
    def listing(self) -> None:
        text = self.work("/de/arbeit/faelle/", "list of cases")
        self.cases = list(dict.fromkeys([*CASE.findall(text), *self.cases]))[:30]

    @task(5)
    def note(self) -> None:
        if not self.cases:
            self.listing()
        if not self.cases:
            return
        case = random.choice(self.cases)
        text = self.work(f"/de/arbeit/faelle/{case}/", "case")
        if "/gespraech/" not in text:  # closed, or only read
            return
        self.think()
        key = uuid.uuid4().hex
        typed = {"key": key, "kind": "phone", "held_on": TOLD["today"], "minutes": "20", "language": "de",
                 "participants": "person", "facts": f"Gesprochen über die Miete. {key}", "agreement": "Antrag bis Freitag."}  # fmt: skip
        status, text = self.send_until_heard(f"/de/arbeit/faelle/{case}/gespraech/", "note", typed, good=(200, 401))
        if status == 401 and 'name="password"' in text:
            self.log_in()
            status, text = self.send_until_heard(f"/de/arbeit/faelle/{case}/gespraech/", "note", typed, good=(200,))
        if status == 200 and "Das Gespräch ist gespeichert" in text:
            promised("note", key)

    @task(1)
    def timeline(self) -> None:
        if self.cases:
            self.work(f"/de/arbeit/faelle/{random.choice(self.cases)}/verlauf/", "case, line of time")

    @task(1)
    def casecheck(self) -> None:
        if self.cases:
            self.work(f"/de/arbeit/faelle/{random.choice(self.cases)}/rechnen/", "case, benefit check with what-if")


class Manager(Staff):
    """Looks at the figures, on most days; makes a report at times."""

    fixed_count = TOLD["managers"]
    role = "programme"
    _turn = itertools.count()

    @task(5)
    def figures(self) -> None:
        self.work("/de/arbeit/zahlen/", "figures")

    @task(2)
    def waits(self) -> None:
        self.work("/de/arbeit/wartezeiten/", "waiting times")

    @task(2)
    def outcomes(self) -> None:
        self.work("/de/arbeit/zahlen/wirkung/", "outcomes")

    @task(1)
    def report(self) -> None:
        self.work(TOLD["report"], "report of a project")
