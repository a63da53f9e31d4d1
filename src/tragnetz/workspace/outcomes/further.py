"""Further parts of the page in words: referrals, work, projects, ends, talks, answers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tragnetz.casework.closing.feedback import ANSWERS, WORDS
from tragnetz.casework.closing.feedback import LEAST as LEAST_ANSWERS
from tragnetz.casework.coaching.enums import Kept, WorkKind
from tragnetz.casework.enums import ClosingReason, ClosingResult, ContactKind
from tragnetz.network.models import Programme
from tragnetz.referrals.enums import Outcome, Refusal, State, Told
from tragnetz.reporting.outcomes import results as come
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.participation.programmes import line_of
from tragnetz.workspace.outcomes.cells import (
    DASH,
    Cell,
    Row,
    Section,
    Table,
    count,
    estimate_cell,
    labels_of,
    median_cell,
    steps,
    tall,
    wide,
)


def referrals(tally: Tally) -> Section:
    """Return what came of referrals."""
    labels = {"sent": _("abgeschickt"), "accepted": _("angenommen"), "came": _("Person war da")}
    people, half = come.reply_days(tally)
    by_partner, by_person = come.helped(tally)
    answer = _("noch nicht die Hälfte") if half is None else _("%(days)s Tage") % {"days": half}
    rows = (
        Row(
            _("die Hälfte hatte eine Antwort nach"),
            (Cell(count(people)), Cell(answer if people else DASH)),
        ),
    )
    return Section(
        "vermittlungen", _("Vermittlungen"),
        _("Vermittlungen, die in dieser Zeit abgeschickt wurden, mit dem Stand von heute."),
        (
            steps(_("Wie weit sie kamen"), come.referral_funnel(tally), labels),
            tall(_("Wie sie stehen"), come.referral_states(tally), labels_of(State), _("Stand")),
            tall(_("Was die Partner sagen"), by_partner, labels_of(Outcome), _("Ergebnis")),
            tall(_("Was die Personen sagen"), by_person, labels_of(Told), _("Antwort")),
            tall(_("Warum abgelehnt"), come.refusals(tally), labels_of(Refusal), _("Grund")),
            Table(
                _("Tage bis zur Antwort"), (_("Antwort"), _("Vermittlungen"), _("Zeit")), rows if people != 0 else ()
            ),
        ),
        (
            _(
                "Wer noch auf Antwort wartet, zählt als „wartet mindestens so lange“ (Verfahren von Kaplan und "
                "Meier). Blätter zum Mitnehmen beantwortet niemand."
            ),
            _("Was Personen sagen, sagen nur die, die geantwortet haben."),
        ),
    )  # fmt: skip


def work(tally: Tally) -> Section:
    """Return the way to work: applications, placements, whether they lasted."""
    labels = {"sent": _("abgeschickt"), "interview": _("Gespräch"), "offer": _("Zusage")}
    lasted = [(_("nach %(months)s Monaten") % {"months": months}, come.kept(tally, months)) for months in (3, 6)]
    codes = [*((code.value, str(code.label)) for code in Kept), ("none", _("nicht gefragt"))]
    begun = {"placed": _("Arbeit oder Ausbildung begonnen"), "open": _("noch nicht")}
    return Section(
        "arbeit", _("Arbeit und Ausbildung"),
        _("Coachings, Bewerbungen und Stellen, die in dieser Zeit begannen. Nur Menschen mit Coaching."),
        (
            tall(_("Coachings, mit dem Stand von heute"), come.coached(tally), begun, _("Ergebnis")),
            steps(_("Bewerbungen"), come.applications(tally), labels),
            tall(_("Was begann"), come.placements(tally), labels_of(WorkKind), _("Art")),
            wide(_("Noch dabei"), [(name, row) for name, row in lasted if row.n != 0], codes, _("Zeitpunkt")),
        ),
        (_(
            "Noch dabei: von allem, was so lange her ist. „Nicht gefragt“ steht eigens, damit es nicht als Erfolg"
            " zählt."
        ),),
    )  # fmt: skip


def results(tally: Tally, programmes: Mapping[str, Programme]) -> Section:
    """Return the results of those who left a project, as its funder counts them."""
    tables = []
    for key, programme in programmes.items():
        left, found = come.results(tally, key)
        if left == 0:
            continue
        named = {one.code: f"{one.code} {one.name}" for one in line_of(programme).indicators}
        rows = [(named.get(code, code), row) for code, row in found.items()]
        tables.append(
            wide(
                programme.short_name, rows, [("True", _("erreicht")), ("False", _("nicht erreicht"))], _("Ergebnis"),
                _("%(left)s Teilnehmende sind in dieser Zeit ausgetreten.") % {"left": count(left)},
            )
        )  # fmt: skip
    return Section(
        "projekte", _("Ergebnisse der Projekte"),
        _(
            "Teilnehmende mit vollständigem Eintritt, die in dieser Zeit ausgetreten sind. Gezählt wird, wie es "
            "die Förderung verlangt."
        ),
        tuple(tables),
        (_(
            "Anzahl: alle, die das Ergebnis haben konnten und gefragt wurden. Wer noch keine Angaben zum "
            "Zeitpunkt hat, fehlt."
        ),),
    )  # fmt: skip


def ends(tally: Tally) -> Section:
    """Return why cases ended, and whether one asked later how it goes."""
    reasons, outcome = come.exits(tally)
    months = {_("nach 3 Monaten"): "after_3", _("nach 6 Monaten"): "after_6"}
    asked = [(name, come.aftercare(tally, kind)) for name, kind in months.items()]
    said = [(name, come.aftersaid(tally, kind)) for name, kind in months.items()]
    codes = [("better", _("besser")), ("same", _("etwa gleich")), ("worse", _("schlechter"))]
    return Section(
        "abschluesse", _("Abschlüsse und Nachfrage"), _(
            "Fälle, die in dieser Zeit endeten und nicht wieder geöffnet sind."
        ),
        (
            tall(_("Warum sie endeten"), reasons, labels_of(ClosingReason), _("Grund")),
            tall(_("Was herauskam, gesehen von der Beratung"), outcome, labels_of(ClosingResult), _("Ergebnis")),
            wide(
                _("Nachfrage nach dem Ende"), [(name, row) for name, row in asked if row.n != 0],
                [("done", _("gefragt")), ("open", _("offen"))], _("Zeitpunkt"), _("Was in dieser Zeit zu fragen war."),
            ),
            wide(
                _("Was Menschen bei der Nachfrage sagen"), [(name, row) for name, row in said if row.n != 0], codes,
                _("Zeitpunkt"), _("Verglichen mit dem Ende der Beratung. Nur wer erreicht wurde und etwas sagte."),
            ),
        ),
        (_("Gezählt wird nur die Antwort zum Ankreuzen. Was Menschen sonst sagen, steht verschlossen im Fall."),),
    )  # fmt: skip


def answers(tally: Tally) -> Section:
    """Return what people say without a name."""
    codes = [(str(answer), str(word)) for answer, word in ANSWERS.items()]
    rows = [(str(word), come.feedback(tally, key, LEAST_ANSWERS)) for key, word in WORDS.items()]
    return Section(
        "rueckmeldungen", _("Rückmeldungen ohne Namen"), _(
            "Antworten aus dieser Zeit. Wer antwortet, ist freiwillig: Sie stehen nicht für alle."
        ),
        (wide(_("Antworten"), [(name, row) for name, row in rows if row.n != 0], codes, _("Frage")),),
        (_(
            "Von einer Antwort sind nur Monat und Organisation bekannt. Für Stadtbezirk, Thema und Projekt gibt "
            "es sie deshalb nicht."
        ),),
    )  # fmt: skip


def talks(tally: Tally) -> Section:
    """Return contacts by kind, and how many a case has."""
    kinds, hours = come.contacts(tally)
    mean, median = come.talks(tally)
    rows: tuple[Row, ...] = ()
    if mean is not None and median is not None:
        rows = (
            Row(_("Mittel"), (Cell(count(mean.n)), estimate_cell(mean))),
            Row(_("die Hälfte hatte mindestens"), (Cell(count(median.n)), median_cell(median))),
        )  # fmt: skip
    return Section(
        "gespraeche", _("Gespräche"), _("Kontakte dieser Zeit: zusammen %(hours)s Stunden.") % {"hours": count(hours)},
        (
            tall(_("Kontakte nach Art"), kinds, labels_of(ContactKind), _("Art")),
            Table(
                _("Gespräche je Fall"), (_("Gespräche in einem Fall"), _("Fälle"), _("Zahl")), rows,
                _(
                    "Fälle, die in dieser Zeit endeten, mit allen Gesprächen von Anfang bis Ende. Arbeit ohne "
                    "Gespräch zählt nicht."
                ),
            ),
        ),
    )  # fmt: skip
