"""The pages of messages. Whoever opens a list leaves an event; each deed leaves one, too."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.lines.queries import lines
from tragnetz.audit.commands import record
from tragnetz.clients.access import unrestricted_messages, visible_contacts
from tragnetz.clients.commands import change_contact
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.messaging import queries, settling
from tragnetz.messaging.access import can_handle, visible_messages
from tragnetz.messaging.enums import CallOutcome
from tragnetz.messaging.letters import letters_pdf
from tragnetz.messaging.models import Message
from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.back import came_from
from tragnetz.workspace.entry import staff
from tragnetz.workspace.messages.forms import ContactForm
from tragnetz.workspace.messages.rows import rows_of, script

PAGE = 50
# Page, name, and what stands on it.
TABS: tuple[tuple[str, object, Callable[[Actor], QuerySet[Message]]], ...] = (
    ("messages", gettext_lazy("Wartet"), queries.waiting),
    ("message_letters", gettext_lazy("Briefe"), lambda actor: queries.letters(actor, now())),
    ("message_calls", gettext_lazy("Anrufe"), lambda actor: queries.calls(actor, now())),
    ("message_problems", gettext_lazy("Probleme"), lambda actor: queries.problems(actor, now())),
    ("messages_sent", gettext_lazy("Gesendet"), lambda actor: queries.sent(actor, now())),
)


def _page(request: NetworkRequest, name: str) -> HttpResponse:
    lists = {tab: unrestricted_messages(request.actor, of(request.actor)) for tab, _label, of in TABS}
    page = Paginator(lists[name], PAGE).get_page(request.GET.get("seite"))
    rows = rows_of(request.actor, page.object_list, now())
    record(request.actor, "messages:read", None, page=name, rows=len(rows))
    context = {
        "tabs": [(f"workspace:{tab}", label, lists[tab].count()) for tab, label, _of in TABS],
        "page": page,
        "rows": rows,
        "lines": lines(request.network, now()),
        "scripts": [(row, script(request.actor, row)) for row in rows] if name == "message_calls" else [],
        "outcomes": CallOutcome.choices,
    }
    return render(request, f"workspace/messages/{name}.html", context)


@staff(can_handle)
@require_safe
def waiting(request: NetworkRequest) -> HttpResponse:
    """List what leaves by itself."""
    return _page(request, "messages")


@staff(can_handle)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: NetworkRequest) -> HttpResponse:
    """List letters; print those chosen, or say that they are in the post."""
    if request.method != "POST":
        return _page(request, "message_letters")
    ids = _ids(request)
    if "print" in request.POST:
        return _printed(request, ids)
    count = settling.mark_posted(actor=request.actor, ids=ids, now=now())
    text = ngettext(
        "%(count)d Brief ist als eingeworfen vermerkt.", "%(count)d Briefe sind als eingeworfen vermerkt.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("workspace:message_letters")


def _ids(request: HttpRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(typed) for typed in request.POST.getlist("letter")]
    except ValueError as error:
        raise Http404 from error


def _printed(request: NetworkRequest, ids: list[uuid.UUID]) -> HttpResponse:
    chosen = settling.take_letters(actor=request.actor, ids=ids, now=now())
    if not chosen:
        messages.error(request, _("Bitte wählen Sie mindestens einen Brief."))
        return redirect("workspace:message_letters")
    made = letters_pdf(request.network, chosen, today(request.network.zone))
    return file_answer(made, "briefe.pdf")


@staff(can_handle)
@require_safe
def calls(request: NetworkRequest) -> HttpResponse:
    """List the calls to make, with what may be said."""
    return _page(request, "message_calls")


@staff(can_handle)
@require_safe
def problems(request: NetworkRequest) -> HttpResponse:
    """List what did not arrive, or perhaps not."""
    return _page(request, "message_problems")


@staff(can_handle)
@require_safe
def sent(request: NetworkRequest) -> HttpResponse:
    """List what went out in the last days."""
    return _page(request, "messages_sent")


@staff(can_handle)
@require_POST
def settle(request: NetworkRequest, message_id: uuid.UUID) -> HttpResponse:
    """Do one thing with one message, and go back to the list."""
    found = unrestricted_messages(request.actor, visible_messages(request.actor)).filter(pk=message_id).first()
    if found is None:
        raise Http404
    doing = request.POST.get("do", "")
    try:
        page = _do(request, found, doing)
    except TragnetzError as error:
        messages.error(request, str(error))
        page = request.POST.get("page", "") if request.POST.get("page") in {tab for tab, _l, _o in TABS} else "messages"
    return redirect(f"workspace:{page}")


def _do(request: NetworkRequest, message: Message, doing: str) -> str:
    """Do it; returns the page it was done on."""
    actor, key = request.actor, message.pk
    match doing:
        case "claim":
            settling.claim_call(actor=actor, message_id=key, now=now())
            return "message_calls"
        case "back":
            settling.take_back(actor=actor, message_id=key)
            messages.success(request, _("Die Nachricht geht nicht hinaus."))
            return "messages"
        case "arrived":
            settling.arrived(actor=actor, message_id=key, now=now())
            messages.success(request, _("Notiert: Die Nachricht ist angekommen."))
        case "again":
            settling.send_again(actor=actor, message_id=key, now=now())
            messages.success(request, _("Die Nachricht geht noch einmal hinaus."))
        case "aside":
            settling.put_aside(actor=actor, message_id=key)
            messages.success(request, _("Das Problem ist erledigt."))
        case _ if doing in CallOutcome.values:
            if doing == CallOutcome.VOICEMAIL and not _may_speak_on_voicemail(actor, message):
                raise Http404
            settling.finish_call(actor=actor, message_id=key, outcome=CallOutcome(doing), now=now())
            messages.success(request, _("Notiert: %s.") % CallOutcome(doing).label)
            return "message_calls"
        case _:
            raise Http404
    return "message_problems"


def _may_speak_on_voicemail(actor: Actor, message: Message) -> bool:
    (row,) = rows_of(actor, [message], now())
    return row.contact is not None and row.contact.may_voicemail


@staff(can_handle)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: NetworkRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Show and change how somebody is reached; what waits takes the new way."""
    found, back = visible_contacts(request.actor).filter(pk=contact_id).first(), came_from(request)
    if found is None:
        raise Http404
    if request.method != "POST":
        record(request.actor, "contact:read", found)
        context = {"form": ContactForm.of(found), "contact": found, "back": back}
        return render(request, "workspace/messages/contact.html", context)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            moved = change_contact(actor=request.actor, contact=found, details=form.details())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            text = ngettext(
                "Gespeichert. %(count)d wartende Nachricht nimmt jetzt einen anderen Weg.",
                "Gespeichert. %(count)d wartende Nachrichten nehmen jetzt einen anderen Weg.",
                moved,
            )
            messages.success(request, text % {"count": moved} if moved else _("Der Kontakt ist gespeichert."))
            return redirect(back) if back else redirect("workspace:safe_contact", contact_id)
    context = {"form": form, "contact": found, "back": back}
    return render(request, "workspace/messages/contact.html", context, status=422)
