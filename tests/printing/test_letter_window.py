"""Letters and the window of their envelope (DIN 5008, form B, by our reading): whatever an address is, it is seen whole."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tragnetz.printing.letters import Paragraph, PrintedLetter, letters_pdf
from tragnetz.printing.pdf import render_pdf

A4, INCH, POINTS = 841.89, 25.4, 72
WINDOW = (62.7, 90.0)  # millimetres from the top: where the lines of an address are seen
SHORT = ("Jobcenter Herne", "Bebelstraße 24", "44623 Herne")
SIX = ("Stadt Herne", "Fachbereich Soziales", "Frau Özlem Groß", "Postfach 10 18 20", "Eingang B", "44621 Herne")
LONG = (
    "Jobcenter der Stadt Herne und des Landkreises",
    "Leistungsabteilung, Team 214, Arbeitsvermittlung Süd-Ost",
    "Frau Anna-Katharina Müller-Lüdenscheidt-Großmannsdörfer",
    "Landgrafenstraße 29 bis 33, Eingang B",
    "Postfach 10 20 30",
    "44652 Herne",
)


def lines_of(letter):
    """Return what stands on a letter's first page."""
    return lines_in(letters_pdf([letter], title="Brief", author=""))


def lines_in(pdf):
    """Return what stands on the first page: (millimetres from the top to the baseline, from the left, size, words)."""
    found = []

    def keep(text, cm, tm, _font, size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(((A4 - y) / POINTS * INCH, x / POINTS * INCH, size, text.strip()))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=keep)
    return found


def letter(address, **more):
    given = {
        "sender": "Maria Muster · Beispielweg 3 · 44623 Herne", "address": address, "subject": "Widerspruch",
        "body": (Paragraph(("Text",)),), "info": (("Datum", "24. November 2026"),),
    }  # fmt: skip
    return PrintedLetter(**(given | more))


@pytest.mark.parametrize("address", [SHORT, SIX, LONG], ids=["short", "six", "long"])
def test_an_address_is_seen_whole_in_the_window(address):
    found = lines_of(letter(address))
    lines = [row for row in found if any(row[3] in one for one in address)]

    assert len(lines) >= len(address)
    assert all(WINDOW[0] <= top <= WINDOW[1] - 1 for top, _left, _size, _text in lines)
    assert all(left == pytest.approx(25, abs=0.2) for _top, left, _size, _text in lines)
    assert next(row[0] for row in found if row[3] == "Widerspruch") > WINDOW[1] + 8


def test_a_usual_address_stays_in_the_size_of_the_letter():
    assert {row[2] for row in lines_of(letter(SHORT)) if row[3] in SHORT} == {11}


def test_an_address_that_fits_in_no_size_pushes_the_subject_down():
    found = lines_of(letter((*LONG, *LONG)))
    last = max(row[0] for row in found if row[3] == "44652 Herne")

    assert next(row[0] for row in found if row[3] == "Widerspruch") > last + 5


def test_the_line_of_the_sender_stays_one_line():
    sender = "Maria-Magdalena Wojciechowska-Schneider · Bebelstraße 123a · 44623 Herne"

    found = [row for row in lines_of(letter(SHORT, sender=sender)) if row[3].startswith("Maria")]

    assert [row[3] for row in found] == [sender]
    assert 5.5 <= found[0][2] < 7


def test_the_address_of_an_application_is_seen_whole_in_the_window():
    letter = {
        "sender": {"name": "Özlem Groß", "address": ["Weg 1", "44623 Herne"], "phone": "0170 1", "email": ""},
        "receiver": list(LONG), "date": "Herne, 29. November 2026", "subject": "Bewerbung", "salutation": "Guten Tag,",
        "body": [["Text"]], "greeting": "Mit freundlichen Grüßen", "enclosures": [], "colour": "#0f5b57",
    }  # fmt: skip
    found = lines_in(
        render_pdf("career", {"title": "x", "author": "y", "letter": letter, "resume": None}, language="de")
    )

    lines = [row[0] for row in found if any(row[3] in one for one in LONG)]
    assert len(lines) >= len(LONG)
    assert all(WINDOW[0] <= top <= WINDOW[1] - 1 for top in lines)
    assert next(row[0] for row in found if row[3] == "Bewerbung") > WINDOW[1]
