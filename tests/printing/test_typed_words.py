"""What somebody typed is data for the typesetter: it computes nothing, reads no file, and changes no page."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.printing.test_letter_window import letter
from tragnetz.printing.letters import Paragraph, letters_pdf

TYPED = (
    '#read("/etc/passwd")', '#image("../../../etc/hostname")', '#eval("1+1")', "#(7 * 7)", "$ 7 dot 7 $", "#set page(width: 1cm)",
    "= Überschrift", "*fett* _schräg_", "@alle", "<marke>", "`roh`", '#import "@preview/x:1.0.0"', "\\ // /* */ ~ --- ...",
    "#pagebreak()",
    "]#text(red)[x", '") #panic("',
)  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_stands_there_as_it_was_typed(typed):
    content = letters_pdf(
        [letter(("Amt", "Weg 1", "44623 Herne"), subject=typed, body=(Paragraph((typed,)),))], title="Brief", author=""
    )

    reader = PdfReader(BytesIO(content))
    words = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert words.count(" ".join(typed.split())) == 2
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
