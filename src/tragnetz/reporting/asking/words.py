"""Where a question stands, in words for staff."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from tragnetz.reporting.asking.enums import State
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.enums import Moment


def status(question: OwnQuestion, *, why: bool = False) -> str:
    """Return where a question stands. `why` it is not asked, those who work on the case see alone."""
    found = {State.ASKED: _asked, State.TO_CALL: _to_call}.get(State(question.state))
    words = found(question) if found else str(State(question.state).label)
    if question.state == State.ANSWERED and question.ended_on:
        words = _("hat am %s selbst geantwortet") % _day(question.ended_on)
    if question.state == State.STOPPED and why:
        words = f"{words}: {question.get_stop_display()}"
    moment = _("Austritt") if question.moment == Moment.EXIT else _("sechs Monate danach")
    return f"{moment}: {words}"


def _asked(question: OwnQuestion) -> str:
    words = _("gefragt am %(day)s, %(way)s") % {"day": _day(question.asked_on), "way": question.get_way_display()}
    if question.reminded_on:
        words = _("%(words)s; erinnert am %(day)s") % {"words": words, "day": _day(question.reminded_on)}
    return words


def _to_call(question: OwnQuestion) -> str:
    if question.task is not None and question.task.done_on is None:
        return str(State.TO_CALL.label)
    return _("nicht erreicht")


def _day(day: date) -> str:
    return str(format_date(day, "d. MMMM y", locale="de"))
