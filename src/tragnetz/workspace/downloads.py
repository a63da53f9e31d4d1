"""A file as an answer: nothing of it is kept by the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"


def file_answer(content: str | bytes, kind: str, name: str, *, opens: bool = False) -> HttpResponse:
    """Return a file to save under a name; with `opens` the browser shows it, if it can."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=not opens, filename=name) or "",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
