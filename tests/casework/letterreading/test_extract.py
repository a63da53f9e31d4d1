"""Text of an uploaded file: bounded, in memory, and with plain words about what to do when it cannot be read."""

import pytest

from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.letterreading import extract
from tragnetz.casework.letterreading.extract import LARGEST, can_read_photos, text_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60


def pdf_with(text):
    """Return a small PDF, as an office's program writes it."""
    import typst

    return typst.compile(text.encode(), format="pdf")


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_the_text_of_a_pdf_is_read():
    found = text_of(pdf_with("Jobcenter Musterstadt, Datum: 16.11.2026. Änderungsbescheid für die Monate."))

    assert "Änderungsbescheid" in found
    assert "16.11.2026" in found


def test_a_pdf_without_text_says_what_to_do():
    with pytest.raises(CaseworkError, match="nur Bilder"):
        text_of(pdf_with("#rect(width: 2cm, height: 1cm)"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"%PDF-" + b"0" * LARGEST, "zu groß"),
        (b"%PDF-1.7 broken", "lässt sich nicht lesen"),
        (b"PK\x03\x04 a zip", "PDF, JPEG, PNG"),
    ],
)
def test_what_cannot_be_read_is_told(content, words):
    with pytest.raises(CaseworkError, match=words):
        text_of(content)


def test_without_the_program_a_photo_is_refused_with_advice(no_tesseract):
    assert not can_read_photos()
    with pytest.raises(CaseworkError, match="Tippen Sie das Wichtigste ab"):
        text_of(PNG)


def test_a_photo_is_read_by_the_program_when_it_is_there(monkeypatch, tmp_path):
    """A small program in its place: what it gets is the photo, what it prints is the text."""
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\n/bin/cat >/dev/null\necho "Jobcenter Musterstadt, Einladung zum Gespräch ($1 $2 $4)"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert text_of(PNG) == "Jobcenter Musterstadt, Einladung zum Gespräch (stdin stdout deu)\n"


def test_a_program_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec /bin/sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(extract, "SECONDS", 0.2)

    with pytest.raises(CaseworkError, match="zu lange"):
        text_of(PNG)


def test_the_programs_get_nothing_of_our_secrets(monkeypatch):
    monkeypatch.setenv("TRAGNETZ_VAULT_KEYS", "secret")

    assert "TRAGNETZ_VAULT_KEYS" not in extract._environment()
