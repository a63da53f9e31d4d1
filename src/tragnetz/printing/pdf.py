"""One way to make a PDF."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

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
    spoken = spoken_language(language)
    known = {**data, "language": spoken, "rtl": spoken in RIGHT_TO_LEFT}
    made = typst.compile(
        HERE / "templates" / f"{template}.typ",
        root=HERE / "templates",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(known)},
        pdf_standards="ua-1",
    )
    if not isinstance(made, bytes):  # typst gives a list only for formats with one file a page
        raise TypeError(template)
    return made


@cache
def _fonts() -> typst.Fonts:
    # Only our own: the sheet looks the same on every machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
