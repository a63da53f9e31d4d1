"""One way to make a PDF."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from tragnetz.core.texts import spoken_language

HERE = Path(__file__).parent
RIGHT_TO_LEFT = {"ar", "fa", "he"}


def render_pdf(template: str, data: Mapping[str, object], *, language: str) -> bytes:
    """Return the template filled with data as a tagged PDF/UA-1.

    `template` is a file's name below `templates/`, without its ending. `data` holds strings, numbers, lists and maps;
    the template reads them as values, so no text can become mark-up. `language` is the page's language code, as
    `de-simple` or `ar`: it sets language and direction of the document.
    """
    made = typst.compile(_source(template), pdf_standards="ua-1", **_given(data, language))
    if not isinstance(made, bytes):  # typst gives a list only for formats with one file a page
        raise TypeError(template)
    return made


def render_pictures(template: str, data: Mapping[str, object], *, language: str, ppi: float = 72) -> list[bytes]:
    """Return the same pages as pictures (PNG), to look at before anything is printed."""
    made = typst.compile(_source(template), format="png", ppi=ppi, **_given(data, language))
    return made if isinstance(made, list) else [made]


def pages_of(made: bytes) -> int:
    """Return how many pages a PDF has that we made."""
    from pypdf import PdfReader  # noqa: PLC0415 -- only where a sheet must fit

    return len(PdfReader(io.BytesIO(made)).pages)


def _source(template: str) -> Path:
    return HERE / "templates" / f"{template}.typ"


def _given(data: Mapping[str, object], language: str) -> dict[str, Any]:
    spoken = spoken_language(language)
    known = {**data, "language": spoken, "rtl": spoken in RIGHT_TO_LEFT}
    return {"root": HERE / "templates", "font_paths": _fonts(), "sys_inputs": {"data": json.dumps(known)}}


@cache
def _fonts() -> typst.Fonts:
    # Only our own: the sheet looks the same on every machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
