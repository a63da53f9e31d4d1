"""Pages of figures: filters in the address, no name, a constant number of queries."""

import re
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader

from tests.personas import actor_of, client_of
from tests.reporting.conftest import make_case
from tests.reporting.figures import counted_slowly, enter_many
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.core.months import months_later
from tragnetz.directory.gaps import note_gap
from tragnetz.directory.models import Service, Topic
from tragnetz.network.models import District, Organisation, Programme
from tragnetz.referrals.commands import Details, draft_referral, move_referral, send_referral
from tragnetz.referrals.rules import Said
from tragnetz.reporting.models import Participation, Sheet
from tragnetz.reporting.outcomes.filters import Filters

PAGE, GAPS = "/de/arbeit/zahlen/", "/de/arbeit/zahlen/luecken/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def fives(number: int) -> int:
    return number - number % 5


@pytest.fixture
def projects(herne):
    """BQB-Süd and G.U.T., as if they ran for three years up to a year from now."""
    first = today(herne.zone).replace(day=1) - timedelta(days=700)
    Programme.objects.filter(key__in=["bqb-sued", "gut"]).update(
        starts=first, ends=first + timedelta(days=1095), terms={}
    )
    return list(Programme.objects.filter(key__in=["bqb-sued", "gut"]))


@pytest.fixture
def rows(herne, projects):
    return enter_many(actor_of(herne, "counsellor"), [actor_of(herne, "foreign")], projects, people=200, days=690)


@pytest.mark.parametrize("persona", ["counsellor", "colleague", "programme"])
def test_all_see_the_figures_of_the_whole_project(rows, persona):
    page = text_of(client_of(persona).get(PAGE, {"projekt": "bqb-sued.gut"}))
    found = counted_slowly(rows)

    assert f"Personen {fives(found.persons)} " in page
    assert f"Haushalte {fives(found.households)} " in page
    assert f"davon Familien {fives(found.families)} mit {fives(found.children)} Kindern" in page
    assert f"Noch nicht vollständig {fives(found.incomplete)} " in page
    assert f"{fives(found.households)} von 1.300" in page


@pytest.mark.parametrize("months", [1, 13])
def test_a_project_that_is_to_begin_has_an_empty_first_month(herne, months):
    first = months_later(today(herne.zone).replace(day=1), months)
    Programme.objects.filter(key="filou").update(starts=first, ends=months_later(first, 24), terms={})
    client = client_of("programme")

    page = text_of(client.get(PAGE, {"projekt": "filou"}))
    paper = client.get(f"{PAGE}vorlage.pdf", {"projekt": "filou"})

    assert f"letzte 12 Monate {first.year} " in page
    text = " ".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    assert f"Eintritte von {first:%m/%Y} bis {first:%m/%Y}" in re.sub(r"\s+", " ", text)


def test_filters_of_the_address_hold(rows):
    district = District.objects.get(key="wanne")
    page = text_of(client_of("programme").get(PAGE, {"projekt": "gut", "bezirk": "wanne", "thema": "debt"}))
    programme = Programme.objects.get(key="gut")
    alone = [row for row in rows if row.programme_id == programme.pk]
    found = counted_slowly(alone, district_id=district.pk, topic="debt")

    assert found.persons >= 5
    assert f"Personen {fives(found.persons)} " in page
    assert "auf volle Fünfer gerundet" in page
    assert "Für dieses Projekt allein ist kein Ziel bekannt." in page
    assert "Diese Kurve gilt immer für das ganze Projekt" in page


def test_a_few_people_are_no_figure(herne, projects):
    rows = enter_many(actor_of(herne, "counsellor"), [], projects, people=12, seed=3)
    few = [row for row in rows if row.topic == "work" and row.is_countable][:1]
    others = [row for row in rows if row.topic == "work" and row not in few]
    for row in others:
        row.topic = "debt"
        row.save()
    page = text_of(client_of("programme").get(PAGE, {"projekt": "bqb-sued.gut", "thema": "work"}))

    assert "So wenige Personen" in page
    assert "Nach Organisation" not in page


@pytest.mark.parametrize(
    "given",
    [{"projekt": "x", "zeit": "y", "bezirk": "z", "thema": "<", "organisation": "?", "karte": "!"}, {"zeit": "1900"},
     {"zeit": "12", "karte": "anfragen"}],
)  # fmt: skip
def test_unknown_words_in_the_address_mean_all(rows, given):
    response = client_of("programme").get(PAGE, given)

    assert response.status_code == 200
    assert "Wo " in response.content.decode()


def test_queries_do_not_grow_with_the_people(herne, projects, rows):
    client = client_of("programme")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    enter_many(actor_of(herne, "counsellor"), [], projects, people=100, seed=2)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)

    assert len(many) == len(few)


def test_no_name_and_no_counsellor_stands_in_the_page(herne, rows):
    make_case(actor_of(herne, "counsellor"), name="Rosa Zitronenfalter")
    page = client_of("programme").get(PAGE).content.decode() + client_of("programme").get(GAPS).content.decode()

    assert "Zitronenfalter" not in page
    assert "Reuter" not in page
    assert not [row.pseudonym for row in rows if row.pseudonym in page]


def test_the_door_counts_enquiries_of_the_time(herne, projects):
    for number in range(12):
        Enquiry(
            network=herne, organisation_id=actor_of(herne, "counsellor").organisation_id, idempotency_key=new_id().hex,
            channel="phone" if number < 7 else "web", outcome="information", urgency="today" if number < 6 else "normal",
            language="tr" if number < 6 else "de", created_at=now() - timedelta(days=3),
        ).save()  # fmt: skip
    page = text_of(client_of("programme").get(PAGE, {"projekt": "bqb-sued.gut"}))

    assert "Anfragen 10 davon nur mit einer Auskunft: 10" in page
    assert "50 % Anfragen: 5" in page
    assert "Telefon 5 " in page
    assert "Türkisch 5 " in page


def test_the_time_of_a_project_that_ended_long_ago_can_be_looked_at(herne):
    projects = Programme.objects.filter(key__in=["bqb-sued", "gut"])
    projects.update(starts=date(2020, 1, 1), ends=date(2022, 12, 31), terms={})
    rows = enter_many(actor_of(herne, "counsellor"), [], list(projects), people=240)
    page = text_of(client_of("programme").get(PAGE, {"projekt": "bqb-sued.gut", "zeit": "2020"}))

    found = counted_slowly(rows, first=date(2020, 1, 1), last=date(2020, 12, 31))
    assert f"Personen {fives(found.persons)} " in page
    assert "Das Projekt ist zu Ende." in page


def pdf_text(client, **given) -> str:
    response = client.get("/de/arbeit/zahlen/vorlage.pdf", given)
    assert response.content.startswith(b"%PDF")
    pages = PdfReader(BytesIO(response.content)).pages
    assert 1 < len(pages) <= 4
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_paper_for_the_council_tells_the_same_figures(herne, rows):
    found = counted_slowly(rows)
    text = pdf_text(client_of("programme"), projekt="bqb-sued.gut")

    persons, households = fives(found.persons), fives(found.households)
    assert f"Mindestens {persons} Personen aus {households} Haushalten nahmen teil." in text
    assert f"Erreicht: mindestens {households}." in text
    assert "Budget: 3.500.000 Euro" in text
    assert "Erstellt am" in text
    assert "Silke Ahrens" in text
    assert "Quelle zu G.U.T.: caritas-herne.de" in text


def paper_cells(client, **given):
    """Return the figures of all tables of the paper."""
    paper = Document(BytesIO(client.get("/de/arbeit/zahlen/vorlage.docx", given).content))
    return [cell.text for table in paper.tables for row in table.rows[1:] for cell in row.cells[1:]]


def test_two_papers_cannot_be_subtracted(herne, projects, rows):
    """One more person between two papers, and one person in both projects: no figure differs by one."""
    client, counts = client_of("programme"), []
    last = max(rows, key=lambda row: row.entered_on)
    for _paper in range(3):
        counts.append(paper_cells(client, projekt="bqb-sued.gut"))
        last.pk, last.pseudonym, last.request_key, last.family = new_id(), new_id().hex[:14], new_id().hex, new_id()
        last.is_countable = True
        last.save(force_insert=True)
    shown = [[int(one.replace(".", "")) if one != "zu wenige" else 0 for one in paper] for paper in counts]
    apart = {abs(one - other) for before, after in pairwise(shown) for one, other in zip(before, after, strict=True)}

    assert apart <= {0, 5}
    assert all(number % 5 == 0 for paper in shown for number in paper)
    assert sum(number > 0 for number in shown[0]) > 0
    exact = counted_slowly(Participation.objects.all())
    assert exact.persons == counted_slowly(rows).persons + 3  # which two pages of exact figures would tell


def test_a_project_alone_says_where_its_households_count(herne, projects):
    owner = actor_of(herne, "counsellor")
    rows = enter_many(owner, [], projects, people=120, days=600)
    client = client_of("programme")
    alone = Participation.objects.filter(programme__key="gut", is_countable=True).values("family").distinct().count()
    first = counted_slowly(rows, programme_id=Programme.objects.get(key="gut").pk)
    page = text_of(client.get(PAGE, {"projekt": "gut"}))

    assert first.households + first.elsewhere == alone
    assert "haben ein gemeinsames Ziel" in page
    assert f"{fives(first.elsewhere)} weitere Haushalte nehmen auch hier teil und zählen im anderen Projekt." in page
    assert "In den Zahlen für die Förderung zählt ein Haushalt in jedem Projekt" in page
    assert "gemeinsames Ziel" not in text_of(client.get(PAGE, {"projekt": "bqb-sued.gut"}))
    assert "Budget: 3.500.000 Euro, BQB-Süd und G.U.T. zusammen" in text_of(client.get("/de/arbeit/projekte/"))


def test_the_paper_names_no_figure_below_five(herne, projects):
    rows = enter_many(actor_of(herne, "counsellor"), [], projects, people=60, seed=5)
    few = [row for row in rows if row.topic == "work"][3:]
    for row in few:
        row.topic = "debt"
        row.save()
    client = client_of("programme")

    paper = Document(BytesIO(client.get("/de/arbeit/zahlen/vorlage.docx", {"projekt": "bqb-sued.gut"}).content))
    cells = paper_cells(client, projekt="bqb-sued.gut")
    assert "zu wenige" in cells
    assert not [one for one in cells if one.isdigit() and 0 < int(one) < 5]
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert heads == [paper.core_properties.title]
    assert heads[0].endswith("Was mit BQB-Süd und G.U.T. erreicht wurde")


def test_gaps_count_what_failed_because_of_the_help(herne):
    owner = actor_of(herne, "counsellor")
    case = make_case(owner, topic="debt")
    other = Organisation.objects.filter(is_member=True).exclude(pk=owner.organisation_id).first()
    ends = [Said(refusal="no_capacity")] * 6 + [Said(refusal="person_declined")] * 3
    ends += [Said(outcome="no_answer")] * 5 + [Said(outcome="no_show")] * 3
    for number, said in enumerate(ends):
        details = Details("anonymous", "Sucht einen Platz", organisation=other, topic="debt")
        row = draft_referral(actor=owner, case=case, details=details, request_key=str(number), now=now())
        row = send_referral(actor=owner, referral=row, ticked=[], now=now())
        target = "rejected" if said.refusal else "failed"
        move_referral(actor=owner, referral=row, target=target, said=said, now=now())
    for _time in range(3):
        note_gap(actor=owner, typed="Hebamme", language="de", on=today(herne.zone))
    page = text_of(client_of("programme").get(GAPS))

    assert "10 Vermittlungen wurden abgelehnt oder nicht beantwortet" in page
    assert "Kein Platz frei 5 " in page
    assert "Keine Antwort vom Partner 5 " in page
    assert "hebamme de 3 " in page
    assert "Person möchte nicht" not in page


def test_gaps_of_the_directory_are_named(herne):
    slow, ending = Service.objects.order_by("search_name")[:2]
    day = today(herne.zone)
    Service.objects.filter(pk=slow.pk).update(waiting={"weeks": 6, "on": "2026-11-01"})
    Service.objects.filter(pk=ending.pk).update(valid_until=day + timedelta(days=30))
    page = text_of(client_of("colleague").get(GAPS, {"tage": "90"}))

    assert f"{slow.name['de']} 6 01.11.2026" in page
    assert f"{ending.name['de']} {day + timedelta(days=30):%d.%m.%Y}" in page


def test_the_paper_tells_what_helped_of_enough_people(herne, rows):
    tally = {
        "moved|ours|1": 60,
        "moved|ours|0": 30,
        "moved|ours|-1": 10,
        "goal|money|reached": 3,
        "goal|money|dropped": 9,
    }
    Sheet(
        network=herne, subject=f"outcomes:{Filters().key}", made_at=now(), asked_on=today(herne.zone),
        body={"cases": {"||": tally}, "results": {}, "feedback": {}},
    ).save()  # fmt: skip
    text = pdf_text(client_of("programme"), projekt="bqb-sued.gut")

    assert "60 von 100 Haushalten und Erwachsenen mit zwei Einschätzungen geht es besser (60 Prozent;" in text
    assert "Zielen, die zu Ende gingen" not in text  # three are too few


def test_gaps_are_narrowed_by_topic_and_district_in_fives(herne):
    owner = actor_of(herne, "counsellor")
    wanne = District.objects.get(key="wanne")
    for number in range(13):
        Enquiry(
            network=herne, organisation_id=owner.organisation_id, idempotency_key=new_id().hex, channel="phone",
            outcome="information", topic="debt" if number < 8 else "work", district=wanne, created_at=now(),
        ).save()  # fmt: skip
    note_gap(actor=owner, typed="Hebamme", language="de", on=today(herne.zone))
    names = {row.key: row.name["de"] for row in Topic.objects.filter(key__in=["debt", "work"])}
    page = text_of(client_of("programme").get(GAPS, {"thema": "debt", "bezirk": "wanne"}))

    assert f"{names['debt']} 5 " in page
    assert f"{names['work']} 5 " not in page
    assert "Wanne 5 " in page
    assert "auf volle Fünfer gerundet" in page
    assert "Suchen ohne Treffer stehen nur auf der Seite ohne Filter" in page
