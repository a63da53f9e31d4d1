"""With what a finding is mended: one click, which leads to the very field or does it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from tragnetz.reporting.enums import Check, Moment
from tragnetz.reporting.lines.line import Question
from tragnetz.reporting.participation.queries import Shown
from tragnetz.workspace.participation.forms import PREFIX

SLUGS: Final[Mapping[str, str]] = {
    Moment.ENTRY: "eintritt", Moment.EXIT: "austritt", Moment.SIX_MONTHS: "sechs-monate",
}  # fmt: skip
TWINS: Final = "doppelt"  # where the page of a participation shows who is presumably the same
DROPPED: Final = frozenset({Check.MONTHS, Check.EDUCATION, Check.JOB_SEARCH, Check.JOB, Check.BETTER_JOB})
_DUE: Final = frozenset({Check.RESULT_DUE, Check.LATE_RESULT, Check.SILENT})
# Questions of a moment are open for too long: said once, with the way to the first of them.
_OVERDUE: Final[Mapping[Check, Moment]] = {Check.ENTRY_DUE: Moment.ENTRY, Check.RESULT_DUE: Moment.EXIT}
_FIELDS: Final[Mapping[Check, str]] = {
    Check.WORK: f"{PREFIX}employment", Check.AGE: "born", Check.YOUNG_DEGREE: f"{PREFIX}vocational",
    Check.BACKGROUND: f"{PREFIX}foreign_background", Check.GENDER: f"{PREFIX}gender",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong or open in words, and what one clicks: a way to a field, or a button that drops what cannot be.

    `address`: where the way leads, or to whom the button speaks. `more`: another way, where the first may not fit.
    """

    words: str
    click: str
    address: str
    drops: bool = False
    more: tuple[str, str] | None = None
    moment: str = ""


def mends_of(one: Shown, listed: str = "") -> list[Mend]:
    """Return how each finding of a participation is mended; the case must be one the reader works on.

    `listed`: the query that leads back to the list of what is missing (`views.participation`); none: on its own page.
    """
    return [_mend(one, check, listed) for check in one.checks]


def mends_besides(one: Shown, asks: Iterable[Mend], listed: str = "") -> list[Mend]:
    """Return the same without what open questions beside it say already: that they are late, or ask for the gender."""
    asked = {ask.moment for ask in asks}
    said = {check for check, moment in _OVERDUE.items() if moment in asked}
    if Moment.ENTRY in asked and any(question.key == "gender" for question in one.missing):
        said.add(Check.GENDER)
    found = zip(one.checks, mends_of(one, listed), strict=True)
    return [mend for check, mend in found if check not in said]


def asks_of(one: Shown, listed: str = "") -> list[Mend]:
    """Return, for each moment with open questions, the way to the first of them; its words say if they are overdue."""
    found = []
    for moment, slug in SLUGS.items():
        questions = [question for question in one.missing if question.moment == moment]
        if questions:
            first, others = questions[0].text, len(questions) - 1
            more = _("%(first)s und %(number)d weitere") % {"first": first, "number": others}
            click = more if others else first
            way = _way(one, slug, field_of(questions), listed)
            late = [str(check.label) for check in one.checks if _OVERDUE.get(check) == moment]
            words = late[0] if late else _("Offen, %s") % Moment(moment).label
            found.append(Mend(words, click, way, moment=moment))
    return found


def field_of(questions: Sequence[Question]) -> str:
    """Return the field of the first question; the age comes from the birthday."""
    if not questions:
        return ""
    return "born" if questions[0].key == "age" else f"{PREFIX}{questions[0].key}"


def _mend(one: Shown, check: Check, listed: str) -> Mend:
    page = _address(reverse("workspace:participation", args=[one.row.case_id, one.row.pk]), listed)
    words = str(check.label)
    if check in DROPPED:
        entry = _way(one, SLUGS[Moment.ENTRY], "", listed)
        return Mend(words, _("Was nicht sein kann, streichen"), page, drops=True, more=(_("Eintritt ansehen"), entry))
    if check == Check.TWICE:
        return Mend(words, _("Beide vergleichen"), f"{page}#{TWINS}")
    if check == Check.SUMS:  # derived from all records: in none of them
        return Mend(words, "", "")
    slug, field, click = _late(one, check) if check in _DUE else _place(one, check)
    more = None
    if check == Check.SILENT:
        more = (_("Es gab ein Gespräch: eintragen"), reverse("workspace:case", args=[one.row.case_id]) + "#gespraech")
    elif check == Check.AGE:
        more = (_("Geburtsjahr im Haushalt ansehen"), reverse("workspace:household", args=[one.row.case_id]))
    return Mend(words, click, _way(one, slug, field, listed), more=more)


def _place(one: Shown, check: Check) -> tuple[str, str, str]:
    """Return the form, its field, and the words to click."""
    entry = SLUGS[Moment.ENTRY]
    if check == Check.TERM:
        starts, ends = one.row.programme.starts, one.row.programme.ends
        if starts <= one.row.entered_on <= ends:
            return SLUGS[Moment.EXIT], "left_on", _("Letzten Tag berichtigen")
        return entry, "entered_on", _("Tag des Eintritts berichtigen")
    if check == Check.ENTRY_DUE:
        return entry, field_of(one.entry_missing), _("Angaben ergänzen")
    return entry, _FIELDS[check], _("Eintritt berichtigen")


def _late(one: Shown, check: Check) -> tuple[str, str, str]:
    """Return the same of what belongs to the exit."""
    left = SLUGS[Moment.EXIT]
    if check == Check.RESULT_DUE:
        asked = [question for question in one.missing if question.moment == "exit"]
        return left, field_of(asked), _("Ergebnis eintragen")
    if check == Check.LATE_RESULT and one.row.left_on is not None:
        return left, "told_on", _("Tag der Angaben prüfen")
    return left, "left_on", _("Austritt eintragen")


def _way(one: Shown, slug: str, field: str, listed: str) -> str:
    address = reverse("workspace:participation_answers", args=[one.row.case_id, one.row.pk, slug])
    return _address(address, listed) + (f"#id_{field}" if field else "")


def _address(address: str, listed: str) -> str:
    return f"{address}?{listed}" if listed else address
