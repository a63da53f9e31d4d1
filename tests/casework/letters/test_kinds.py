"""Each kind of letter with its example: the words that leave, nothing left to fill, and the law with its source."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from tragnetz.casework.letters.book import kinds, kinds_for
from tragnetz.casework.letters.drafts import Letterhead, example_of, sheet_of
from tragnetz.casework.letters.paper import as_docx, as_pdf
from tragnetz.casework.letters.wording import used
from tragnetz.deadlines.book import rules

GOLDEN = Path(__file__).parent / "golden"
HEAD = Letterhead(
    "Alpha e. V.", "Netz Testtal", ("Weg 1", "44623 Testtal"), "0221 4710-100", "alpha@example.org", "Ada Test"
)
LETTERS = [(kind.key, str(sender)) for kind in kinds().values() for sender in kind.senders]


def example(key, sender):
    kind = kinds()[key]
    return sheet_of(example_of(kind, sender, kind.wording(sender)), kind, HEAD)


@pytest.mark.parametrize(("key", "sender"), LETTERS)
def test_the_words_of_each_kind_are_as_they_were_read(key, sender):
    """A changed text? Read the new one aloud, then write it into the golden file."""
    sheet = example(key, sender)

    assert sheet.missing == ()
    assert not set("{}[]") & set("".join(sheet.lines))
    assert "\n".join(sheet.lines) + "\n" == (GOLDEN / f"{key}-{sender}.txt").read_text(encoding="utf-8")


def test_each_golden_file_belongs_to_a_letter():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {f"{key}-{sender}" for key, sender in LETTERS}


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_a_kind_uses_its_fields_and_names_its_law(kind):
    asked = {field.key for field in kind.fields} - {"zeichen"}
    words = [kind.wording(sender) for sender in kind.senders]
    named = set[str]().union(*(used(wording) for wording in words))
    conditions = {field for field in asked for wording in words if f" {field}]" in wording.text}

    assert asked <= named | conditions
    assert {rule for rule in kind.rules if rule not in rules()} == set()
    assert kind.sheet or kind.law or kind.key == "cover"
    assert all(law.source.title and law.source.as_of for law in kind.law)


def test_a_letter_of_the_person_shows_nothing_of_the_organisation():
    for key, sender in LETTERS:
        whole = " ".join((*example(key, sender).lines, *example(key, sender).head, example(key, sender).network))
        assert (("Alpha" in whole) or ("Ada Test" in whole)) == (sender == "organisation"), key


def test_a_deadline_offers_the_letters_that_keep_it():
    assert [kind.key for kind in kinds_for("objection")] == ["objection"]
    assert kinds_for("dismissal") == kinds_for("") == []


@pytest.mark.parametrize(("key", "sender"), LETTERS)
def test_pdf_and_word_file_say_the_same_as_the_sheet(key, sender):
    sheet = example(key, sender)
    reader = PdfReader(BytesIO(as_pdf(sheet)))
    printed = "".join("".join(page.extract_text() for page in reader.pages).split())
    made = Document(BytesIO(as_docx(sheet)))
    cells = [cell for row in made.tables[0].rows for cell in row.cells]
    written = "".join([*(cell.text for cell in cells), *(one.text for one in made.paragraphs)])

    with override("de"):
        for line in sheet.lines:
            assert "".join(line.split()) in printed, line
            assert line in written, line


def test_the_pdf_is_tagged_titled_and_in_german():
    reader = PdfReader(BytesIO(as_pdf(example("status", "person"))))
    root = reader.trailer["/Root"]
    tags = set()

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            tags.add(node.get("/S"))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]).startswith("de")
    assert reader.metadata.title.startswith("Stand meines Antrags")
    assert "Alpha" not in str(reader.metadata)
    assert {"/H1", "/P", "/L", "/LI"} <= tags
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_pages_are_numbered_only_in_long_letters():
    kind = kinds()["hearing"]
    draft = example_of(kind, "person", kind.wording("person"))
    long = sheet_of(replace(draft, values={**draft.values, "stellungnahme": "Satz. " * 1200}), kind, HEAD)
    pages = PdfReader(BytesIO(as_pdf(long))).pages

    assert len(pages) == 3
    assert "Seite 2 von 3" in pages[1].extract_text()
    assert "Seite" not in PdfReader(BytesIO(as_pdf(sheet_of(draft, kind, HEAD)))).pages[0].extract_text()


STATUTE = re.compile(r"§+\s*(\d+\w?)(?:[^§;)]{0,30}?)\b(SGB [IVX]+|[A-ZÄÖÜ]\w*[A-Z]\w*)")


def test_every_statute_in_a_letter_stands_below_it_with_source_day_and_mark():
    cited, unmarked = 0, []
    for kind in kinds().values():
        below = {cite for law in kind.law for cite in STATUTE.findall(law.statute)}
        words = [
            words for sender in kind.senders for words in (kind.wording(sender).subject, kind.wording(sender).text)
        ]
        told = {cite for text in (*words, kind.use, *(law.text for law in kind.law)) for cite in STATUTE.findall(text)}
        cited += len(told)
        unmarked += [(kind.key, cite) for cite in told - below]
        unmarked += [(kind.key, law.statute) for law in kind.law if not law.source.as_of or "§" not in law.statute]

    assert unmarked == []
    assert cited >= 5
