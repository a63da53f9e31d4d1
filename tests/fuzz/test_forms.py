"""Every form of every page, as each role, filled in as nobody of good will would: no fault of ours, nothing raw.

The suite sends a few hundred; `make fuzz` sends twenty thousand and prints figures:

    TRAGNETZ_FUZZ=20000 TRAGNETZ_FUZZ_SEED=7 python -m pytest tests/fuzz -n 0 -s
"""

import os
import random
import time
import traceback
from collections import Counter
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.allowed import release
from tests.architecture import test_matrix
from tests.architecture.test_matrix import ACCOUNT, MATRIX, SENT, WORK
from tests.fuzz.behind import Sent, by_code, by_link, of_own_page
from tests.fuzz.forms import MARK, Form, filled, forms_of
from tests.owning import code_for
from tests.personas import EMAILS, actor_of, client_of
from tests.referrals.conftest import linked, sent
from tragnetz.casework.models import Case
from tragnetz.core.clock import now
from tragnetz.directory.models import Service
from tragnetz.directory.truth.links import make_link
from tragnetz.network.models import Organisation

records = test_matrix.records  # one of everything, all of Caritas
COUNT = int(os.environ.get("TRAGNETZ_FUZZ", "300"))
SEED = int(os.environ.get("TRAGNETZ_FUZZ_SEED", "1"))
LONG = COUNT > 2000
FORMS = 10_000 if LONG else 25  # read for each role
RAW = MARK.encode()
OTHERWISE = {  # public addresses that take something, but from no form of ours
    "api:check", "api:openapi-json", "api:api-root",  # tests/api/test_fuzz.py
    *(name for name in MATRIX if name.startswith("hsds:")),  # as above
    "openid_connect_login", "openid_connect_callback",  # another program answers: tests/config/test_single_sign_on.py
    "account_reset_password_from_key",  # allauth's own: a secret in the session
    "mfa_login_webauthn",  # a signature that a script makes
    "health", "security", "demo:close",  # read nothing of what is sent
}  # fmt: skip
QUICK = ("pdf", "docx", "xlsx", "csv", "ics", "zip")  # files hold no forms


def client_with_own_page(herne, records) -> Client:
    owner, client = actor_of(herne, "counsellor"), Client()
    case = Case.objects.get(pk=records["case"])
    made = code_for(owner, case, case.household.people.get())
    assert client.post("/de/meine-begleitung/", {"code": made.code}).status_code == 302
    return client


def partner_and_page(herne, records) -> tuple[Client, str]:
    """Return a browser that opened a referral by its link and code, and the page."""
    owner = actor_of(herne, "counsellor")
    case = Case.objects.select_related("contact", "household", "network", "organisation").get(pk=records["case"])
    organisation = Organisation.objects.get(memberships__user__email=EMAILS["foreign"])
    release(owner, case.household.people.get(), "contact", "goals", to=organisation.key)
    secret, made = linked(owner, sent(owner, case, organisation=organisation))
    client, page = Client(), f"/de/antwort/{secret}/"
    assert client.post(page, {"code": made.code}).status_code == 302
    return client, page


def paths_of_provider(herne) -> list[str]:
    service = Service.objects.exclude(organisation=None).order_by("key").first()
    _link, secret = make_link(
        actor=actor_of(herne, "catalogue"), organisation=service.organisation, now=now(), address=str
    )
    return [f"/de/pruefen/{secret}/", f"/de/pruefen/{secret}/{service.pk}/"]


def roles(herne, records) -> dict[str, tuple[Client, list[str | Sent]]]:
    """Return for each role a browser and the pages to look for forms on, with what opens one if a form does."""
    public = [path if path.startswith("/") else f"/de/{path}" for _m, path, status in MATRIX.values() if status == 200]
    inside = [f"/de/{path.format(**records)}" for _method, path, _statuses in WORK.values()]
    own = [path for path in (f"/de/{one[1]}" for one in MATRIX.values()) if "/meine-begleitung/" in path]
    account = [f"/de/{path}" for path in ACCOUNT.values() if "abmelden" not in path]
    found = {
        "visitor": (Client(), [*public, *paths_of_provider(herne)]),
        "by link or code": (Client(), [*by_link(herne, records), *by_code(herne, records)]),
        "own page": (client_with_own_page(herne, records), [*own, *of_own_page(records)]),
    }
    partner, page = partner_and_page(herne, records)
    found["partner"] = partner, [page]
    return found | {persona: (just_signed_in(persona), [*inside, *account]) for persona in EMAILS}


def just_signed_in(persona: str) -> Client:
    """Return a browser of staff whose pages about the account ask for no password again."""
    client = client_of(persona)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def forms_for(client: Client, pages: list[str | Sent]) -> list[Form]:
    """Read the forms of pages, until there are enough."""
    found: list[Form] = []
    for one in pages:
        page, sent = (one, None) if isinstance(one, str) else one
        if len(found) >= FORMS:
            break
        if page.split("?")[0].endswith(QUICK):
            continue
        with transaction.atomic():
            response = client.get(page) if sent is None else client.post(page, sent)
            transaction.set_rollback(True)
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            found += forms_of(page, response.content.decode())
        elif response.status_code == 405:
            found.append(bare(page, dict(SENT)))
    return found


def bare(page: str, names: dict[str, str]) -> Form:
    """Return a form of a page that shows none: it may take one even so."""
    return Form(page, page, "post", [(name, "text", value) for name, value in names.items()])


def without_form(pages: list[str | Sent], found: list[Form], dice: random.Random) -> list[Form]:
    """Return a form for each page that none of those found leads to, with fields that the others have."""
    known = {urlsplit(form.action).path for form in found if form.method == "post"}
    names = sorted({name for form in found for name, _kind, _value in form.fields})
    shown = [page for page in pages if isinstance(page, str) and page.split("?")[0] not in known]
    return [
        bare(page, dict.fromkeys(dice.sample(names, min(12, len(names))), "1"))
        for page in shown
        if not page.split("?")[0].endswith(QUICK)
    ]


def taken_by_nobody(lines) -> set[str]:
    """Return the names of public addresses that do not refuse a form, and of which none was found."""
    reached = {
        resolve(urlsplit(form.action).path).view_name
        for _client, forms in lines.values()
        for form in forms
        if form.method == "post"
    }
    left = {name: path for name, (_method, path, _status) in MATRIX.items() if name not in reached | OTHERWISE}
    paths = {name: (path if path.startswith("/") else f"/de/{path}").split("?")[0] for name, path in left.items()}
    client = Client()
    return {name for name, path in paths.items() if client.post(path).status_code != 405}


def is_raw(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and RAW in response.content


@pytest.fixture
def faults():
    """What went wrong inside, as Django tells it."""
    found: list[str] = []

    def note(sender, **_given):
        found.append(traceback.format_exc(limit=-3))

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def test_each_page_behind_a_link_or_a_code_shows_its_form(herne, records):
    """Else the fuzz would send nothing there and say that nothing broke."""
    client, owner = Client(), client_with_own_page(herne, records)
    for page in [*by_link(herne, records), *by_code(herne, records)]:
        assert any(form.method == "post" for form in forms_for(client, [page])), page
    for page in of_own_page(records):
        assert any(form.action in {page, page.split("?")[0]} for form in forms_for(owner, [page])), page


@pytest.mark.long
def test_no_form_breaks_and_nothing_typed_comes_back_raw(herne, records, faults):
    dice = random.Random(SEED)  # noqa: S311 -- repeatable on purpose
    foreign = [str(value) for value in records.values()]
    lines, statuses, broken = {}, Counter(), []
    cast = roles(herne, records)
    for role, (client, pages) in cast.items():
        client.raise_request_exception = False
        lines[role] = client, forms_for(client, dice.sample(pages, len(pages)))
    assert all(forms for _client, forms in lines.values())
    if LONG:
        assert taken_by_nobody(lines) == set()
        for role, (_client, pages) in cast.items():
            lines[role][1].extend(without_form(pages, lines[role][1], dice))
    assert faults == []

    begun, took = time.perf_counter(), Counter()
    names = list(lines)
    for number in range(COUNT):
        role = names[number % len(names)]
        client, forms = lines[role]
        form = dice.choice(forms)
        typed = filled(form, dice, foreign)
        cookies = dict(client.cookies)
        with transaction.atomic():
            if form.method == "post":
                response = client.post(form.action, typed)
            else:
                words = {name: value for name, value in typed.items() if not hasattr(value, "read")}
                response = client.get(f"{urlsplit(form.action).path}?{urlencode(words, doseq=True)}")
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies.clear()
        dict.update(client.cookies, cookies)  # as they were: what was sent is taken back, too
        statuses[response.status_code] += 1
        took[role] += 1
        if response.status_code >= 500 or faults or (not response.streaming and is_raw(response)):
            broken.append((role, form.method, form.action, typed, response.status_code, list(faults)))
            faults.clear()

    if LONG:
        seconds = time.perf_counter() - begun
        addresses = {form.action for _client, forms in lines.values() for form in forms}
        print(f"\n{COUNT} forms sent, seed {SEED}, {len(addresses)} addresses, {len(names)} roles, {seconds:.0f} s")
        print("  by answer: " + ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
        print(f"  faults of ours: {len(broken)}")
    assert broken == [], "\n\n".join(
        f"{role} {method} {action} -> {status}\n{str(typed)[:600]}\n{''.join(told)[-1500:]}"
        for role, method, action, typed, status, told in broken[:12]
    )
