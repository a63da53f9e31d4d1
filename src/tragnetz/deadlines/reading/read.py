"""From the text of a letter to what it is, of which day, and which deadline it starts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tragnetz.deadlines.reading.dates import Found, dates_in, periods_in
from tragnetz.deadlines.reading.kinds import KINDS, Kind

SURE, MARGIN = 6, 2  # points of a kind from which it is clear, and how far the next one must be behind
HEAD = 1_200  # so far reaches the heading of a letter
OLD = timedelta(days=400)
LONGEST = 200_000
_GERMAN = re.compile(r"\b(und|der|die|das|sie|ihr|ihre|ist|wird|nicht|mit|für|von|bis|dem|den)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_COMPARE = "Der Text ist von einem Bild abgelesen. Bitte vergleichen Sie jeden Tag und jede Zahl mit dem Brief."
LEAST_GERMAN, FEW_WORDS = 0.08, 12
_NO_LETTER_DATE = re.compile(
    r"(geb\.|geboren|ihr (schreiben|antrag|widerspruch)|vom|seit|ab|bis|zum|am|spätestens|frist\w*:?|antrag\w*|"
    r"zeitraum|für)( (den|dem|zum))?[\s:,]*$"
)
_LETTER_DATE = re.compile(r"(datum[\s:]*|, (den )?|\bden |ausgestellt am )$")
_UNTIL = re.compile(
    r"(bis( zum| spätestens( zum)?)?|spätestens( am| bis( zum)?)?|frist\w*:?( bis| zum)?)[\s:]*(\w+tag,?( den)? )?$"
)
_ON = re.compile(r"\b(am|termin:?|für)( \w+tag,?)?( den| dem)?[\s:]*$")
_END = re.compile(r"\b(zum|mit ablauf des|mit wirkung zum|zum ablauf des|per)( \w+tag,?)?( den)?[\s:]*$")
_INSTRUCTION = re.compile(
    r"rechts(behelfs|mittel)belehrung|gegen (diesen|diese|den) [^.]{0,80}(können|kann|ist)[^.]{0,80}"
    r"(widerspruch|klage|einspruch)|innerhalb eines monats[^.]{0,60}(widerspruch|klage)",
    re.IGNORECASE,
)
_COURT = re.compile(r"klage[^.]{0,120}verwaltungsgericht|verwaltungsgericht[^.]{0,120}klage", re.IGNORECASE)
_TAX = re.compile(r"(bescheid|festsetzung|entscheidung)[^.]{0,120}\beinspruch\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:aktenzeichen|geschäfts-?(?:zeichen|nummer)|geschäfts-?nr\.?|\baz\.?|(?:mein|unser) zeichen|bg-nummer|bg-nr\.?|"
    r"kunden-?(?:nummer|nr\.?)|vertrags-?(?:konto|nummer)|kassenzeichen|versicherten-?nummer|kindergeld-?nr\.?)"
    r"\s*[:.]?\s*(?P<value>[A-Z0-9][A-Z0-9 ./\-]{3,30}[A-Z0-9])",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^[^\n]{0,50}\b(jobcenter|agentur für arbeit|familienkasse|stadt [A-ZÄÖÜ]\w+|kreis [A-ZÄÖÜ]\w+|\w*gericht|"
    r"wohngeld\w*|sozialamt|jugendamt|\w*kasse|aok|rentenversicherung|beitragsservice|stadtwerke|\w*versorgung|gmbh|\bag\b|"
    r"wohnungs\w+|inkasso\w*|finanzamt|ausländerbehörde|e\. ?V\.)\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the letter that something was read from; `what` says what."""

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a letter seems to say. `day` is the one that it sets itself, `end` when work or tenancy ends.

    `doubts` say in words what is not sure; without a kind nothing fitted.
    """

    text: str
    kind: Kind | None
    rule: str
    letter_on: date | None
    day: date | None
    end: date | None
    office: str
    reference: str
    instructed: bool
    marks: tuple[Mark, ...]
    doubts: tuple[str, ...]

    @property
    def start(self) -> date | None:
        """The day with which the sum begins: the one that the letter sets, else its own."""
        if self.rule == "tenancy_objection":
            return self.end
        return self.day if self.kind is not None and self.kind.names_a_day else self.letter_on


def tidy(text: str) -> str:
    """Return a text as people read it: words divided at the end of a line joined, blanks made one, lines kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\xad", "")[:LONGEST]
    text = re.sub(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])", "", text)
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")).strip()


def read(raw: str, today: date, *, from_picture: bool = False) -> Reading:
    """Return what a letter says. Nothing in it is certain before a person has confirmed it.

    `from_picture`: a program read the text off a photo or scan, where one digit of a date may be another one.
    """
    text = tidy(raw)
    flat = text.replace("\n", " ")  # sentences run over lines; places stay the same
    marks, doubts = list[Mark](), [_COMPARE] if from_picture else list[str]()
    if not _is_german(text):
        doubts.append("Der Text ist wohl nicht deutsch oder schlecht gescannt. Bitte lesen Sie ihn selbst.")
    kind = _kind(text, flat, marks, doubts)
    found = list(dates_in(flat))
    letter_on = _letter_on(found, today, marks, doubts)
    instruction = _INSTRUCTION.search(flat)
    if instruction:
        marks.append(Mark(instruction.start(), instruction.end(), "Belehrung"))
    day = _named_day(kind, flat, found, letter_on, marks, doubts)
    end = _first(found, _END, marks, "Ende") if kind is not None and kind.key in {"dismissal", "tenancy"} else None
    if kind is not None and kind.key in {"dismissal", "tenancy"} and end is None:
        doubts.append("Es steht kein Tag da, an dem es endet.")
    rule = kind.rule if kind is not None else ""
    if kind is not None and kind.key == "decision":
        rule = _remedy(flat, marks) or rule
        if instruction is None:
            doubts.append("Keine Rechtsbehelfsbelehrung gefunden. Fehlt vielleicht eine Seite?")
    if kind is not None and kind.key == "tenancy" and "fristlos" in flat.lower():
        rule = ""
        doubts.append(
            "Gegen eine fristlose Kündigung hilft der Widerspruch wegen Härte nicht (§ 574 Abs. 1 BGB, zu prüfen). "
            "Klären Sie die Mietschulden sofort. Kommt eine Räumungsklage, beginnt eine neue Frist."
        )
    if kind is not None and kind.rule in {"payment_order", "enforcement_order", "defence"}:
        doubts.append("Es zählt der Tag auf dem gelben Umschlag, nicht das Datum des Briefs.")
    if kind is not None and kind.key in {"dismissal", "power_cut"}:
        doubts.append("Es zählt der Tag, an dem der Brief ankam. Bitte fragen Sie nach.")
    return Reading(
        text, kind, rule, letter_on, day, end, _value(_OFFICE, text[:HEAD], marks, "Stelle"),
        _value(_REFERENCE, text, marks, "Zeichen", group="value"), instruction is not None,
        tuple(_apart(marks)), tuple(doubts),
    )  # fmt: skip


def _remedy(flat: str, marks: list[Mark]) -> str:
    """Return the rule of the remedy that a decision names, where it is not the usual one: a suit, or Einspruch."""
    for rule, pattern, what in (("admin_court", _COURT, "Klage"), ("tax_objection", _TAX, "Einspruch")):
        match = pattern.search(flat)
        if match:
            marks.append(Mark(match.start(), match.end(), what))
            return rule
    return ""


def _is_german(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) >= FEW_WORDS and len(_GERMAN.findall(text)) >= LEAST_GERMAN * len(words)


def _kind(text: str, flat: str, marks: list[Mark], doubts: list[str]) -> Kind | None:
    points = sorted(((_points(kind, text, flat), kind.key, kind) for kind in KINDS), reverse=True)
    (best, _key, kind), (second, _other, rival) = points[0], points[1]
    if best < SURE // 2:
        doubts.append("Wir erkennen nicht, was für ein Brief das ist. Bitte wählen Sie selbst.")
        return None
    if best < SURE or best - second < MARGIN:
        other = f" Es kann auch sein: {rival.label}." if second >= SURE // 2 else ""
        doubts.append(f"Wir sind nicht sicher, was für ein Brief das ist.{other}")
    marks += [Mark(match.start(), match.end(), "Art des Briefs") for match, _weight in _signs(kind, text, flat)]
    return kind


def _signs(kind: Kind, text: str, flat: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where the words of a kind stand in a letter, with their weights."""
    for pattern, weight in kind.patterns:
        match = pattern.search(text) or pattern.search(flat)
        if match:
            yield match, weight


def _points(kind: Kind, text: str, flat: str) -> int:
    return sum(weight * (2 if match.start() < HEAD // 2 else 1) for match, weight in _signs(kind, text, flat))


def _letter_on(found: list[Found], today: date, marks: list[Mark], doubts: list[str]) -> date | None:
    """Return the day of the letter: one that is named so, else the first in the heading that is about nothing else."""
    named = [one for one in found if _LETTER_DATE.search(one.before) and not _NO_LETTER_DATE.search(one.before)]
    plain = [one for one in found if one.start < HEAD and not _NO_LETTER_DATE.search(one.before)]
    fits = [one for one in (named or plain) if one.on <= today]
    if not fits:
        late = " Das Datum liegt in der Zukunft." if named or plain else ""
        doubts.append(f"Wir finden kein Datum des Briefs.{late} Schauen Sie auf den Umschlag.")
        return None
    chosen = fits[0]
    if len({one.on for one in fits if one.start < HEAD}) > 1:
        doubts.append("Oben im Brief stehen mehrere Daten. Bitte prüfen Sie, welches das Datum des Briefs ist.")
    if today - chosen.on > OLD:
        doubts.append("Der Brief ist älter als ein Jahr. Stimmt das Datum?")
    marks.append(Mark(chosen.start, chosen.end, "Datum des Briefs"))
    return chosen.on


def _named_day(
    kind: Kind | None, flat: str, found: list[Found], letter_on: date | None, marks: list[Mark], doubts: list[str]
) -> date | None:
    """Return the day that a letter sets itself, as a date or as a length of time after its own day."""
    if kind is None or not kind.names_a_day:
        return None
    pattern = _ON if kind.key == "invitation" else _UNTIL
    days = [one for one in found if pattern.search(one.before) and (letter_on is None or one.on >= letter_on)]
    if days:
        if len({one.on for one in days}) > 1:
            doubts.append("Der Brief nennt mehrere Tage. Wir nehmen den frühesten. Bitte prüfen Sie das.")
        chosen = min(days, key=lambda one: one.on)
        marks.append(Mark(chosen.start, chosen.end, "Frist"))
        return chosen.on
    for period in periods_in(flat):
        if letter_on is not None:
            marks.append(Mark(period.start, period.end, "Frist"))
            doubts.append("Die Frist steht nicht als Tag da. Wir zählen vorsichtig ab dem Datum des Briefs.")
            return period.after(letter_on)
    doubts.append("Wir finden keinen Tag, bis zu dem etwas geschehen soll.")
    return None


def _first(found: list[Found], pattern: re.Pattern[str], marks: list[Mark], what: str) -> date | None:
    for one in found:
        if pattern.search(one.before):
            marks.append(Mark(one.start, one.end, what))
            return one.on
    return None


def _value(pattern: re.Pattern[str], text: str, marks: list[Mark], what: str, group: str | int = 0) -> str:
    match = pattern.search(text)
    if match is None:
        return ""
    marks.append(Mark(match.start(group), match.end(group), what))
    return " ".join(match[group].split())


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in their order, without those that lie in an earlier one."""
    kept: list[Mark] = []
    for mark in sorted(set(marks), key=lambda one: (one.start, -one.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def pieces(reading: Reading) -> list[tuple[str, str]]:
    """Return the letter in pieces with what each was marked for; nothing for what was not marked."""
    found, at = list[tuple[str, str]](), 0
    for mark in reading.marks:
        found += [(reading.text[at : mark.start], ""), (reading.text[mark.start : mark.end], mark.what)]
        at = mark.end
    found.append((reading.text[at:], ""))
    return [piece for piece in found if piece[0]]
