"""The words of the information sheet for participants (Art. 13 and 14 DSGVO), in German and one more language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from tragnetz.core.texts import choose, spoken_language
from tragnetz.network.models import Organisation, Programme
from tragnetz.reporting.participation.programmes import line_of, terms_of
from tragnetz.reporting.participation.words import legal_basis

GERMAN = "de"


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    )
    return found


def sheet_languages(language: str) -> list[str]:
    """Return in which languages a person gets the sheet: German, which holds, and their own if we have it."""
    wanted = "simple" if language in {"simple", "de-simple"} else language.split("-", maxsplit=1)[0]
    return [GERMAN, wanted] if wanted in _texts() and wanted != GERMAN else [GERMAN]


def sheet_of(programme: Programme, organisation: Organisation, language: str) -> dict[str, Any]:
    """Return the words of the sheet of a project in one language."""
    line, terms = line_of(programme), terms_of(programme)
    basis = legal_basis(terms, organisation.regime)
    spoken = spoken_language(GERMAN if language == "simple" else language)
    given = {
        "project": programme.short_name, "funder": choose(programme.funder, language).text,
        "organisation": organisation.name, "ends": format_date(programme.ends, "long", locale=spoken),
        "years": terms.retention_years or line.retention_years, "basis": basis["monitoring"],
        "sensitive": basis["sensitive"],
    }  # fmt: skip
    return {"language": spoken} | {
        key: [one.format(**given) for one in text] if isinstance(text, list) else text.format(**given)
        for key, text in _texts()[language].items()
    }
