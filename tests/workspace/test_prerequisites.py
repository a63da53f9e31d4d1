"""The editor of rules: every press keeps what was typed, a fault stands at its row, saving writes the rule."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given

from tests.eligibility.test_editing import rules
from tests.factories import make_actor
from tragnetz.directory.models import ExampleHousehold, Revision, Service
from tragnetz.eligibility.editing import opened
from tragnetz.eligibility.facts import FACTS
from tragnetz.network.models import Organisation, User
from tragnetz.workspace.catalogue.prerequisites.forms import read_rows
from tragnetz.workspace.catalogue.prerequisites.words import LABELS, short, values_of

ADULT = {"fact": "age", "at_least": 18}


@pytest.fixture
def service(network):
    actor = make_actor(network, "alpha", "catalogue")
    row = Service.objects.create(
        network=network, key="kurs", kind="offer", name={"de": "Kurs"}, summary={"de": "Ein Kurs."},
        description={"de": "Ein Kurs."}, organisation=Organisation.objects.get(key="alpha"), prerequisites=ADULT,
        source={"title": "Test", "on": "2026-01-01"}, checked={"state": "confirmed", "on": "2026-01-01"},
    )  # fmt: skip
    row.topics.create(network=network, key="work", name={"de": "Arbeit"})
    people = (("alt", {"age": 40}), ("jung", {"age": 12}), ("offen", {"debts": True}))
    for position, (key, facts) in enumerate(people):
        ExampleHousehold.objects.create(
            network=network,
            key=key,
            name={"de": key},
            story={"de": f"Geschichte {key}"},
            facts=facts,
            position=position,
        )
    row.editor = Client()
    row.editor.force_login(User.objects.get(pk=actor.user_id), "allauth.account.auth_backends.AuthenticationBackend")
    row.address = f"/de/arbeit/verzeichnis/{row.pk}/voraussetzungen/"
    return row


def fields(*rows, **more):
    """Return the fields of a page for rows given as (kind or fact, depth, operator, values)."""
    sent = {"rows": str(len(rows)), "version": "0"} | more
    for number, (what, depth, *rest) in enumerate(rows):
        sent[f"depth-{number}"] = str(depth)
        if what in {"all", "any", "not"}:
            sent[f"kind-{number}"] = what
            continue
        operator, values = rest or ("", [])
        sent |= {f"kind-{number}": "fact", f"fact-{number}": what, f"was-{number}": what}
        sent |= {f"operator-{number}": operator, f"value-{number}": values}
    return sent


TOP = ("all", 0)
OLD = ("age", 1, "at_least", ["30"])
YOUNG = ("age", 1, "at_most", ["20"])


def test_page_shows_rows_the_sentence_and_whom_it_fits(service):
    page = service.editor.get(service.address).content.decode()

    assert "Für Menschen, die mindestens 18 Jahre alt sind." in page
    assert 'value="18"' in page
    found = re.findall(r'household__name">(\w+)</span><span class="verdict verdict--(\w+)', page)
    assert found == [("alt", "yes"), ("jung", "no"), ("offen", "unknown")]
    assert "Alter: mindestens 18 Jahre (hier: 12 Jahre)" in page


@given(rules)
def test_rows_come_back_from_a_page_as_they_were(rule):
    sent = QueryDict(mutable=True)
    rows = opened(rule)
    sent["rows"] = str(len(rows))
    for number, row in enumerate(rows):
        sent[f"kind-{number}"], sent[f"depth-{number}"] = row.kind, str(row.depth)
        if not row.is_group:
            sent[f"fact-{number}"] = sent[f"was-{number}"] = row.fact
            sent[f"operator-{number}"] = row.operator
            sent.setlist(f"value-{number}", list(row.values))

    assert read_rows(sent) == rows


def test_each_press_keeps_what_was_typed_and_goes_on_with_the_new_row(service):
    page = service.editor.post(service.address, fields(TOP, OLD, ("rent", 1, "at_most", ["viel"]), do="add:0"))
    page = page.content.decode()

    assert 'name="rows" value="4"' in page
    assert 'value="viel"' in page
    assert re.search(r'id="fact-3"[^>]* autofocus', page)
    assert "Bitte geben Sie eine ganze Zahl ein" in page
    assert "Bitte wählen Sie, worum es geht" not in page  # nobody scolds for a row that is still new
    assert "Für Menschen, die mindestens 30 Jahre alt sind." in page
    assert Service.objects.get().prerequisites == ADULT


def test_another_fact_gets_fields_that_fit_it(service):
    sent = fields(TOP, OLD, do="show:0") | {"fact-1": "benefits"}
    page = service.editor.post(service.address, sent).content.decode()

    assert 'type="checkbox" name="value-1" value="wohngeld"' in page
    assert re.search(r'<option value="includes_any" selected>', page)
    assert 'value="30"' not in page


def test_faults_stand_at_their_rows_and_nothing_is_saved(service):
    sent = fields(TOP, OLD, ("", 1), ("rent", 1, "at_most", ["viel"]), save="1")
    response = service.editor.post(service.address, sent)
    page = response.content.decode()

    assert response.status_code == 422
    assert [f'id="fault-{n}"><span' in page for n in (1, 2, 3)] == [False, True, True]
    assert 'href="#fact-2"' in page
    assert 'value="viel"' in page
    assert Service.objects.get().prerequisites == ADULT


def test_saving_writes_the_rule_without_what_means_nothing(service):
    nested = fields(TOP, ("any", 1), ("debts", 2, "is", ["yes"]), ("not", 1), save="1")
    response = service.editor.post(service.address, nested, follow=True)

    assert "Die Voraussetzungen sind gespeichert." in response.content.decode()
    assert Service.objects.get().prerequisites == {"fact": "debts", "is": True}
    assert Revision.objects.get().fields == ["prerequisites"]


def test_saving_no_row_at_all_opens_the_offer_to_everybody(service):
    service.editor.post(service.address, fields(TOP, save="1"))

    assert Service.objects.get().prerequisites == {}
    assert "Für alle Menschen." in service.editor.get(service.address).content.decode()


def test_who_saves_over_a_change_not_seen_is_told_and_keeps_the_rows(service):
    service.editor.post(service.address, fields(TOP, OLD, save="1"))
    late = service.editor.post(service.address, fields(TOP, YOUNG, save="1"))
    page = late.content.decode()

    assert late.status_code == 409
    assert "Inzwischen hat Ada Test das auch geändert" in page
    assert 'value="20"' in page
    assert Service.objects.get().prerequisites == {"fact": "age", "at_least": 30}
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    again = service.editor.post(service.address, fields(TOP, YOUNG, save="1", version=version))
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("rows", "hint"),
    [
        ((TOP, OLD, YOUNG), "Das kann niemand erfüllen."),
        ((("any", 0), OLD, ("age", 1, "at_most", ["40"])), "Das stimmt immer."),
        ((("any", 0), ("debts", 1, "is", ["yes"]), ("all", 1), ("age", 2, "at_least", ["30"]), ("age", 2, "at_most", ["20"])), "Ein Teil davon kann nie stimmen."),
    ],
)  # fmt: skip
def test_rules_that_say_nothing_are_told(service, rows, hint):
    page = service.editor.post(service.address, fields(*rows)).content.decode()

    assert hint in page
    assert ("schließen sich aus" in page) == (hint != "Das stimmt immer.")


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"rows": "x"}, {"rows": "99999999999"}, {"rows": "3", "do": "remove:77"}, {"rows": "2", "do": "drop:1"},
        {"rows": "1", "kind-0": "nor", "depth-0": "-4"}, {"rows": "2", "fact-1": "castle", "do": "up:1"},
        {"rows": "2", "fact-1": "age", "was-1": "age", "operator-1": "in", "value-1": "<b>", "do": "negate:1"},
    ],
)  # fmt: skip
def test_whatever_is_sent_gives_a_page(service, sent):
    response = service.editor.post(service.address, sent)

    assert response.status_code == 200
    assert "<b>" not in response.content.decode()


def test_rule_too_long_for_the_page_is_shown_but_not_cut(service):
    Service.objects.update(prerequisites={"any": [{"fact": "age", "is": year} for year in range(130)]})
    page = service.editor.get(service.address).content.decode()

    assert "zu lang für diese Seite" in page
    assert 'id="editor"' not in page


def test_unknown_service_is_not_there(service):
    assert (
        service.editor.get(
            service.address.replace(str(service.pk), "0" * 8 + "-0000-0000-0000-" + "0" * 12)
        ).status_code
        == 404
    )


def test_every_fact_and_value_has_its_name(network):
    assert set(LABELS) == set(FACTS)
    assert [key for fact, kind in FACTS.items() for key, name in values_of(fact) if kind.values and key == name] == []


def test_conditions_are_short_for_a_list():
    from tragnetz.eligibility.rules import Condition

    assert short(Condition("debts", "is", False)) == "nicht: hat Schulden"
    assert short(Condition("benefits", "includes", "wohngeld", negated=True)) == "bekommt schon: nicht Wohngeld"
    assert short(Condition("employment", "in", frozenset({"student", "training"})), "employed") == (
        "Arbeit oder Ausbildung: ist eins davon im Studium, in Ausbildung (hier: hat Arbeit)"
    )


def test_readability_is_told_for_what_is_being_typed(service):
    page = service.editor.post(
        "/de/arbeit/verzeichnis/lesbarkeit/", {"text": "Der Antrag wird ggf. unverzüglich geprüft."}
    )
    page = page.content.decode()

    assert "<meter" in page
    assert '<q lang="de">wird … geprüft</q>' in page
    assert "→ sofort" in page
    other = service.editor.post("/de/arbeit/verzeichnis/lesbarkeit/", {"field": "summary", "summary": "Wir helfen."})
    assert "sehr leicht" in other.content.decode()
    assert "noch kein Text" in service.editor.post("/de/arbeit/verzeichnis/lesbarkeit/").content.decode()


def test_help_that_would_wait_for_itself_is_told_beside_the_rule_and_kept_all_the_same(service):
    needs_course = {"fact": "benefits", "includes": "wohngeld"}
    Service.objects.filter(pk=service.pk).update(gives=["bab"])
    Service.objects.create(
        network=service.network, key="wohngeld", kind="benefit", name={"de": "Wohngeld"}, summary={"de": "Geld."},
        description={"de": "Geld."}, organisation=service.organisation, source={}, checked={},
        prerequisites={"fact": "benefits", "includes": "bab"},
    )  # fmt: skip
    before = service.editor.get(service.address).content.decode()
    asked = fields(("all", 0), ("benefits", 1, "includes", ["wohngeld"]))

    shown = service.editor.post(service.address, asked).content.decode()
    saved = service.editor.post(service.address, asked | {"save": "1"})

    assert "warten aufeinander" not in before
    assert "Leistungen warten aufeinander (neu)" in shown
    assert "Kurs verlangt: Sie bekommen: Wohngeld" in shown
    assert saved.status_code == 302
    assert Service.objects.get(pk=service.pk).prerequisites == needs_course
    assert "Leistungen warten aufeinander (war schon so)" in service.editor.get(service.address).content.decode()
