"""Take over participations from an older system: a file with the columns of the one that we give (docs/exports.md).

They come without a name and without a case: what a project reached before the city had Tragnetz stays countable.
"""

import csv
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.core.ids import new_code, new_id
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, Membership, Organisation, Programme
from tragnetz.reporting.enums import Leaving, Moment
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.exports.columns import key_of
from tragnetz.reporting.lines.derive import derived
from tragnetz.reporting.lines.line import Answer, Question
from tragnetz.reporting.models import Answers, Participation, Withdrawal
from tragnetz.reporting.participation.commands import derive_again
from tragnetz.reporting.participation.programmes import line_of, questions_of, terms_of

NEEDED = ("teilnahme", "organisation", "eintritt")
LONGEST = 14  # of a pseudonym
_DAYS = {Moment.ENTRY: "eintritt", Moment.EXIT: "angaben_austritt", Moment.SIX_MONTHS: "angaben_spaeter"}


@dataclass
class Taken:
    """What became of a file: how many are new, how many were there; what is wrong with it. Then nothing is taken."""

    new: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """One participation of the file."""

    row: Participation
    told: Mapping[str, Mapping[str, Answer]]
    days: Mapping[str, date]


def take_over(*, actor: Actor, programme: Programme, author: Membership, text: str, dry_run: bool = False) -> Taken:
    """Take over all lines of a file, or none: whoever is there by their number stays as they are.

    `author` answers for it. Raises ReportingError for a file that is no such table.
    """
    found = csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";")
    missing = [name for name in NEEDED if name not in (found.fieldnames or ())]
    if missing:
        raise ReportingError(_("In der Datei fehlen Spalten: %(names)s.") % {"names": ", ".join(missing)})
    taken = Taken()
    with transaction.atomic():
        wait_for(f"participations:{programme.pk}")
        reader = _Reader(programme, author, taken)
        lines = [line for number, row in enumerate(found, start=2) for line in reader.read(number, row)]
        if not taken.problems and not dry_run:
            _save(lines)
            record(actor, "participation:import", programme, new=len(lines), known=taken.known)
        taken.new = len(lines)
    return taken


class _Reader:
    """Reads lines into participations and notes what is wrong with them."""

    def __init__(self, programme: Programme, author: Membership, taken: Taken) -> None:
        self.programme, self.author, self.taken = programme, author, taken
        self.questions = questions_of(line_of(programme), terms_of(programme))
        self.organisations = {row.key: row for row in Organisation.objects.filter(programmes=programme)}
        self.districts = {row.key: row for row in District.objects.all()}
        self.there = set(Participation.objects.filter(programme=programme).values_list("pseudonym", flat=True))
        self.used = set(Participation.objects.values_list("pseudonym", flat=True))
        self.used |= set(Withdrawal.objects.values_list("pseudonym", flat=True))
        self.families: dict[str, uuid.UUID] = {}

    def read(self, number: int, row: Mapping[str, str]) -> Iterator[_Line]:
        """Yield the participation of a line, if it is new and without fault."""
        try:
            pseudonym = row["teilnahme"].strip()
            if pseudonym in self.there:
                self.taken.known += 1
                return
            yield self._line(row, pseudonym)
            self.there.add(pseudonym)
            self.used.add(pseudonym)
        except (ValueError, ReportingError) as error:
            self.taken.problems.append(_("Zeile %(number)d: %(why)s") % {"number": number, "why": error})

    def _line(self, row: Mapping[str, str], pseudonym: str) -> _Line:
        if not 0 < len(pseudonym) <= LONGEST or pseudonym in self.used:
            raise ReportingError(_("„%(number)s“ ist keine freie Teilnehmernummer.") % {"number": pseudonym})
        organisation = self.organisations.get(row["organisation"])
        if organisation is None:
            raise ReportingError(_("„%(key)s“ ist an diesem Projekt nicht beteiligt.") % {"key": row["organisation"]})
        days: dict[str, date | None] = {moment: self._day(row.get(name, ""), name) for moment, name in _DAYS.items()}
        left_on, entered_on = self._day(row.get("austritt", ""), "austritt"), days[Moment.ENTRY]
        leaving = row.get("austritt_art", "") or (Leaving.REGULAR if left_on else "")
        if entered_on is None or not self.programme.starts <= entered_on <= self.programme.ends:
            raise ReportingError(_("Der Eintritt liegt nicht in der Zeit des Projekts."))
        if bool(left_on) != bool(leaving) or (left_on and left_on < entered_on) or (leaving and leaving not in Leaving):
            raise ReportingError(_("Der Austritt passt nicht zum Eintritt, oder seine Art ist unbekannt."))
        district = row.get("stadtbezirk", "")
        if district and district not in self.districts:
            raise ReportingError(_("„%(key)s“ ist kein Stadtbezirk.") % {"key": district})
        told = self._answers(row)
        for moment, day in days.items():
            if day is not None:  # asked, though none of its questions was one for this person
                told.setdefault(moment, {})
        family = row.get("haushalt", "") or pseudonym
        made = Participation(
            network=self.programme.network, programme=self.programme, organisation=organisation, author=self.author,
            pseudonym=pseudonym, family=self.families.setdefault(family, new_id()), entered_on=entered_on,
            left_on=left_on, leaving=leaving, district=self.districts.get(district),
            children=int(row.get("kinder_haushalt") or 0), request_key=new_code() + new_code(),
        )  # fmt: skip
        told_on = {moment: days[moment] or left_on or entered_on for moment in told}
        return _Line(made, told, told_on)

    def _answers(self, row: Mapping[str, str]) -> dict[str, dict[str, Answer]]:
        told: dict[str, dict[str, Answer]] = {Moment.ENTRY: {}}
        for question in self.questions:
            written = (row.get(key_of(question)) or "").strip()
            if written and not question.derived:
                told.setdefault(question.moment, {})[question.key] = _answer(question, written)
        told[Moment.ENTRY] = derived(line_of(self.programme), told[Moment.ENTRY])
        return told

    @staticmethod
    def _day(written: str, name: str) -> date | None:
        try:
            return date.fromisoformat(written) if written else None
        except ValueError as error:
            raise ReportingError(
                _("„%(written)s“ in %(name)s ist kein Tag wie 2026-11-29.") % {"written": written, "name": name}
            ) from error


def _answer(question: Question, written: str) -> Answer:
    answer: Answer = int(written) if written.isdecimal() and not question.choices else written
    if not question.takes(answer):
        raise ReportingError(
            _("„%(written)s“ passt nicht zur Frage %(key)s.") % {"written": written, "key": key_of(question)}
        )
    return answer


def _save(lines: list[_Line]) -> None:
    Participation.objects.bulk_create([line.row for line in lines])
    Answers.objects.bulk_create(
        Answers(
            network=line.row.network, participation=line.row, moment=moment, answers=answers,
            answered_on=line.days[moment], author=line.row.author,
        )
        for line in lines for moment, answers in line.told.items()
    )  # fmt: skip
    for line in lines:
        derive_again(line.row)
    Participation.objects.bulk_update(
        [line.row for line in lines], ["is_countable", "codes", "bases", "gender", "faults"], batch_size=500
    )
