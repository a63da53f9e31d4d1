"""CV, letter and both as files. Each leaves an event: what is printed leaves the house."""

import uuid

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.career.docx import letter_docx, resume_docx
from tragnetz.casework.career.paper import folder_pdf, letter_content, letter_pdf, resume_content, resume_pdf
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.career.covers import own_letter
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff

_TYPES = {
    "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def _file(content: bytes, name: str) -> HttpResponse:
    ending = name.rpartition(".")[2]
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=ending == "docx", filename=name) or "",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=_TYPES[ending], headers=headers)


@staff(can_counsel)
@require_safe
def resume(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Give the CV as PDF."""
    found = own_coaching(request, coaching_id)
    record(request.actor, "career:print", found.case, what="resume")
    return _file(resume_pdf(found), "lebenslauf.pdf")


@staff(can_counsel)
@require_safe
def resume_file(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Give the CV for a word processor."""
    found = own_coaching(request, coaching_id)
    record(request.actor, "career:print", found.case, what="resume")
    return _file(resume_docx(resume_content(found)), "lebenslauf.docx")


@staff(can_counsel)
@require_safe
def cover(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give a letter as PDF."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="letter")
    return _file(letter_pdf(found, request.network), "anschreiben.pdf")


@staff(can_counsel)
@require_safe
def cover_file(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give a letter for a word processor."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="letter")
    return _file(letter_docx(letter_content(found, request.network)), "anschreiben.docx")


@staff(can_counsel)
@require_safe
def folder(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give letter and CV as one PDF."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="folder")
    return _file(folder_pdf(found, request.network), "bewerbung.pdf")
