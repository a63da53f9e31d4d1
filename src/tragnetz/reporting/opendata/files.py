"""Published numbers as files: CSV, and JSON with the words of DCAT-AP.de around them. Pure."""

import csv
import json
from io import StringIO
from typing import Any

from tragnetz.core.spreadsheets import harmless
from tragnetz.reporting.opendata.counts import DIMENSIONS
from tragnetz.reporting.opendata.models import Edition
from tragnetz.reporting.statistics import OUTSIDE, TOTAL

LICENCE = "https://www.govdata.de/dl-de/by-2-0"
LICENCE_ID = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
ALL = "alle"  # in a file: the sum over a dimension


def open_csv(edition: Edition) -> str:
    """Return all cells: one line each; an empty number is hidden."""
    output = StringIO()
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow(["jahr", *DIMENSIONS[edition.dataset], "anzahl"])
    for *key, number in edition.cells:
        writer.writerow([edition.year, *_named(key), "" if number is None else number])
    return output.getvalue()


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
        "hiddenBelow": OUTSIDE, "data": data,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1)


def _named(key: list[str]) -> list[str]:
    return [ALL if name == TOTAL else harmless(name) for name in key]
