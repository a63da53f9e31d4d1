"""The take-along sheet: as page, as PDF, with its QR code; and what it does not keep."""

import io
import re

import pytest
from pypdf import PdfReader

from tragnetz.clients.models import Takeaway
from tragnetz.directory.models import Authority, Paper, Situation

ANSWERS = {
    "situations": ["cannot-pay-rent"], "age": "34", "children": "2", "housing": "rent", "address": "Hauptstr. 5",
}  # fmt: skip


def text_of_pdf(response) -> str:
    reader = PdfReader(io.BytesIO(response.content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_pdf_without_code_keeps_nothing(client, herne):
    response = client.post("/de/merkzettel.pdf", ANSWERS)
    text = text_of_pdf(response)

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Ihr Merkzettel" in text
    assert "Ich kann die Miete nicht zahlen" in text
    assert "Hilfe bei Mietschulden" in text
    assert "Mietvertrag" in text
    assert "02325 969-1570" in text
    assert "Mo–Fr 08:00–15:00" in text
    assert Takeaway.objects.count() == 0


def test_each_paper_says_where_this_household_gets_it(client, auental_city):
    Paper.objects.filter(key="meldebescheinigung").update(authority=Authority.objects.get(key="wohngeldstelle"))
    situation = Situation.objects.filter(services__contains=["grundsicherungsgeld"]).first()
    answers = {"situations": [situation.key], "age": "34", "address": "Lange Straße 12"}

    upper = text_of_pdf(client.post("/de/merkzettel.pdf", answers | {"address": "Schlossgasse 1"}))
    lower = text_of_pdf(client.post("/de/merkzettel.pdf", answers))

    assert "Meldebescheinigung Wohngeld-Außenstelle am Hafen" in lower
    assert "Meldebescheinigung Wohngeldstelle im Rathaus Schlossgasse 1, Auental 0221 4710-250" in upper
    assert "Mietvertrag Vermieter oder Vermieterin" in lower


def test_the_page_says_where_one_gets_each_paper_too(client, auental_city):
    Paper.objects.filter(key="meldebescheinigung").update(authority=Authority.objects.get(key="wohngeldstelle"))
    situation = Situation.objects.filter(services__contains=["grundsicherungsgeld"]).first()

    page = client.post("/de/mitnehmen/", {"situations": [situation.key], "address": "Schlossgasse 1"}).content.decode()

    papers = re.search(r"Diese Papiere brauchen Sie</h2>(.*?)</section>", re.sub(r"\s+", " ", page))[1]
    assert "Meldebescheinigung <br><small>Gibt es bei: Wohngeldstelle im Rathaus, Schlossgasse 1, Auental" in papers
    assert "Vermieter oder Vermieterin" in papers


@pytest.mark.parametrize("sent", [None, {"code": "K7M4-9XQ2-PD3A"}, {"code": "K7M4-9XQ2-PD3A", "forget": "1"}])
def test_who_has_no_code_finds_a_number_to_call(client, herne, sent):
    response = client.get("/de/mein-code/") if sent is None else client.post("/de/mein-code/", sent)

    assert "02325 969-1570" in response.content.decode()


def test_pdf_with_code_shows_the_code(client, herne):
    page = client.post("/de/mitnehmen/", ANSWERS).content.decode()
    code = re.search(r"<bdi>([A-Z0-9-]{14})</bdi>", page)[1]
    response = client.post("/de/merkzettel.pdf", {"code": code.lower()})

    assert code in text_of_pdf(response)
    assert "Haben Sie Kinder" not in text_of_pdf(response)


@pytest.mark.parametrize("language", ["de", "de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"])
def test_pdf_is_tagged_and_speaks_the_language(client, herne, language):
    reader = PdfReader(io.BytesIO(client.post(f"/{language}/merkzettel.pdf", ANSWERS).content))
    root = reader.trailer["/Root"]

    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == language.removesuffix("-simple")
    assert reader.metadata.title
    assert len(reader.pages) <= 4


@pytest.mark.parametrize("typed", ["#set page()", "*fett* _kursiv_ $x$ @ref <label>", '\\ #image("x")', "مرحبا 12"])
def test_text_of_a_person_never_becomes_mark_up(typed):
    from tragnetz.printing.pdf import render_pdf

    nothing = {"title": "Papiere", "items": []}
    data = {
        "title": "T", "network": "N", "date": "D", "intro": typed, "disclaimer": "D", "code": None, "groups": [],
        "answers": {"title": "A", "items": [typed]}, "papers": nothing, "lines": nothing,
    }  # fmt: skip
    text = PdfReader(io.BytesIO(render_pdf("sheet", data, language="de"))).pages[0].extract_text()

    letters = [sign for sign in typed if sign.isascii() and not sign.isspace()]
    assert "".join(letters) in "".join(text.split())


def test_pdf_names_an_unknown_code_and_a_wrong_answer(client, herne):
    unknown = client.post("/de/merkzettel.pdf", {"code": "AAAA-BBBB-CCCC"})
    wrong = client.post("/de/merkzettel.pdf", {**ANSWERS, "age": "alt"})

    assert (unknown.status_code, wrong.status_code) == (422, 422)
    assert "Diesen Code gibt es nicht" in unknown.content.decode()
    assert 'value="alt"' in wrong.content.decode()
    assert client.get("/de/merkzettel.pdf").status_code == 302


def test_code_stands_behind_the_hash_of_the_qr_code_and_in_no_address(client, herne, settings):
    from tragnetz.portal.takeaway.printed import code_link

    page = client.post("/de/mitnehmen/", ANSWERS)
    code = re.search(r"<bdi>([A-Z0-9-]{14})</bdi>", page.content.decode())[1]

    assert code_link(page.wsgi_request, code) == f"http://testserver/de/mein-code/#{code}"
    assert "<svg" in page.content.decode()
    assert "style=" not in re.search(r"<svg.*?</svg>", page.content.decode(), re.DOTALL)[0]
