"""The leaflet of an offer: two languages, one sheet, and nothing that betrays who looks for shelter."""

import io
import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.cache import cache
from django.utils.translation import override
from pypdf import PdfReader

from tragnetz.core.clock import today
from tragnetz.directory.models import Authority, Paper, Service
from tragnetz.portal.leaflet.hours import next_exception, usual
from tragnetz.portal.leaflet.sentence import sentence_to_say
from tragnetz.portal.leaflet.words import Tongues

LANGUAGES = ["de", "de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"]
A5 = (419.5, 595.3)
A4 = (595.3, 841.9)


def read(response) -> PdfReader:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def size(reader: PdfReader) -> tuple[float, float]:
    box = reader.pages[0].mediabox
    return (round(float(box.width), 1), round(float(box.height), 1))


def test_leaflet_says_where_what_to_bring_and_what_to_say(client, herne):
    reader = read(client.get("/de/angebote/wohngeld/blatt.pdf"))
    text = text_of(reader)

    assert size(reader) == A5
    assert reader.metadata.title == "Wohngeld"
    for words in (
        "Wohngeldstelle im Rathaus Wanne", "Rathausstraße 6", "Mitbringen", "Mietvertrag", "Frist", "Für wen",
        "Guten Tag. Ich möchte einen Antrag stellen: Wohngeld. Können Sie mir bitte helfen?", "Stand:", "Zu prüfen",
    ):  # fmt: skip
        assert words in text
    assert "wenig Deutsch" not in text


def named(text: str, one: str, other: str, office: str) -> bool:
    """Whether a leaflet names two papers and then their office: papers of a service have no order of their own."""
    return f"{one}, {other}: {office}" in text or f"{other}, {one}: {office}" in text


def test_leaflet_names_the_other_offices_that_give_papers_out(client, herne):
    Paper.objects.filter(services__key="hilfe-zur-pflege").update(authority=None)
    plain = text_of(read(client.get("/de/angebote/hilfe-zur-pflege/blatt.pdf")))
    authority = Authority.objects.get(key="wohngeldstelle")
    Paper.objects.filter(key__in=["vermoegen", "kontoauszuege"]).update(authority=authority)
    cache.clear()

    text = text_of(read(client.get("/de/angebote/hilfe-zur-pflege/blatt.pdf", {"sprache": "en"})))

    assert "Fehlt ein Papier?" not in plain  # of offices elsewhere nobody knows more than their names
    assert "Fehlt ein Papier?" in text
    assert named(
        text, "Kontoauszüge der letzten drei Monate", "Nachweise über Vermögen", "Wohngeldstelle im Rathaus Wanne"
    )
    assert "Is a paper missing?" in text
    assert named(text, "Bank statements of the last three months", "Proof of assets", "")
    own = text_of(read(client.get("/de/angebote/wohngeld/blatt.pdf")))
    assert "Fehlt ein Papier?" not in own  # the office itself gives them out: it stands under "Wo"


def test_leaflet_speaks_the_language_asked_for_and_german(client, herne):
    wohngeld = Service.objects.get(key="wohngeld")
    for page, asked in (("de", "tr"), ("tr", ""), ("tr", "tr"), ("uk", "tr"), ("tr", "../../etc")):
        reader = read(client.get(f"/{page}/angebote/wohngeld/blatt.pdf", {"sprache": asked}))
        text = text_of(reader)

        assert reader.trailer["/Root"]["/Lang"] == "tr"
        assert wohngeld.name["tr"] in text
        assert "Ich möchte einen Antrag stellen: Wohngeld. Ich spreche wenig Deutsch." in text


def test_large_print_is_a4_with_letters_of_twenty_points(client, herne):
    reader = read(client.get("/de/angebote/wohngeld/blatt.pdf", {"druck": "gross", "sprache": "tr"}))
    sizes: dict[float, int] = {}

    def count(text, _matrix, _text_matrix, _font, points):
        sizes[round(points, 1)] = sizes.get(round(points, 1), 0) + len(text.strip())

    reader.pages[0].extract_text(visitor_text=count)
    small = {points for points, letters in sizes.items() if letters and points < 20}

    assert size(reader) == A4
    assert small <= {14.0}  # the line at the foot of the page alone
    assert "Rathausstraße 6" in text_of(reader)


def test_every_service_fits_on_one_sheet_and_is_tagged(client, herne):
    pages = {}
    for number, service in enumerate(Service.objects.order_by("key")):
        # Each service in one language, each language a dozen times: all pairs take a minute and found nothing more.
        language = LANGUAGES[number % len(LANGUAGES)]
        reader = read(client.get(f"/{language}/angebote/{service.key}/blatt.pdf"))
        root = reader.trailer["/Root"]

        assert bool(root["/MarkInfo"]["/Marked"]), service.key
        assert root["/Lang"] == language.removesuffix("-simple"), service.key
        pages[service.key, language] = len(reader.pages)

    assert {key: number for key, number in pages.items() if number > 2} == {}
    assert sum(number == 1 for number in pages.values()) > len(pages) * 0.9


def test_leaflet_of_a_sensitive_offer_betrays_nothing(client, herne):
    services = list(Service.objects.filter(sensitive=True))
    assert "frauenhaus-herne" in {service.key for service in services}

    for service, language, druck in product(services, LANGUAGES, ["", "gross"]):
        response = client.get(f"/{language}/angebote/{service.key}/blatt.pdf", {"druck": druck})
        reader = read(response)
        text = text_of(reader) + reader.metadata.title + response.headers["Content-Disposition"]

        for words in (*service.name.values(), *service.summary.values(), service.key, "Frauenhaus", "Gewalt"):
            assert words not in text, (service.key, language)
        assert "Ich möchte mit jemandem allein sprechen." in text_of(reader)


def test_qr_code_leads_to_the_offer_but_for_a_sensitive_one_to_the_start(client, herne):
    from tragnetz.portal.leaflet.printed import _link

    request = client.get("/tr/").wsgi_request
    links = [_link(request, Service.objects.get(key=key), "tr") for key in ("wohngeld", "frauenhaus-herne")]

    assert links == ["http://testserver/tr/angebote/wohngeld/", "http://testserver/tr/"]


def test_offer_page_has_the_form_and_no_leaflet_without_an_offer(client, herne):
    page = client.get("/de/angebote/wohngeld/").content.decode()

    assert 'action="/de/angebote/wohngeld/blatt.pdf"' in page
    assert client.get("/de/angebote/nix/blatt.pdf").status_code == 404


def test_text_of_an_import_never_becomes_mark_up(client, herne):
    Service.objects.filter(key="wohngeld").update(name={"de": "#set page() *x* $y$ <z>"}, summary={"de": "[#image]"})
    cache.clear()

    text = text_of(read(client.get("/de/angebote/wohngeld/blatt.pdf")))

    assert "#set page() *x* $y$ <z>" in text
    assert "[#image]" in text


@pytest.mark.parametrize(
    ("kind", "contact", "sentence"),
    [
        ("benefit", {}, "Ich möchte einen Antrag stellen: Sache."),
        ("offer", {}, "Ich brauche Hilfe: Sache."),
        ("offer", {"by_appointment": True}, "Ich möchte einen Termin: Sache."),
    ],
)
def test_sentence_follows_from_the_kind_of_help(kind, contact, sentence):
    service = Service(kind=kind, contact=contact, name={"de": "Sache"})

    with override("de"):
        assert (
            sentence_to_say(service, "de", needs_patience=False)
            == f"Guten Tag. {sentence} Können Sie mir bitte helfen?"
        )


def test_hours_on_paper_are_the_usual_ones_and_the_next_exception():
    on = date(2026, 11, 24)
    week = {"days": ["mo"], "opens": "08:00:00", "closes": "12:00:00"}
    over = {**week, "until": "2026-11-01"}
    late, soon = {"from": "2026-12-24", "until": "2026-12-31"}, {**week, "instead": True, "from": "2026-12-07"}
    far = {"from": "2027-07-01"}

    assert usual([over, week, late, soon], on) == [week]
    assert next_exception([week, late, soon, far], on) == soon
    assert next_exception([week, late, far], on + timedelta(days=40)) is None
    assert next_exception([week], on) is None


def test_figures_among_arabic_words_keep_their_order():
    texts = {"de": "Ferien", "ar": "عطلة: 24\u200f/12\u200f/2026 – 1\u200f/1\u200f/2027، هاتف 02323 16-9167."}

    own = Tongues("ar").texts(texts)["own"]

    assert own == "عطلة: \u206624/12/2026 – 1/1/2027\u2069، هاتف \u206602323 16-9167\u2069."


def test_words_that_read_the_same_stand_once():
    same = Tongues("tr").say(lambda _code: "Rathaus 6")
    missing = Tongues("tr").texts({"de": "nur Deutsch"})

    assert same == {"own": "", "german": "Rathaus 6"}
    assert missing == {"own": "", "german": "nur Deutsch"}


def test_hours_and_exception_stand_on_the_leaflet(client, herne):
    row = Service.objects.get(key="bewerbungshilfe")
    day = today(herne.zone) + timedelta(days=10)
    row.hours = [{"days": ["mo"], "opens": "08:00:00", "closes": "12:00:00"}, {"from": f"{day}", "until": f"{day}"}]
    row.save()

    text = text_of(read(client.get("/de/angebote/bewerbungshilfe/blatt.pdf")))

    assert "Mo 08:00–12:00" in text
    assert f"Achtung: geschlossen, {day:%d.%m.%Y}" in text
