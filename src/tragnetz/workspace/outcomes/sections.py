"""The parts of the page in words: domains of life, goals, claims, referrals, work, ends, answers, talks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tragnetz.casework.claims.names import benefit_names
from tragnetz.casework.closing.feedback import ANSWERS, WORDS
from tragnetz.casework.closing.feedback import LEAST as LEAST_ANSWERS
from tragnetz.casework.coaching.enums import Kept, WorkKind
from tragnetz.casework.enums import ClosingReason, ClosingResult, ContactKind, GoalState, LifeDomain
from tragnetz.core.charts import LevelRow, levels_picture
from tragnetz.network.models import Programme
from tragnetz.referrals.enums import Outcome, Refusal, State, Told
from tragnetz.reporting.outcomes import figures
from tragnetz.reporting.outcomes.hiding import LEAST
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
    eur,
    share_cell,
    steps,
    tall,
    wide,
)


def _labels(*enums: type) -> dict[str, str]:
    return {str(code.value): str(code.label) for enum in enums for code in enum}  # type: ignore[attr-defined] -- enums of choices


def _ways() -> list[tuple[str, str]]:
    return [("better", _("besser")), ("same", _("gleich")), ("worse", _("schlechter"))]


def changes(tally: Tally) -> Section:
    """Return how far people came in the domains of life, as the counselling and as they themselves see it."""
    names, found = _labels(LifeDomain), {side: figures.changes(tally, side) for side in ("ours", "own")}
    together = [(str(label), figures.moved(tally, side)) for side, label in _sides().items()]
    tables = [
        wide(
            _("Haushalte und Erwachsene im Ganzen"), [(label, split) for label, (split, _p) in together], _ways(),
            _("Gesehen von"),
            _("Besser heißt: in mehr Lebenslagen besser als schlechter, von der ersten zur letzten Einschätzung."),
        )
    ]  # fmt: skip
    for side, label in _sides().items():
        tables.append(
            Table(
                _("Einschätzung: %(side)s") % {"side": label},
                (
                    _("Lebenslage"),
                    _("Zwei Einschätzungen"),
                    *(word for _code, word in _ways()),
                    _("Mittlerer Schritt"),
                    _("Nur eine"),
                ),
                tuple(_change(names, row) for row in found[side]),
            )
        )
    starts = {"low": _("am Anfang Stufe 1 oder 2"), "high": _("am Anfang Stufe 3 bis 5")}
    tables.append(
        wide(_("Nach der Stufe am Anfang"), [(starts[row.name], row) for row in figures.by_start(tally) if row.n != 0], _ways(), _("Lebenslagen"))
    )  # fmt: skip
    return Section(
        "lebenslagen", _("Lebenslagen"),
        _("Von %(cases)s Fällen, die in dieser Zeit liefen, haben %(twice)s zwei Einschätzungen der Beratung, die letzte davon in dieser Zeit. %(once)s haben nur eine.")
        % {"cases": count(_seen(tally["case"])), "twice": count(_seen(tally["rated|t"])), "once": count(_seen(tally["rated|f"]))},
        tuple(tables),
        (
            _("Nicht besprochen ist keine Stufe: Es zählt nirgends mit, auch nicht als niedrig."),
            _("Wer sehr niedrig beginnt, steht beim zweiten Mal im Schnitt höher, auch ohne Hilfe (Rückkehr zur Mitte). Deshalb steht die Stufe am Anfang dabei."),
            _("Wer keine zweite Einschätzung hat, fehlt hier. Ob es diesen Menschen besser oder schlechter geht, weiß niemand."),
            _("Mittlerer Schritt: Die Hälfte ging mindestens so viele Stufen weiter. Daneben steht, zwischen welchen Werten er mit 95 Prozent Sicherheit liegt."),
            *(
                _("%(side)s: Mehr besser als schlechter, das kann aber Zufall sein.") % {"side": label}
                for label, (split, p) in together if split.n and p >= figures.CHANCE
            ),
        ),
        {"picture": _picture(names, found)},
    )  # fmt: skip


def _sides() -> dict[str, str]:
    return {"ours": _("Beratung"), "own": _("Person selbst")}


def _seen(number: int) -> int | None:
    return number if number == 0 or number >= LEAST else None


def _change(names: Mapping[str, str], row: figures.Change) -> Row:
    split = row.split
    if not split.n:
        return Row(names[split.name], (Cell(count(split.n)), *(Cell(DASH) for _ in range(4)), Cell(count(row.once))))
    parts = [share_cell(split.parts[code], with_bar=code == "better") for code, _word in _ways()]
    return Row(
        names[split.name], (Cell(count(split.n)), *parts, estimate_cell(row.step, sign=True), Cell(count(row.once)))
    )


def _picture(names: Mapping[str, str], found: Mapping[str, list[figures.Change]]) -> object:
    """Return the mean levels as a picture; domains without two looks are left out."""
    sides = {side: {row.split.name: row for row in rows} for side, rows in found.items()}
    rows = [
        LevelRow(
            names[domain.value],
            *(
                (sides[side][domain.value].before, sides[side][domain.value].after)
                if domain.value in sides[side]
                else (None, None)
                for side in ("own", "ours")
            ),
        )
        for domain in LifeDomain
        if any(domain.value in rows and rows[domain.value].before is not None for rows in sides.values())
    ]
    return levels_picture(rows, is_two=True) if rows else None


def goals(tally: Tally) -> Section:
    """Return what became of goals."""
    whole, by_domain = figures.goals(tally)
    names = _labels(LifeDomain) | {"none": _("ohne Lebenslage")}
    codes = [(state.value, str(state.label)) for state in GoalState if state is not GoalState.OPEN]
    mean = figures.attainment(tally)
    rows = [(_("alle Ziele"), whole), *((names[row.name], row) for row in by_domain)] if whole.n != 0 else []
    reached = Table(
        _("Wie weit am Ende"), (_("Zielerreichung von −2 bis +2"), _("Ziele"), _("Mittel")),
        (Row(_("letzter Blick vor dem Ende"), (Cell(count(mean.n)), estimate_cell(mean, sign=True))),) if mean else (),
        _("0 heißt: wie erhofft. Nach Kiresuk und Sherman (1968)."),
    )  # fmt: skip
    return Section(
        "ziele", _("Ziele"), _("Ziele, die in dieser Zeit zu Ende gingen."),
        (wide(_("Was daraus wurde"), rows, codes, _("Lebenslage")), reached),
    )  # fmt: skip


def claims(tally: Tally) -> Section:
    """Return what offices decided, and the money."""
    labels = {"planned": _("geplant"), "sent": _("abgegeben"), "decided": _("entschieden"), "granted": _("bewilligt")}
    decided, (whole, by_benefit) = figures.claims(tally), figures.money(tally)
    names = benefit_names({row.name for row in decided} | {row.benefit for row in by_benefit})
    other = _("andere Leistungen")
    codes = [("granted", _("bewilligt")), ("refused", _("abgelehnt")), ("objection", _("abgelehnt, Widerspruch läuft"))]
    money = [
        Row(_("zusammen"), _money(whole)),
        *(Row(names.get(row.benefit, other), _money(row)) for row in by_benefit),
    ]
    return Section(
        "antraege", _("Anträge und Geld"),
        _("Anträge, die in dieser Zeit geplant wurden, mit dem Stand von heute. Geld: was in dieser Zeit floss, so wie es die Stelle bewilligt hat."),
        (
            steps(_("Erste Anträge"), figures.claim_funnel(tally, renewals=False), labels),
            steps(_("Anträge auf Weiterbewilligung"), figures.claim_funnel(tally, renewals=True), labels),
            wide(_("Entschiedene erste Anträge"), [(names.get(row.name, other), row) for row in decided], codes, _("Leistung")),
            Table(
                _("Bewilligtes Geld"),
                (_("Leistung"), _("Jeden Monat, zusammen"), _("Einmalig, zusammen"), _("Läuft am Ende der Zeit, im Monat"), _("Haushalte")),
                tuple(money) if whole.households != 0 else (),
            ),
        ),
        (
            _("Nur Bescheide zählen, keine Schätzung. Angebrochene Monate fehlen. Ein neuer Bescheid steht an der Stelle des alten."),
            _("Anteil bewilligt: an allen, über die entschieden ist. Was noch läuft, zählt nicht als abgelehnt."),
        ),
    )  # fmt: skip


def _money(row: figures.Money) -> tuple[Cell, ...]:
    return (Cell(eur(row.monthly)), Cell(eur(row.once)), Cell(eur(row.now)), Cell(count(row.households)))


def referrals(tally: Tally) -> Section:
    """Return what came of referrals."""
    labels = {"sent": _("abgeschickt"), "accepted": _("angenommen"), "came": _("Person war da")}
    people, half = figures.reply_days(tally)
    by_partner, by_person = figures.helped(tally)
    answer = _("noch nicht die Hälfte") if half is None else _("%(days)s Tage") % {"days": half}
    rows = (
        Row(
            _("die Hälfte hatte eine Antwort nach"),
            (Cell(count(_seen(people))), Cell(DASH if people < LEAST else answer)),
        ),
    )
    return Section(
        "vermittlungen", _("Vermittlungen"),
        _("Vermittlungen, die in dieser Zeit abgeschickt wurden, mit dem Stand von heute."),
        (
            steps(_("Wie weit sie kamen"), figures.referral_funnel(tally), labels),
            tall(_("Wie sie stehen"), figures.referral_states(tally), _labels(State), _("Stand")),
            tall(_("Was die Partner sagen"), by_partner, _labels(Outcome), _("Ergebnis")),
            tall(_("Was die Personen sagen"), by_person, _labels(Told), _("Antwort")),
            tall(_("Warum abgelehnt"), figures.refusals(tally), _labels(Refusal), _("Grund")),
            Table(_("Tage bis zur Antwort"), (_("Antwort"), _("Vermittlungen"), _("Zeit")), rows if people else ()),
        ),
        (
            _("Wer noch auf Antwort wartet, zählt als „wartet mindestens so lange“ (Verfahren von Kaplan und Meier). Blätter zum Mitnehmen beantwortet niemand."),
            _("Was Personen sagen, sagen nur die, die geantwortet haben."),
        ),
    )  # fmt: skip


def work(tally: Tally) -> Section:
    """Return the way to work: applications, placements, whether they lasted."""
    labels = {"sent": _("abgeschickt"), "interview": _("Gespräch"), "offer": _("Zusage")}
    lasted = [(_("nach %(months)s Monaten") % {"months": months}, figures.kept(tally, months)) for months in (3, 6)]
    codes = [*((code.value, str(code.label)) for code in Kept), ("none", _("nicht gefragt"))]
    begun = {"placed": _("Arbeit oder Ausbildung begonnen"), "open": _("noch nicht")}
    return Section(
        "arbeit", _("Arbeit und Ausbildung"),
        _("Coachings, Bewerbungen und Stellen, die in dieser Zeit begannen. Nur Menschen mit Coaching."),
        (
            tall(_("Coachings, mit dem Stand von heute"), figures.coached(tally), begun, _("Ergebnis")),
            steps(_("Bewerbungen"), figures.applications(tally), labels),
            tall(_("Was begann"), figures.placements(tally), _labels(WorkKind), _("Art")),
            wide(_("Noch dabei"), [(name, row) for name, row in lasted if row.n != 0], codes, _("Zeitpunkt")),
        ),
        (_("Noch dabei: von allem, was so lange her ist. „Nicht gefragt“ steht eigens, damit es nicht als Erfolg zählt."),),
    )  # fmt: skip


def results(tally: Tally, programmes: Mapping[str, Programme]) -> Section:
    """Return the results of those who left a project, as its funder counts them."""
    tables = []
    for key, programme in programmes.items():
        left, found = figures.results(tally, key)
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
        _("Teilnehmende mit vollständigem Eintritt, die in dieser Zeit ausgetreten sind. Gezählt wird, wie es die Förderung verlangt."),
        tuple(tables),
        (_("Anzahl: alle, die das Ergebnis haben konnten und gefragt wurden. Wer noch keine Angaben zum Zeitpunkt hat, fehlt."),),
    )  # fmt: skip


def ends(tally: Tally) -> Section:
    """Return why cases ended, and whether one asked later how it goes."""
    reasons, outcome = figures.exits(tally)
    asked = [
        (_("nach 3 Monaten"), figures.aftercare(tally, "after_3")), (_("nach 6 Monaten"), figures.aftercare(tally, "after_6"))
    ]  # fmt: skip
    return Section(
        "abschluesse", _("Abschlüsse und Nachfrage"), _("Fälle, die in dieser Zeit endeten und nicht wieder geöffnet sind."),
        (
            tall(_("Warum sie endeten"), reasons, _labels(ClosingReason), _("Grund")),
            tall(_("Was herauskam, gesehen von der Beratung"), outcome, _labels(ClosingResult), _("Ergebnis")),
            wide(
                _("Nachfrage nach dem Ende"), [(name, row) for name, row in asked if row.n != 0],
                [("done", _("gefragt")), ("open", _("offen"))], _("Zeitpunkt"), _("Was in dieser Zeit zu fragen war."),
            ),
        ),
        (_("Was Menschen bei der Nachfrage antworten, steht verschlossen im Fall und wird nicht gezählt."),),
    )  # fmt: skip


def answers(tally: Tally) -> Section:
    """Return what people say without a name."""
    codes = [(str(answer), str(word)) for answer, word in ANSWERS.items()]
    rows = [(str(word), figures.feedback(tally, key, LEAST_ANSWERS)) for key, word in WORDS.items()]
    return Section(
        "rueckmeldungen", _("Rückmeldungen ohne Namen"), _("Antworten aus dieser Zeit. Wer antwortet, ist freiwillig: Sie stehen nicht für alle."),
        (wide(_("Antworten"), [(name, row) for name, row in rows if row.n != 0], codes, _("Frage")),),
        (_("Von einer Antwort sind nur Monat und Organisation bekannt. Für Stadtbezirk, Thema und Projekt gibt es sie deshalb nicht."),),
    )  # fmt: skip


def talks(tally: Tally) -> Section:
    """Return contacts by kind, and how many a case has."""
    kinds, hours = figures.contacts(tally)
    mean, median = figures.talks(tally)
    rows = ()
    if mean is not None and median is not None:
        rows = (
            Row(_("Mittel"), (Cell(count(mean.n)), estimate_cell(mean))),
            Row(_("die Hälfte hatte mindestens"), (Cell(count(median.n)), estimate_cell(median))),
        )  # fmt: skip
    return Section(
        "gespraeche", _("Gespräche"), _("Kontakte dieser Zeit: zusammen %(hours)s Stunden.") % {"hours": count(hours)},
        (
            tall(_("Kontakte nach Art"), kinds, _labels(ContactKind), _("Art")),
            Table(
                _("Gespräche je Fall"), (_("Gespräche in einem Fall"), _("Fälle"), _("Zahl")), rows,
                _("Fälle, die in dieser Zeit endeten, mit allen Gesprächen von Anfang bis Ende. Arbeit ohne Gespräch zählt nicht."),
            ),
        ),
    )  # fmt: skip


def headlines(tally: Tally) -> list[tuple[str, Cell]]:
    """Return the four figures at the top."""
    together, _chance = figures.moved(tally, "ours")
    whole, _by_domain = figures.goals(tally)
    money, _by_benefit = figures.money(tally)
    came = figures.comparison({"": tally}, "came")
    return [
        (_("Lage insgesamt besser"), share_cell(together.parts["better"]) if together.n else Cell(count(together.n))),
        (_("Ziele erreicht"), share_cell(whole.parts["reached"]) if whole.n else Cell(count(whole.n))),
        (_("Bewilligtes Geld"), _sum(money)),
        (_("Vermittlung kam an"), share_cell(came[0].share) if came else Cell(count(0))),
    ]


def _sum(money: figures.Money) -> Cell:
    if money.monthly is None or money.once is None:
        return Cell(count(money.households))
    return Cell(
        eur(money.monthly + money.once), _("%(households)s Haushalte") % {"households": count(money.households)}
    )
