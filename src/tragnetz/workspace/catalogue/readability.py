"""Tell while somebody types how easy the text is to read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tragnetz.directory.access import can_edit
from tragnetz.directory.readability import TARGET, HintKind, Readability, read
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff

LONGEST = 20_000  # characters: a book is no text of an offer
MOST_HINTS = 12
WORDS = {
    HintKind.LONG_SENTENCE: _("Langer Satz. Machen Sie zwei daraus."),
    HintKind.LONG_WORD: _("Langes Wort. Gibt es ein kürzeres?"),
    HintKind.PASSIVE: _("Wer tut es? Schreiben Sie, wer handelt."),
    HintKind.NOMINAL: _("Viele Hauptwörter. Nehmen Sie Tunwörter."),
    HintKind.ABBREVIATION: _("Abkürzung. Schreiben Sie es aus."),
    HintKind.MAN: _("„man“ ist ungenau. Schreiben Sie „Sie“."),
    HintKind.OFFICIALESE: _("Amtswort. Einfacher geht es so."),
}


def told(text: str) -> dict[str, object]:
    """Return what the partial `workspace/catalogue/readability.html` shows for a text."""
    found: Readability = read(text[:LONGEST])
    hints = [(hint, WORDS[hint.kind]) for hint in found.hints[:MOST_HINTS]]
    return {"found": found, "hints": hints, "more": len(found.hints) - len(hints), "target": TARGET}


@staff(can_edit)
@require_POST
def readability(request: NetworkRequest) -> HttpResponse:
    """Return the figures and hints for a text, as a part of a page."""
    name = request.POST.get("field", "text")
    return render(request, "workspace/catalogue/readability.html", told(request.POST.get(name, "")))
