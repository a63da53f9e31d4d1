"""CV and letters of application on the own page, as far as they were shared. In German: employers read them."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.career.docx import resume_docx
from tragnetz.casework.career.own import shared_papers
from tragnetz.casework.career.paper import folder_pdf, resume_content, resume_pdf
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.downloads import file_answer
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.own.entry import opened
from tragnetz.portal.own.views import own_view


def _gone(request: NetworkRequest, found: Opened) -> HttpResponse:
    return own_view(request, found, problem=_("Diese Datei gibt es hier nicht mehr."), status=404)


def _file(found: Opened, content: bytes, name: str, kind: str) -> HttpResponse:
    record(found.actor, "own_page:export", found.access, kind=kind)
    return file_answer(content, name, opens=False)


@require_safe
@opened
def resume(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Give the CV as PDF."""
    shared = shared_papers(found).resume
    return _file(found, resume_pdf(shared), "lebenslauf.pdf", "resume") if shared else _gone(request, found)


@require_safe
@opened
def resume_file(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Give the CV for a word processor."""
    shared = shared_papers(found).resume
    if shared is None:
        return _gone(request, found)
    return _file(found, resume_docx(resume_content(shared)), "lebenslauf.docx", "resume")


@require_safe
@opened
def cover(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Give a letter with the CV as one PDF: what is sent to an employer."""
    wanted = request.GET.get("was", "")
    letter = next((one for one in shared_papers(found).letters if str(one.pk) == wanted), None)
    if letter is None:
        return _gone(request, found)
    return _file(found, folder_pdf(letter, request.network), "bewerbung.pdf", "letter")
