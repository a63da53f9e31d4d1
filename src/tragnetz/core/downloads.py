"""A file as an answer.

No browser keeps it: `config.middleware` says so of every answer that says nothing else; the portal's `cached` does.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "ndjson": "application/x-ndjson",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file_answer(content: str | bytes, name: str, *, kind: str = "", opens: bool | None = None) -> HttpResponse:
    """Return a file under a name, of the type of its ending, or of `kind` where somebody else gave the name.

    `opens`: the browser shows it, instead of saving it. Unless said, that is a PDF, which people look at and print.
    """
    ending = name.rpartition(".")[2]
    shown = ending == "pdf" if opens is None else opens
    disposition = content_disposition_header(as_attachment=not shown, filename=name) or ""
    return HttpResponse(content, content_type=kind or TYPES[ending], headers={"Content-Disposition": disposition})


def json_answer(made: Mapping[str, Any], name: str) -> HttpResponse:
    """Return plain data as a file of JSON that people can read, too."""
    return file_answer(json.dumps(made, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder), name)
