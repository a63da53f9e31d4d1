"""What a production installation answers: run as a process of its own, prints the headers of some pages as JSON."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402 -- after the set-up

from tragnetz.demo.staff import PASSWORD  # noqa: E402 -- as above

HANNA = "hanna.reuter@demo.tragnetz.example"


def answer(
    client: Client, method: str, path: str, *, secure: bool = True, host: str = "tragnetz.example", **sent: object
) -> dict[str, object]:
    response = getattr(client, method)(path, sent, secure=secure, headers={"host": host})
    headers = {name.lower(): value for name, value in response.headers.items()}
    return {
        "status": response.status_code, "headers": headers,
        "cookies": {f"{key}": morsel.OutputString() for key, morsel in response.cookies.items()},
    }  # fmt: skip


def main() -> None:
    visitor, staff = Client(), Client()
    found = {
        "start": answer(visitor, "get", "/de/"),
        "form": answer(visitor, "get", "/de/termin/"),
        "search": answer(visitor, "get", "/de/suche/"),
        "missing": answer(visitor, "get", "/de/gibt-es-nicht/"),
        "login": answer(staff, "post", "/de/konto/anmelden/", login=HANNA, password=PASSWORD),
        "inside": answer(staff, "get", "/de/konto/sicherheit/"),
        "work": answer(staff, "get", "/de/arbeit/"),
        "logout": answer(staff, "post", "/de/konto/abmelden/"),
        "open_page": answer(visitor, "get", "/de/", secure=False),
        "open_api": answer(visitor, "get", "/hsds/", secure=False),
        "open_feed": answer(visitor, "get", "/kalender/geheim.ics", secure=False),
        "trace": answer(visitor, "trace", "/de/"),
        "wrong_host": answer(visitor, "get", "/de/", host="evil.example"),
        "listing": answer(visitor, "get", "/static/"),
        "file": answer(visitor, "get", "/static/session.js"),
        "foreign": answer(Client(enforce_csrf_checks=True), "post", "/de/termin/"),
        "led": answer(visitor, "get", "/"),
    }
    json.dump(found, sys.stdout)


main()
