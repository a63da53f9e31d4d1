"""The words that an organisation uses in its letters: see, change with a preview, take back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.enums import LetterSender
from tragnetz.casework.letters.access import can_keep_wordings
from tragnetz.casework.letters.book import LetterKind, by_group, kinds
from tragnetz.casework.letters.commands import keep_wording
from tragnetz.casework.letters.drafts import Letterhead, Sheet, example_of, sheet_of
from tragnetz.casework.letters.queries import history_of, own_wordings, wording_in_force
from tragnetz.casework.letters.wording import Wording
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.letters.forms import WordingForm

EXAMPLE = Letterhead(
    "Beispielverein e. V.", "Beratungsnetz", ("Musterweg 1", "44623 Herne"), "02323 000000", "", "Kim Beispiel"
)


@staff(can_keep_wordings)
@require_safe
def wordings(request: NetworkRequest) -> HttpResponse:
    """List the kinds of letters; which of them have words of one's own."""
    own = own_wordings(request.actor)
    rows = [
        (
            name,
            [
                (kind, [(str(sender), sender.label, own.get((kind.key, sender))) for sender in kind.senders])
                for kind in found
            ],
        )
        for name, found in by_group()
    ]
    return render(request, "workspace/letters/wordings.html", {"groups": rows})


@staff(can_keep_wordings)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: NetworkRequest, kind: str, sender: str) -> HttpResponse:
    """Change the words of a kind: look at them with invented data (`look`), keep them (`save`), or `original` ones."""
    found = kinds().get(kind)
    if found is None or sender not in found.senders:
        raise Http404
    history = history_of(request.actor, kind, sender)
    current = wording_in_force(request.actor.organisation_id, found, sender)
    if "original" in request.POST:
        return _keep(request, found, sender, None)
    earlier = _chosen(request, [row.number for row in history])
    row = next((row for row in history if row.number == earlier and not row.is_original), None)
    start = Wording(row.subject, row.text) if row else current
    form = WordingForm(request.POST or None, initial={"subject": start.subject, "text": start.text}, kind=found)
    if "save" in request.POST and form.is_valid():
        return _keep(request, found, sender, form.wording())
    wrong = form.is_bound and not form.is_valid()
    shown = form.wording() if form.is_bound and not wrong else start
    context: dict[str, Any] = {
        "kind": found, "sender": sender, "sender_name": LetterSender(sender).label, "form": form, "history": history,
        "is_own": bool(history) and not history[0].is_original, "earlier": row,
        "sheet": None if wrong else _example(found, sender, shown),
    }  # fmt: skip
    return render(request, "workspace/letters/wording.html", context, status=422 if wrong else 200)


def _example(kind: LetterKind, sender: str, words: Wording) -> Sheet:
    return sheet_of(example_of(kind, sender, words), kind, EXAMPLE)


def _chosen(request: NetworkRequest, numbers: list[int]) -> int | None:
    typed = request.GET.get("fassung", "")
    return next((number for number in numbers if str(number) == typed), None)


def _keep(request: NetworkRequest, kind: LetterKind, sender: str, words: Wording | None) -> HttpResponse:
    try:
        keep_wording(actor=request.actor, kind=kind.key, sender=sender, wording=words, now=now())
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("Gespeichert. Neue Briefe bekommen diesen Wortlaut.") if words else _("Es gilt wieder das Original."),
        )
    return redirect("workspace:letter_wording", kind.key, sender)
