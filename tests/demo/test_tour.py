"""The tour of the demo: one click is a log-in there, nothing at all in a production; tasks tick by deeds alone."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

import tragnetz
from tests.personas import EMAILS
from tragnetz.audit.commands import record
from tragnetz.audit.words import SENTENCES
from tragnetz.casework.finding import ASKED, BY_ITSELF
from tragnetz.core.clock import now
from tragnetz.demo.tour.guard import is_open
from tragnetz.demo.tour.progress import COOKIE, State, progress_of
from tragnetz.demo.tour.roles import PARTS
from tragnetz.network.actors import Actor, resident
from tragnetz.network.models import Membership, Network, User
from tragnetz.network.scope import scope
from tragnetz.vault.sealing import new_key

START = "/de/demo/"


def said(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("key", [key for key, part in PARTS.items() if part.role])
def test_one_click_is_the_log_in_of_the_demo(client, herne, key):
    response = client.post(f"{START}{key}/")

    part = PARTS[key]
    assert response.status_code == 302
    assert response["Location"] == reverse(part.start)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert part.role in Membership.objects.get(user=user).roles
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert f"Rundgang: {part.name}" in said(page)
    assert f"0 von {len(part.tasks)}" in said(page)


def test_a_counsellor_of_the_tour_has_open_keys(client, herne):
    client.post(f"{START}beratung/")

    assert "tragnetz_key" in client.cookies


def test_from_one_role_to_the_next_the_former_is_signed_out(client, herne):
    client.post(f"{START}telefon/")
    first = client.session["_auth_user_id"]
    client.post(f"{START}datenschutz/")

    assert client.session["_auth_user_id"] != first
    client.post(f"{START}ratsuchend/")
    assert "_auth_user_id" not in client.session


def test_a_production_has_no_tour_whatever_the_database_says(tmp_path):
    """A process of its own with the settings of a production: no app, no address, no template, no context."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.template import TemplateDoesNotExist, loader\n"
        "from django.urls import NoReverseMatch, Resolver404, resolve, reverse\n"
        "for path in ('/de/demo/', '/de/demo/telefon/', '/de/demo/schliessen/'):\n"
        "    try: resolve(path)\n"
        "    except Resolver404: pass\n"
        "    else: raise SystemExit('there is ' + path)\n"
        "try: reverse('demo:start')\n"
        "except NoReverseMatch: pass\n"
        "else: raise SystemExit('an address')\n"
        "try: loader.get_template('demo/start.html')\n"
        "except TemplateDoesNotExist: pass\n"
        "else: raise SystemExit('a template')\n"
        "assert 'tragnetz.demo' not in settings.INSTALLED_APPS\n"
        "assert not any('demo' in one for one in settings.TEMPLATES[0]['OPTIONS']['context_processors'])\n"
        "print('none')\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tragnetz.config.settings", "TRAGNETZ_PRODUCTION": "1", "TRAGNETZ_SECRET_KEY": "x" * 60,
        "TRAGNETZ_VAULT_KEYS": new_key(), "TRAGNETZ_HOSTS": "example.org", "TRAGNETZ_BEHIND_PROXY": "1",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "TRAGNETZ_VAR": str(tmp_path),
    }  # fmt: skip

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "none"), done.stderr[-2000:]


def test_the_second_lock_holds_when_the_addresses_are_there(client, herne, settings):
    assert is_open(herne)
    assert client.get(START).status_code == 200
    settings.PRODUCTION = True

    assert not is_open(herne)
    assert client.get(START).status_code == 404
    assert client.post(f"{START}telefon/").status_code == 404
    assert client.post(f"{START}schliessen/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("beside", [True, False])
def test_a_real_network_ends_the_tour_even_beside_the_demo(client, herne, settings, beside):
    settings.TRAGNETZ_NETWORK = herne.key
    if beside:
        Network.objects.create(key="echt", name={"de": "Echtes Netz"}, languages=["de"])
    else:
        Network.objects.update(is_demo=False)
    from django.core.cache import cache

    cache.clear()  # the network of the installation is kept for a minute

    with scope(Network.objects.get(pk=herne.pk)):
        assert client.get(START).status_code == 404
        assert client.post(f"{START}telefon/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_who_has_a_password_of_their_own_is_nobodys_to_be(client, herne):
    User.objects.filter(email=EMAILS["dpo"]).update(password=make_password("ein eigenes langes Passwort"))

    client.post(f"{START}datenschutz/")

    assert "_auth_user_id" not in client.session
    assert "Datenschutz</h2>" not in said(client.get(START))


def test_a_click_on_a_foreign_page_signs_nobody_in(herne):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)

    assert client.post(f"{START}telefon/").status_code == 403
    assert client.get(f"{START}telefon/").status_code == 405


def test_a_task_ticks_by_the_deed_of_this_person_since_the_beginning(client, herne):
    client.post(f"{START}datenschutz/")
    page = said(client.get("/de/arbeit/datenschutz/"))
    assert "0 von 4" in page

    client.get("/de/arbeit/datenschutz/protokoll/")
    client.post("/de/arbeit/datenschutz/protokoll/pruefen/")

    assert "2 von 4" in said(client.get("/de/arbeit/datenschutz/"))


def test_deeds_of_others_and_from_before_tick_nothing(herne):
    state = State("telefon", now().isoformat(), user=str(User.objects.get(email=EMAILS["intake"]).pk))
    other = User.objects.get(email=EMAILS["admin"])
    record(Actor(network=herne, kind="staff", user_id=other.pk), "name:search", way=ASKED)
    record(resident(herne), "enquiry:take", outcome="appointment")
    assert progress_of(state).done == 0

    mine = Actor(network=herne, kind="staff", user_id=User.objects.get(email=EMAILS["intake"]).pk)
    record(mine, "name:search", way=BY_ITSELF)  # as the call sheet does with each name that is typed
    assert progress_of(state).done == 0

    record(mine, "name:search", way=ASKED)

    found = progress_of(state)
    assert [line.task.key for line in found.lines if line.done] == ["find"]
    assert progress_of(State("telefon", now().isoformat(), user=state.user)).done == 0


def test_what_the_call_sheet_looks_up_by_itself_is_no_search_of_the_task(client, herne):
    client.post(f"{START}telefon/")
    find = reverse("workspace:find")
    client.post(find, {"name": "Sommer", "known": "1"})
    assert "0 von 5" in said(client.get("/de/arbeit/telefon/"))

    client.post(find, {"name": "Juergens"})

    assert "1 von 5" in said(client.get("/de/arbeit/telefon/"))


def test_the_first_of_the_work_list_counts_whatever_it_is(herne):
    me = User.objects.get(email=EMAILS["catalogue"])
    state = State("verzeichnis", now().isoformat(), user=str(me.pk))

    record(Actor(network=herne, kind="staff", user_id=me.pk), "office:confirm")

    assert [line.task.key for line in progress_of(state).lines if line.done] == ["confirm"]


def test_a_task_needs_the_right_outcome(herne):
    me = User.objects.get(email=EMAILS["intake"])
    state = State("telefon", now().isoformat(), user=str(me.pk))

    record(Actor(network=herne, kind="staff", user_id=me.pk), "enquiry:take", outcome="information")

    assert [line.task.key for line in progress_of(state).lines if line.done] == ["information"]


def test_every_task_waits_for_a_verb_that_the_program_records():
    verbs = {verb for part in PARTS.values() for task in part.tasks for verb in task.verbs}

    assert verbs - set(SENTENCES) == set()
    assert all(3 <= len(part.tasks) <= 5 for part in PARTS.values())


def test_words_in_quotes_stand_on_the_screen():
    folder = Path(tragnetz.__file__).parent
    files = [file for end in ("html", "py", "yaml") for file in folder.rglob(f"*.{end}") if "tour" not in file.parts]
    shown = re.sub(r"\s+", " ", " ".join(file.read_text(encoding="utf-8") for file in files))
    quoted = {word for part in PARTS.values() for task in part.tasks for word in re.findall("„([^“]+)“", task.way)}

    assert {word for word in quoted if word not in shown} == {"Juergens"}  # what one types


def test_a_changed_cookie_shows_no_panel(client, herne):
    client.post(f"{START}ratsuchend/")
    assert "Rundgang: Ratsuchende Person" in said(client.get("/de/"))
    client.cookies[COOKIE] = client.cookies[COOKIE].value.replace("ratsuchend", "telefon")

    assert "Rundgang: " not in said(client.get("/de/"))


def test_the_panel_goes_when_it_is_closed_and_leads_nowhere_else(client, herne):
    client.post(f"{START}ratsuchend/")

    response = client.post(f"{START}schliessen/", {"next": "https://example.org/"})

    assert response["Location"] == START
    assert "Rundgang: " not in said(client.get("/de/"))
    assert client.post(f"{START}schliessen/", {"next": "/de/termin/"})["Location"] == "/de/termin/"


def test_what_others_see_of_the_public_pages_has_no_panel(client, herne):
    """A page of the public site is kept for all; that of the tour is not."""
    from django.test import Client

    client.post(f"{START}ratsuchend/")
    assert "Rundgang: " in said(client.get("/de/"))

    assert "Rundgang: " not in said(Client().get("/de/"))
