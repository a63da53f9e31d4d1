"""The parts of the page in words: domains of life, goals, claims, and the figures at its top."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tragnetz.casework.claims.names import benefit_names
from tragnetz.casework.enums import GoalState, LifeDomain
from tragnetz.printing.charts import LevelRow, levels_picture
from tragnetz.reporting.outcomes import changes as way
from tragnetz.reporting.outcomes import claiming, comparing
from tragnetz.reporting.outcomes import results as come
from tragnetz.reporting.outcomes.figures import split
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES
from tragnetz.workspace.outcomes.cells import (
    DASH,
    Cell,
    Row,
    Section,
    Table,
    count,
    estimate_cell,
    eur,
    labels_of,
    median_cell,
    share_cell,
    steps,
    wide,
)


def _ways() -> list[tuple[str, str]]:
    return [("better", _("besser")), ("same", _("gleich")), ("worse", _("schlechter"))]


def changes(tally: Tally) -> Section:
    """Return how far people came in the domains of life, as the counselling and as they themselves see it."""
    names, found = labels_of(LifeDomain), {side: way.changes(tally, side) for side in ("ours", "own")}
    together = [(str(label), way.moved(tally, side)) for side, label in _sides().items()]
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
    begun = [(starts[row.name], row) for row in way.by_start(tally) if row.n != 0]
    tables.append(wide(_("Nach der Stufe am Anfang"), begun, _ways(), _("Lebenslagen")))
    seen = {"cases": tally["case"], "twice": tally["rated|t"], "once": tally["rated|f"]}
    return Section(
        "lebenslagen", _("Lebenslagen"),
        _(
            "Von %(cases)s Fällen, die in dieser Zeit liefen, haben %(twice)s zwei Einschätzungen der Beratung, "
            "die letzte davon in dieser Zeit. Mit nur einer: %(once)s."
        )
        % {name: count(FIVES.one(number)) for name, number in seen.items()},
        tuple(tables),
        (
            _("Nicht besprochen ist keine Stufe: Es zählt nirgends mit, auch nicht als niedrig."),
            _(
                "Wer sehr niedrig beginnt, steht beim zweiten Mal im Schnitt höher, auch ohne Hilfe (Rückkehr zur"
                " Mitte). Deshalb steht die Stufe am Anfang dabei."
            ),
            _(
                "Wer keine zweite Einschätzung hat, fehlt hier. Ob es diesen Menschen besser oder schlechter "
                "geht, weiß niemand."
            ),
            _(
                "Mittlerer Schritt: Die Hälfte ging mindestens so viele Stufen weiter. Daneben steht, zwischen "
                "welchen Werten er mit 95 Prozent Sicherheit liegt."
            ),
            *(
                _("%(side)s: Mehr besser als schlechter, das kann aber Zufall sein.") % {"side": label}
                for label, (split, p) in together if split.n and p >= way.CHANCE
            ),
        ),
        {"picture": _picture(names, found)},
    )  # fmt: skip


def _sides() -> dict[str, str]:
    return {"ours": _("Beratung"), "own": _("Person selbst")}


def _change(names: Mapping[str, str], row: way.Change) -> Row:
    split = row.split
    if not split.n:
        return Row(names[split.name], (Cell(count(split.n)), *(Cell(DASH) for _ in range(4)), Cell(count(row.once))))
    parts = [share_cell(split.parts[code], with_bar=code == "better") for code, _word in _ways()]
    return Row(
        names[split.name], (Cell(count(split.n)), *parts, median_cell(row.step, sign=True), Cell(count(row.once)))
    )


def _picture(names: Mapping[str, str], found: Mapping[str, list[way.Change]]) -> object:
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
    names = labels_of(LifeDomain) | {"": _("alle Ziele"), "none": _("ohne Lebenslage")}
    codes = [(state.value, str(state.label)) for state in GoalState if state is not GoalState.OPEN]
    mean = come.attainment(tally)
    rows = [(names[row.name], row) for row in come.goals(tally)]
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
    decided, (whole, by_benefit) = claiming.claims(tally), claiming.money(tally)
    names = benefit_names({row.name for row in decided[1:]} | {row.benefit for row in by_benefit})
    other = _("andere Leistungen")
    rows = [(_("alle Leistungen"), row) for row in decided[:1]] + [
        (names.get(row.name, other), row) for row in decided[1:]
    ]
    codes = [("granted", _("bewilligt")), ("refused", _("abgelehnt"))]
    money = [
        Row(_("zusammen"), _money(whole)),
        *(Row(names.get(row.benefit, other), _money(row)) for row in by_benefit),
    ]
    return Section(
        "antraege", _("Anträge und Geld"),
        _(
            "Anträge, die in dieser Zeit geplant wurden, mit dem Stand von heute. Geld: was in dieser Zeit floss,"
            " so wie es die Stelle bewilligt hat."
        ),
        (
            steps(_("Erste Anträge"), claiming.claim_funnel(tally, renewals=False), labels),
            steps(_("Anträge auf Weiterbewilligung"), claiming.claim_funnel(tally, renewals=True), labels),
            wide(_("Entschiedene erste Anträge"), rows, codes, _("Leistung")),
            Table(
                _("Bewilligtes Geld"),
                (
                    _("Leistung"), _("Jeden Monat, zusammen"), _("Einmalig, zusammen"),
                    _("Läuft am Ende der Zeit, im Monat"), _("Haushalte"),
                ),
                tuple(money) if whole.households != 0 else (),
            ),
        ),
        (
            _(
                "Nur Bescheide zählen, keine Schätzung. Angebrochene Monate fehlen. Ein neuer Bescheid steht an "
                "der Stelle des alten."
            ),
            _("Am Ende der Zeit läuft Geld bei so vielen Haushalten: %(number)s.")
            % {"number": count(FIVES.one(tally["paying"]))},
            _(
                "Anteil bewilligt: an allen, über die entschieden ist. Läuft ein Widerspruch, zählt bis dahin die"
                " Ablehnung."
            ),
        ),
    )  # fmt: skip


def _money(row: claiming.Money) -> tuple[Cell, ...]:
    return (Cell(eur(row.monthly)), Cell(eur(row.once)), Cell(eur(row.now)), Cell(count(row.households)))


def headlines(tally: Tally) -> list[tuple[str, Cell]]:
    """Return the four figures at the top."""
    together, _chance = way.moved(tally, "ours")
    whole = next(iter(come.goals(tally)), split("", {}))
    money, _by_benefit = claiming.money(tally)
    came = comparing.comparison({"": tally}, "came")
    return [
        (
            _("Lage insgesamt besser"),
            share_cell(together.parts["better"], alone=True) if together.n else Cell(count(together.n)),
        ),
        (_("Ziele erreicht"), share_cell(whole.parts["reached"], alone=True) if whole.n else Cell(count(whole.n))),
        (_("Bewilligtes Geld"), _sum(money)),
        (_("Vermittlung kam an"), share_cell(came[0].share, alone=True) if came else Cell(count(0))),
    ]


def _sum(money: claiming.Money) -> Cell:
    if money.monthly is None or money.once is None:
        return Cell(count(money.households))
    return Cell(
        eur(money.monthly + money.once), _("%(households)s Haushalte") % {"households": count(money.households)}
    )
