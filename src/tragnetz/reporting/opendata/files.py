"""Published numbers as files: CSV, and JSON with the words of DCAT-AP.de around them. Pure."""

import json
from typing import Any

from tragnetz.core.spreadsheets import Cell, as_csv, harmless
from tragnetz.reporting.opendata.counts import DIMENSIONS
from tragnetz.reporting.opendata.models import Edition
from tragnetz.reporting.statistics import FIVE, TOTAL

LICENCE = "https://www.govdata.de/dl-de/by-2-0"
LICENCE_ID = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
ALL = "alle"  # in a file: the sum over a dimension


def open_csv(edition: Edition) -> str:
    """Return all cells: one line each; an empty number is none to four."""
    rows: list[list[Cell]] = [["jahr", *DIMENSIONS[edition.dataset], "anzahl"]]
    rows += [[edition.year, *_named(key), number] for *key, number in edition.cells]
    return as_csv(rows, marked=False)


def open_json(edition: Edition, *, publisher: str, address: str, title: str, told: str) -> str:
    """Return the same with what a data portal asks for."""
    names = DIMENSIONS[edition.dataset]
    data: list[dict[str, Any]] = [
        dict(zip(names, _named(key), strict=True)) | {"anzahl": number} for *key, number in edition.cells
    ]
    document = {
        "@context": "http://www.w3.org/ns/dcat#", "@type": "Dataset", "title": title, "description": told,
        "publisher": publisher, "license": LICENCE_ID, "attributionByText": publisher, "landingPage": address,
        "issued": edition.made_at.date().isoformat(), "language": "de",
        "temporal": {"startDate": f"{edition.year}-01-01", "endDate": f"{edition.year}-12-31"},
        "roundedDownTo": FIVE, "data": data,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1)


def _named(key: list[str]) -> list[str]:
    return [ALL if name == TOTAL else harmless(name) for name in key]
