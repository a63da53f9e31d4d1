"""What people say about the help: three answers, no name, no way back to whom they followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_see_feedback, organisation_of, visible_feedback
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Feedback
from tragnetz.casework.models.feedback import QUESTIONS
from tragnetz.network.actors import Actor

LEAST = 5  # answers of fewer people are not shown: they could lead back to somebody
ANSWERS: Mapping[int, object] = {
    4: gettext_lazy("ja"),
    3: gettext_lazy("eher ja"),
    2: gettext_lazy("eher nein"),
    1: gettext_lazy("nein"),
}
WORDS: Mapping[str, Any] = {
    "understood": gettext_lazy("Fühlten Sie sich verstanden?"),
    "better": gettext_lazy("Geht es Ihnen mit Ihrem Anliegen jetzt besser?"),
    "again": gettext_lazy("Würden Sie wieder zu uns kommen?"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how many answered it, and how many gave each answer, the best one first. Hidden: too few."""

    question: object
    people: int
    counts: tuple[tuple[object, int], ...]
    hidden: bool


@transaction.atomic
def give_feedback(*, actor: Actor, answers: Mapping[str, int | None], today: date) -> None:
    """Keep somebody's answers with the month alone; a question may be left out, all three may not.

    The audit event says that answers came and names no row, no case and no answer. Raises CaseworkError.
    """
    if not can_see_feedback(actor):
        raise CaseworkError(_("Das ist hier nicht möglich."))
    given = {name: answers.get(name) for name in QUESTIONS}
    if not set(given.values()) - {None}:
        raise CaseworkError(_("Bitte beantworten Sie mindestens eine Frage."))
    if not set(given.values()) <= {None, *ANSWERS}:
        raise CaseworkError(_("Bitte wählen Sie eine der Antworten."))
    Feedback(
        network=actor.network, organisation_id=organisation_of(actor), month=today.replace(day=1), **given
    ).save()  # fmt: skip
    record(actor, "feedback:give")


def feedback_of_year(actor: Actor, year: int) -> list[Asked]:
    """Return what people answered in a year, for each question; questions with few answers without figures."""
    rows = visible_feedback(actor).filter(month__year=year)
    found = []
    for name in QUESTIONS:
        counts = dict(rows.exclude(**{name: None}).order_by().values_list(name).annotate(number=Count("pk")))
        people = sum(counts.values())
        figures = tuple((word, counts.get(answer, 0)) for answer, word in ANSWERS.items())
        found.append(Asked(WORDS[name], people, figures if people >= LEAST else (), people < LEAST))
    return found
