"""The agreement on paper: goals and steps in plain words, for both to sign."""

import uuid

from babel.dates import format_date
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.goals.queries import agreed_with
from tragnetz.casework.models import Step
from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose, spoken_language
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def agreement(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give the agreement of a household, or with `wer` that of one adult: nobody else's own goals stand in it.

    The words around the texts are in the person's language where the site speaks it, else in German.
    """
    view = case_of(request, case_id)
    wanted = request.GET.get("wer", "")
    person = view.person(wanted)
    if wanted and person is None:
        raise Http404
    parts = [compartment_of(view.case)] if person is None else [compartment_of(view.case, person)]
    goals, alone = agreed_with(view.case, parts)
    record(request.actor, "agreement:print", view.case, goals=len(goals), steps=len(alone))
    contact = view.case.contact
    language = contact.language if contact and contact.language in dict(settings.LANGUAGES) else "de"
    day = today(request.network.zone)
    with override(language):
        locale = spoken_language(language)

        def step(row: Step) -> dict[str, str]:
            due = format_date(row.due_on, "long", locale=locale) if row.due_on else ""
            return {"text": row.text, "who": str(row.get_owner_display()), "due": due}

        data = {
            "title": _("Unsere Vereinbarung"),
            "network": choose(request.network.name, language).text,
            "name": person.name if person else (contact.name if contact else ""),
            "date": format_date(day, "long", locale=locale),
            "intro": _("Das haben wir zusammen besprochen. Sie können jederzeit etwas ändern oder aufhören."),
            "goals": [
                {
                    "what": goal.what, "sign": goal.sign, "due": format_date(goal.due_on, "long", locale=locale),
                    "review": format_date(goal.review_on, "long", locale=locale) if goal.review_on else "",
                    "steps": [step(row) for row in goal.steps.all()],
                }
                for goal in goals
            ],
            "alone": [step(row) for row in alone],
            "nothing": _("Noch ist nichts vereinbart."),
            "words": {
                "goal": _("Ziel"), "sign": _("Daran merken wir es"), "due": _("Bis wann?"),
                "review": _("Wir schauen wieder am"), "step": _("Schritt"), "who": _("Wer?"),
                "more": _("Das steht außerdem an"), "person": _("Unterschrift"), "counsellor": _("Beratung"),
            },
            "counsellor": str(view.case.counsellor.user),
        }  # fmt: skip
        content = render_pdf("agreement", data, language=language)
    return file_answer(content, "vereinbarung.pdf")
