"""The paper for council or committee: two or three pages in plain German, with nothing that leads to a person."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tragnetz.casework.access import organisation_of
from tragnetz.core.amounts import grouped
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.network.models import Hotline, Network, Organisation
from tragnetz.network.shapes import Source
from tragnetz.printing.report import Report, Section
from tragnetz.reporting.reach.course import Course
from tragnetz.reporting.reach.waiting import Waiting, waiting_of
from tragnetz.reporting.statistics import FIVE
from tragnetz.workspace.figures.board import Board, Part, board_of
from tragnetz.workspace.figures.forms import Asked
from tragnetz.workspace.figures.helped import helped
from tragnetz.workspace.figures.lacks import Lacks, Looked, lacks_of

FEW = "zu wenige"
UNKNOWN = "nicht bekannt"
YEAR = timedelta(days=365)
_ROUNDED = "Die Zahlen sind auf volle Fünfer gerundet."
_COUNTED = {"households": "Haushalten", "persons": "Personen"}
MOST = 5  # of a list of gaps
HALF_YEAR = 6


def council_report(actor: Actor, asked: Asked, at: datetime) -> Report:
    """Return the paper on the projects of a group; of filters only the project and a year hold.

    All numbers are in fives, because two papers of two days, or a paper and the open data of a year, could be
    subtracted.
    """
    network, group, asked = actor.network, asked.group, asked.for_paper
    board = board_of(network, asked, at)
    lacks = lacks_of(Looked(at - YEAR), at.astimezone(network.zone).date())
    day = board.made_at.astimezone(network.zone)
    parts = {part.column: part for part in board.parts}
    sections = [
        _short(board, asked),
        _what(network, asked),
        *_reach(board, parts),
        *_courses(board),
        *_table("Wo die Menschen wohnen", parts.get("Stadtbezirk")),
        *_table("Worum es ging", parts.get("Thema")),
        _help(board, waiting_of(network, at)),
        *helped(network, at),
        _gaps(lacks),
        _method(asked),
    ]
    organisation = Organisation.objects.get(pk=organisation_of(actor))
    return Report(
        kind="Mitteilung für Rat und Ausschuss",
        title=f"{choose(network.name, 'de').text}: Was mit {group.name} erreicht wurde",
        lead=f"Stand: {day:%d.%m.%Y}. Eintritte von {asked.wanted.first:%m/%Y} bis {asked.wanted.last:%m/%Y}.",
        author=organisation.name,
        footer=f"Erstellt am {at.astimezone(network.zone):%d.%m.%Y} von {actor.name}, {organisation.name}",
        sections=sections,
    )


def _short(board: Board, asked: Asked) -> Section:
    points, cards = [], board.cards
    if not board.is_few:
        points += _said("Mindestens {} Personen aus {} Haushalten nahmen teil.", cards["persons"], cards["households"])
        points += _said(
            "In mindestens {} Haushalten lebten beim Eintritt Kinder, zusammen mindestens {}.",
            cards["families"], cards["children"],
        )  # fmt: skip
    for course, _picture in board.courses:
        if course.goal and course.reached >= FIVE:
            points.append(
                f"Ziel: {grouped(course.goal.number)} {course.unit_name} bis {asked.group.ends:%d.%m.%Y}. "
                f"Erreicht: mindestens {grouped(course.reached)}. "
                f"Geplant bis zum Stand: {grouped(course.planned or 0)}."
            )
            points += _ahead(course)
    points += _said("Mindestens {} Mal fragten Menschen beim Netz um Hilfe.", cards["enquiries"])
    points += _said("Mindestens {} Mal half schon eine Auskunft.", cards["information"])
    return Section("Kurz gesagt", [_ROUNDED], points=points)


def _ahead(course: Course) -> Iterator[str]:
    if course.coming:
        yield (
            f"Geht es weiter wie in den letzten {course.looked_at} ganzen Monaten, sind es am Ende etwa "
            f"{grouped(course.expected or 0)} (in neun von zehn Fällen {grouped(course.low or 0)} bis "
            f"{grouped(course.high or 0)})."
        )
    if course.needed:
        yield f"Damit das Ziel erreicht wird, müssen es jeden Monat {course.needed} sein."


def _what(network: Network, asked: Asked) -> Section:
    names = sorted({row.name for programme in asked.group.programmes for row in programme.organisations.all()})
    lines = [f"{choose(row.name, 'de').text}: {row.phone}" for row in Hotline.objects.all()]
    return Section(
        "Was das Netz ist",
        [
            f"In {network.city} beraten mehrere Träger gemeinsam: {', '.join(names)}.",
            "Wer Hilfe braucht, muss nicht wissen, welches Amt zuständig ist. Ein Anruf genügt.",
            *([f"Telefon: {'; '.join(lines)}."] if lines else []),
        ],
        points=[
            *(
                f"{row.short_name} ({row.name}), {row.starts:%d.%m.%Y} bis {row.ends:%d.%m.%Y}, gefördert durch "
                f"{choose(row.funder, 'de').text}"
                for row in asked.group.programmes
            ),
            *([f"Budget: {grouped(asked.group.budget)} Euro"] if asked.group.budget else []),
        ],
    )


def _reach(board: Board, parts: dict[str, Part]) -> Iterator[Section]:
    if board.is_few:
        yield Section("Wen wir erreichten", ["So wenige Personen, dass keine Zahl genannt wird."])
        return
    text = "Gezählt sind Personen mit vollständigem Eintritt; ein Haushalt zählt einmal."
    if board.cards["incomplete"]:
        text += f" Bei {board.cards['incomplete']} weiteren Personen fehlen noch Angaben; sie zählen noch nicht."
    text += f" {_ROUNDED}"
    yield from _table("Wen wir erreichten", parts.get("Jahr"), text)
    yield from _table("Wer beraten hat", parts.get("Organisation"))


def _table(title: str, part: Part | None, text: str = "") -> Iterator[Section]:
    if part is None or not part.rows:
        return
    yield Section(
        title, [text] if text else [],
        head=[part.column, "Personen", "Haushalte", "Familien", "Kinder"],
        rows=[[row.name or UNKNOWN, *(_number(one) for one in row.figures)] for row, _bar in part.rows],
    )  # fmt: skip


def _courses(board: Board) -> Iterator[Section]:
    for course, _picture in board.courses:
        if course.reached >= FIVE and len(course.months) > HALF_YEAR:
            alt = f"Kurve der erreichten {course.unit_name} nach Halbjahren, zuletzt {course.reached}"
            alt += f"; geplant waren {course.planned}." if course.goal else "."
            title = "Plan und Wirklichkeit" if course.goal else "Verlauf"
            yield Section(f"{title}: {course.unit_name}", picture=curve_svg(course), alt=alt)


def curve_svg(course: Course) -> str:
    """Return reach and plan at the ends of half years as a picture that needs no style sheet.

    Half years, because single months could tell of a few people.
    """
    months = [month for at, month in enumerate(course.months) if at % HALF_YEAR == HALF_YEAR - 1]
    if months[-1] != course.months[-1]:
        months.append(course.months[-1])
    most = max([month.reached for month in months] + [month.planned or 0 for month in months] + [1])
    width, height, left, base = 600, 220, 46, 190
    step = (width - left - 20) / len(months)

    def line(values: Sequence[int | None], style: str) -> str:
        points = " ".join(
            f"{left + step * at:.1f},{base - (value or 0) / most * (base - 20):.1f}"
            for at, value in enumerate([0, *values])
        )
        return f'<polyline fill="none" {style} points="{points}"/>'

    words = "".join(
        f'<text x="{left + step * (at + 1):.1f}" y="{base + 18}" font-size="11" text-anchor="middle" fill="#333" '
        f'font-family="Fira Sans">{month.first:%m/%y}</text>'
        for at, month in enumerate(months)
    )
    scale = "".join(
        f'<line x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d9d2c5"/>'
        f'<text x="{left - 6}" y="{y + 4:.1f}" font-size="11" text-anchor="end" fill="#333" '
        f'font-family="Fira Sans">{grouped(value)}</text>'
        for value in (0, most // 2, most)
        for y in [base - value / most * (base - 20)]
    )
    plan = ""
    if course.goal:
        plan = line([month.planned for month in months], 'stroke="#8f4a1d" stroke-width="2" stroke-dasharray="7 4"')
        plan += (
            f'<text x="{width - 4}" y="12" font-size="11" text-anchor="end" fill="#8f4a1d" '
            'font-family="Fira Sans">gestrichelt: Plan</text>'
        )
    reached = line([month.reached for month in months], 'stroke="#0f5b57" stroke-width="3.5"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{scale}{plan}{reached}{words}</svg>'


def _help(board: Board, waiting: Waiting) -> Section:
    cards, texts = board.cards, []
    if waiting.talks.half is not None:
        texts.append(
            "Die Hälfte der Menschen, die im letzten Jahr um ein Gespräch baten, hatte es nach "
            f"{waiting.talks.half} Tagen."
        )
    if not waiting.missed.is_few:
        texts.append(f"Zu {round(waiting.missed.missed_share * 100)} von 100 Terminen kam niemand.")
    points = [
        *_said("{} Haushalten half eine kurze Beratung, ohne dass sie an einem Projekt teilnahmen.", cards["within"]),
        *_said("{} Anfragen brauchten Hilfe am selben Tag.", cards["urgent"]),
        *_said("{} Gespräche wurden geführt.", cards["talks"]),
        *_said("Bei {} davon half eine Sprachmittlung.", cards["interpreted"]),
    ]
    return Section("Warten und Hilfe ohne Teilnahme", texts, points=points)


def _gaps(lacks: Lacks) -> Section:
    points = [f"{one.name}: {one.number} Vermittlungen" for one in lacks.reasons]
    points += [
        f"Gesucht und nicht gefunden: „{one.words}“, {one.times} Mal"
        for one in lacks.searches[:MOST]
        if one.times >= FIVE
    ]
    points += [f"Wartezeit {one.number} Wochen: {one.name}" for one in lacks.slow[:MOST]]
    points += [f"Endet am {one.on:%d.%m.%Y}: {one.name}" for one in lacks.ending[:MOST]]
    if not points:
        return Section("Was der Stadt fehlt", ["Zur Zeit ist keine Lücke bekannt, über die eine Zahl etwas sagt."])
    return Section("Was der Stadt fehlt", ["Aus den letzten 12 Monaten, alle Träger zusammen."], points=points)


def _method(asked: Asked) -> Section:
    points = [
        "Eine Person zählt in jedem Projekt einmal, ein Haushalt einmal für alle Projekte mit demselben Ziel.",
        "Familie heißt: Beim ersten Eintritt lebte mindestens ein Kind unter 18 Jahren im Haushalt.",
        f"Ein Ziel für „Personen oder Familien“ wird mit {_COUNTED[asked.group.target.counts]} verglichen.",
        "Zwischen den bekannten Zielen der Jahre steigt der Plan gleichmäßig.",
        f"{_ROUNDED[:-1]}, unter {FIVE} steht „{FEW}“.",
        "Eine Summe ist um höchstens vier zu klein, ein Teil um höchstens vier falsch.",
        "Sonst könnte man zwei Vorlagen voneinander abziehen und so auf einzelne Menschen kommen.",
    ]
    for row in asked.group.programmes:
        if row.source:
            source = Source.model_validate(row.source)
            points.append(f"Quelle zu {row.short_name}: {source.title} (gelesen am {source.on:%d.%m.%Y})")
        if row.note:
            points.append(f"Hinweis zu {row.short_name}: {choose(row.note, 'de').text}")
    return Section("Wie gezählt wurde", points=points)


def _number(number: int | None) -> str:
    return FEW if number is None else grouped(number)


def _said(words: str, *numbers: int | None) -> list[str]:
    """Return a sentence with its numbers; nothing where one of them is too small to be told."""
    told = [grouped(number) for number in numbers if number is not None]
    return [words.format(*told)] if len(told) == len(numbers) else []
