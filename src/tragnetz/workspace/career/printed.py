"""CV, letter and both as files. Each leaves an event: what is printed leaves the house."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.career.docx import letter_docx, resume_docx
from tragnetz.casework.career.paper import folder_pdf, letter_content, letter_pdf, resume_content, resume_pdf
from tragnetz.core.downloads import file_answer
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.career.covers import own_letter
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def resume(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Give the CV as PDF."""
    found = own_coaching(request, coaching_id)
    record(request.actor, "career:print", found.case, what="resume")
    return file_answer(resume_pdf(found), "lebenslauf.pdf")


@staff(can_counsel)
@require_safe
def resume_file(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Give the CV for a word processor."""
    found = own_coaching(request, coaching_id)
    record(request.actor, "career:print", found.case, what="resume")
    return file_answer(resume_docx(resume_content(found)), "lebenslauf.docx")


@staff(can_counsel)
@require_safe
def cover(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give a letter as PDF."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="letter")
    return file_answer(letter_pdf(found, request.network), "anschreiben.pdf")


@staff(can_counsel)
@require_safe
def cover_file(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give a letter for a word processor."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="letter")
    return file_answer(letter_docx(letter_content(found, request.network)), "anschreiben.docx")


@staff(can_counsel)
@require_safe
def folder(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Give letter and CV as one PDF."""
    found = own_letter(request, letter_id)
    record(request.actor, "career:print", found.coaching.case, what="folder")
    return file_answer(folder_pdf(found, request.network), "bewerbung.pdf")
