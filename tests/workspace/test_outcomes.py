"""The page of what came of the help: figures with their n, narrowed by the address, and on paper."""

import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.personas import client_of
from tests.reporting.outcomes.conftest import told_city  # noqa: F401 -- the same city
from tragnetz.casework.models import Case, Note
from tragnetz.core.clock import now
from tragnetz.network.models import Membership
from tragnetz.reporting.outcomes.filters import Filters
from tragnetz.reporting.outcomes.tally import count, whole_of
from tragnetz.workspace.outcomes.views import PARTS

pytestmark = pytest.mark.django_db
PAGE = "/de/arbeit/zahlen/wirkung/"


def words(persona: str, address: str = "", part: str = "") -> str:
    answer = client_of(persona).get(f"{PAGE}{part}{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_of_how_many_its_figures_are(told_city):  # noqa: F811
    tally = whole_of(count(told_city, Filters(), now()))
    page, first = words("programme", part="lebenslagen/"), words("programme")

    assert (
        f"Von {tally['case'] // 5 * 5} Fällen, die in dieser Zeit liefen, haben {tally['rated|t'] // 5 * 5} zwei "
        "Einschätzungen" in page
    )
    better, people = tally["moved|ours|1"], sum(tally[f"moved|ours|{way}"] for way in (1, 0, -1))
    assert f"{better // 5 * 5} von {people // 5 * 5}" in first
    assert "Rückkehr zur Mitte" in page


@pytest.mark.parametrize(("key", "titles"), [(key, names) for key, (_label, names) in PARTS.items()])
def test_each_part_has_its_address_and_keeps_the_filters(told_city, key, titles):  # noqa: F811
    page = words("counsellor", f"?bezirk=wanne&jahr={now().year - 1}", f"{key}/")

    assert [title for title in titles if f'<section id="{title}"' not in page] == []
    assert f'/zahlen/wirkung/{key}/?bezirk=wanne&amp;jahr={now().year - 1}&amp;nach=bezirk" aria-current="page"' in page
    assert page.count("<section") == len(titles)


def test_no_other_part_is_there(told_city):  # noqa: F811
    assert client_of("programme").get(f"{PAGE}namen/").status_code == 404


def test_filters_stand_in_the_address(told_city):  # noqa: F811
    last = now().year - 1
    tally = whole_of(count(told_city, Filters(district="wanne", year=last), now()))
    address = f"?bezirk=wanne&jahr={last}&nach=thema"
    page = words("counsellor", address, "lebenslagen/")

    assert f"Wanne, 1. Januar {last} bis 31. Dezember {last}" in page
    assert f"Von {tally['case'] // 5 * 5} Fällen" in page
    assert "auf volle 5 gerundet" in page
    assert "Vergleich: Thema" in words("counsellor", address, "vergleich/")
    assert "Alle Fälle des Netzes" in words("counsellor", "?bezirk=nirgends&jahr=1812&quartal=9&nach=name")


def test_neither_names_nor_notes_nor_counsellors_stand_on_the_page(told_city):  # noqa: F811
    case = Case.objects.select_related("contact").filter(state="open").first()
    assert case.contact.name  # who works on the case sees it
    counsellors = Membership.objects.filter(roles__contains=["counsellor"]).select_related("user")
    names = {row.user.last_name for row in counsellors}
    page = "".join(words("programme", "?nach=organisation", f"{part}/") for part in PARTS)
    shown = words("counsellor", "?nach=organisation")

    assert Note.objects.exists()
    assert case.contact.name not in page + shown
    assert not [name for name in names if name in page]


def test_waits_are_for_those_who_see_waits(told_city):  # noqa: F811
    assert 'id="wartezeiten"' in words("programme")
    assert 'id="wartezeiten"' not in words("colleague")
    assert "nicht für mehreres zugleich" in words("programme", "?bezirk=wanne&thema=debt")


def test_an_empty_choice_says_so(herne):
    assert "so wenige Fälle" in words("counsellor", part="antraege/")
    assert "so wenige Fälle" in words("counsellor", "?bezirk=wanne", "antraege/")


def test_an_organisation_of_two_counsellors_is_no_group(told_city):  # noqa: F811
    large = Membership.objects.filter(roles__contains=["counsellor"], organisation__key="caritas")
    Membership.objects.filter(roles__contains=["counsellor"]).exclude(organisation__key="caritas").update(
        roles=["intake"]
    )
    assert large.count() > 2
    page = words("programme", "?nach=organisation&organisation=caritas", "vergleich/")
    assert "Vergleich: Organisation" in page
    assert '<option value="caritas" selected>' in page

    large.filter(pk__in=large.values("pk")[2:]).update(ended_on=now().date())
    page = words("programme", "?nach=organisation&organisation=caritas", "vergleich/")

    assert "Vergleich: Organisation" not in page
    assert '<option value="caritas"' not in page


def test_the_pdf_says_the_same_and_is_tagged(told_city):  # noqa: F811
    answer = client_of("programme").get(PAGE + "wirkung.pdf?bezirk=wanne")
    pdf = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in pdf.pages)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Wanne, bis" in text
    assert "Unterschied kann Zufall sein" in text or "zu wenige für einen Vergleich" in text


def test_a_choice_of_few_cases_is_a_paper_without_figures(herne):
    answer = client_of("programme").get(PAGE + "wirkung.pdf?bezirk=wanne")
    assert "So wenige Fälle" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("quarter", "said"),
    [("1", "1. Januar 2027 bis 2. Januar 2027"), ("4", "ab 1. Oktober 2027, noch nicht begonnen")],
)
def test_a_time_that_is_to_come_is_said_to_be(herne, monkeypatch, quarter, said):
    monkeypatch.setattr("tragnetz.workspace.outcomes.views.now", lambda: datetime(2027, 1, 2, 12, tzinfo=UTC))

    assert said in client_of("programme").get(f"{PAGE}?jahr=2027&quartal={quarter}").content.decode()


def test_the_page_costs_the_same_queries_whatever_is_chosen(told_city):  # noqa: F811
    client, narrow = client_of("programme"), f"{PAGE}?thema=care&jahr={now().year}&quartal=1"
    client.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    with CaptureQueriesContext(connection) as counted:
        client.get(narrow)
    with CaptureQueriesContext(connection) as few:
        client.get(narrow)

    assert len(many) <= 45
    assert abs(len(few) - len(many)) <= 4  # names of benefits that there are none of are not asked for
    assert len(counted) <= len(few) + 10
