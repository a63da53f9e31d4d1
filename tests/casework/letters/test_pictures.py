"""The pictures of letters in the docs are of today, and each letter's PDF has the structure that readers need."""

import importlib.util
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.casework.letters.test_kinds import LETTERS, example
from tragnetz.casework.letters.paper import as_pdf

ROOT = Path(__file__).resolve().parents[3]
MOST_BYTES = 600_000
BLOCKS = {"/H1", "/P", "/L", "/Table"}  # what stands on its own in a letter


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("print_letters", ROOT / "tools" / "print_letters.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_each_letter_is_shown_as_it_is_now(tool):
    """Failed? Look at what changed, then `python tools/print_letters.py`."""
    drawn, page = tool.pictures(), tool.PAGE.read_text(encoding="utf-8")
    kept = {path.stem: path.read_bytes() for path in tool.PICTURES.glob("*.png")}

    assert {key: tool.source_of(picture) for key, picture in kept.items()} == {
        key: tool.source_of(picture) for key, (_name, picture) in drawn.items()
    }
    assert tool.printed(page, drawn) == page
    assert sum(map(len, kept.values())) < MOST_BYTES


def test_a_picture_says_from_what_it_was_drawn(tool):
    plain = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"x" * 17 + b"rest"

    marked = tool.marked(plain, "0123456789abcdef")

    assert tool.source_of(plain) == ""
    assert tool.source_of(marked) == "0123456789abcdef"
    assert marked.endswith(b"rest")


def structure(node):
    """Yield the tags of a document in reading order, each with whether it holds something."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from structure(one)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield str(node["/S"]), "/K" in node
        if "/K" in node:
            yield from structure(node["/K"])


@pytest.mark.parametrize(("key", "sender"), LETTERS)
def test_each_letter_is_tagged_in_the_order_in_which_it_is_read(key, sender):
    reader = PdfReader(BytesIO(as_pdf(example(key, sender))))
    root = reader.trailer["/Root"]
    tags = list(structure(root["/StructTreeRoot"]))
    order = [tag for tag, _full in tags]

    assert order.count("/H1") == 1, order
    assert "/P" in order[order.index("/H1") :], "no text after the subject"
    assert [tag for tag, full in tags if tag in BLOCKS and not full] == []
    assert root["/Lang"].startswith("de")
    assert bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata.title
    assert {page.get("/Tabs") for page in reader.pages} == {"/S"}
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
