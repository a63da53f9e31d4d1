"""The columns of the file of participations: what is in them, in the order in which they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tragnetz.reporting.enums import Leaving, Moment
from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Question
from tragnetz.reporting.snapshots.chain import line_of_row
from tragnetz.reporting.snapshots.rows import COLUMNS, Rows

_MOMENT = {"entry": "Eintritt", "exit": "Austritt", "six_months": "sechs Monate danach"}
type Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its name for people, what it holds, its codes."""

    key: str
    title: str
    told: str
    codes: str = ""


def columns_of(rows: Rows) -> list[Column]:
    """Return the columns of the file, documented."""
    fixed = [
        Column("teilnahme", _("Teilnehmernummer"), _("Pseudonym; in einem anderen Projekt ein anderes")),
        Column("haushalt", _("Haushalt"), _("gleich für alle Teilnahmen eines Haushalts in diesem Projekt")),
        Column("organisation", _("Organisation"), _("wer begleitet")),
        Column("stadtbezirk", _("Stadtbezirk"), _("beim Eintritt")),
        Column("eintritt", _("Eintritt"), _("Tag")),
        Column("austritt", _("Austritt"), _("Tag; leer: nimmt am Stichtag noch teil")),
        Column("austritt_art", _("Art des Austritts"), "", _codes(dict(Leaving.choices))),
        Column(
            "vollstaendig", _("vollständig"), _("1: alle Angaben aus Teil 1 liegen vor, die Teilnahme zählt"), "0, 1"
        ),
        Column("kinder_haushalt", _("Kinder"), _("unter 18 Jahren im Haushalt beim Eintritt")),
        Column("gespraeche", _("Gespräche"), _("mit dem Haushalt im Zeitraum")),
        Column("minuten", _("Minuten"), _("in diesen Gesprächen")),
        Column("angaben_austritt", _("Angaben zum Austritt"), _("Tag, an dem sie erhoben wurden")),
        Column("angaben_spaeter", _("Angaben nach sechs Monaten"), _("Tag, an dem sie erhoben wurden")),
        Column("indikatoren", _("Indikatoren"), _("alle, die gelten, mit Leerzeichen getrennt")),
        Column("moeglich", _("mögliche Ergebnisse"), _("die nach dem Austritt erreicht werden konnten")),
    ]
    asked = [
        Column(
            key_of(one), one.text if one.moment == "entry" else f"{one.text} ({_MOMENT[one.moment]})",
            _("Teil %(part)d, %(when)s") % {"part": one.part, "when": _MOMENT[one.moment]},
            _codes({**one.choices, **({NO_ANSWER: _("keine Angabe")} if one.may_refuse else {})}),
        )
        for one in _questions(rows)
    ]  # fmt: skip
    return [*fixed, *asked]


def values_of(rows: Rows, *, in_words: bool = False) -> Iterator[tuple[Value, ...]]:
    """Yield one row for each participation, in codes or as people read them."""
    questions = _questions(rows)
    leaving = dict(Leaving.choices)
    for values in rows.read():
        row = dict(zip(COLUMNS, values, strict=True))
        told = row["answers"]
        answers = [told.get(one.moment, {}).get(one.key) for one in questions]
        left = str(leaving.get(row["leaving"], "")) if in_words else row["leaving"]
        yield (
            row["pseudonym"], str(row["family"])[-12:], row["organisation"], row["district"], row["entered_on"],
            row["left_on"], left, int(row["is_countable"]), row["children"], row["contacts"], row["minutes"],
            row["exit_on"], row["later_on"], " ".join(row["codes"]), " ".join(row["bases"]),
            *(_worded(one, value) if in_words else value for one, value in zip(questions, answers, strict=True)),
        )  # fmt: skip


def json_lines(rows: Rows) -> Iterator[str]:
    """Yield the rows as lines of JSON: exactly what the hash of a snapshot is made of."""
    for values in rows.read():
        yield line_of_row(values)


def _questions(rows: Rows) -> list[Question]:
    order = {moment: place for place, moment in enumerate(Moment.values)}
    return sorted(rows.counting.questions, key=lambda one: (order[one.moment], one.part))


def key_of(question: Question) -> str:
    """Return the name of the column of a question."""
    return question.key if question.moment == "entry" else f"{question.moment}_{question.key}"


def _codes(choices: dict[str, Any]) -> str:
    return "; ".join(f"{code} = {words}" for code, words in choices.items())


def _worded(question: Question, value: Answer | None) -> Value:
    if value is None:
        return None
    if value == NO_ANSWER:
        return _("keine Angabe")
    return question.choices.get(str(value), value)


def documented(columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Yield the description of the columns."""
    yield _("Spalte"), _("Bedeutung"), _("Inhalt"), _("Codes")
    for column in columns:
        yield column.key, column.title, column.told, column.codes
