"""Apply a rule to dates: the last day, and every step that leads to it."""

from datetime import date, timedelta

from tragnetz.deadlines.book import Rule, book
from tragnetz.deadlines.days import DAY, HALF_DAYS, Holidays, in_words, is_workday, next_workday, off_day, plain
from tragnetz.deadlines.methods import counts_back, last_day
from tragnetz.deadlines.values import Dates, DatesError, Line, Result

FOUR_DAYS_SINCE = date(2025, 1, 1)  # Postrechtsmodernisierungsgesetz; before it was the third day
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
CALENDAR = frozenset({"month", "after_month", "year", "life_month"})  # whether a day off moves these is open
COURT = "Bundessozialgericht, Urteil vom 6. Mai 2010, B 14 AS 12/09 R; zu prüfen"


def compute(rule: Rule, dates: Dates, holidays: Holidays) -> Result:
    """Return the last day of a deadline with all steps. Raises DatesError."""
    _check(rule, dates)
    lines: list[Line] = []
    if rule.post and dates.arrival == "never":
        text = (
            "Der Brief ist nie angekommen. Dann hat die Frist nicht begonnen. Im Zweifel muss die Behörde beweisen, "
            "dass und wann er ankam. Handeln Sie trotzdem sofort, und tragen Sie selbst einen Tag ein."
        )
        return Result(rule, None, None, (Line(text, rule.post),))
    start = _known_on(rule, dates, holidays, lines) if rule.post else dates.start
    unrolled = last_day(rule, dates, start, lines, holidays)
    due = _rolled(rule, unrolled, holidays, lines, rolls=rule.roll and not counts_back(rule, dates))
    return Result(rule, due, unrolled, tuple(lines))


def _check(rule: Rule, dates: Dates) -> None:
    if not all(EARLIEST <= day < LATEST for day in (dates.start, dates.received, dates.end) if day is not None):
        message = "Bitte prüfen Sie das Jahr."
        raise DatesError(message)
    if rule.post and dates.received is not None and dates.received < dates.start:
        message = "Der Brief kann nicht angekommen sein, bevor er geschrieben wurde."
        raise DatesError(message)
    if rule.second and dates.end is None:
        message = f"Bitte geben Sie auch an: {rule.second}."
        raise DatesError(message)
    if rule.second and dates.end is not None and dates.end < dates.start:
        message = "Das Ende kann nicht vor dem Tag liegen, an dem man davon erfuhr."
        raise DatesError(message)


def _known_on(rule: Rule, dates: Dates, holidays: Holidays, lines: list[Line]) -> date:
    """Return the day on which a letter counts as received (§ 37 Abs. 2 SGB X)."""
    if dates.arrival == "handed":
        text = f"Der Brief wurde übergeben oder zugestellt: {in_words(dates.start)}. Dieser Tag zählt."
        lines.append(Line(text, rule.post, dates.start))
        return dates.start
    is_new = dates.start >= FOUR_DAYS_SINCE
    presumed = dates.start + timedelta(days=4 if is_new else 3)
    word, since = ("vierten", "seit 1. Januar 2025") if is_new else ("dritten", "bis 31. Dezember 2024")
    text = (
        f"Der Brief ging zur Post: {in_words(dates.start)}. Er gilt am {word} Tag danach als angekommen ({since}): "
        f"{in_words(presumed)}."
    )
    lines.append(Line(text, rule.post, presumed))
    if dates.received is not None and dates.received > presumed:
        text = (
            f"Er kam aber erst später an: {in_words(dates.received)}. Dann zählt dieser Tag. Heben Sie den Umschlag "
            "auf und notieren Sie, wann der Brief kam."
        )
        lines.append(Line(text, rule.post, dates.received))
        return dates.received
    if dates.received is not None and dates.received < presumed:
        text = "Er kam früher an. Trotzdem zählt der Tag, an dem er als angekommen gilt."
        lines.append(Line(text, rule.post, presumed))
    off = off_day(presumed, holidays)
    if off:
        text = (
            f"Dieser Tag ist {off}. Er verschiebt sich nicht, denn er ist selbst keine Frist ({COURT}). Andere "
            "Gerichte sehen das für ihr Recht anders. So ist die Rechnung vorsichtig."
        )
        lines.append(Line(text, rule.post, presumed, open=True))
    return presumed


def _rolled(rule: Rule, end: date, holidays: Holidays, lines: list[Line], *, rolls: bool) -> date:
    """Return the last day after weekends and holidays are weighed."""
    off, roll = off_day(end, holidays), book().counting[rule.law].roll
    if off and rolls:
        due = next_workday(end, holidays)
        text = f"Der {plain(end)} ist {off}. Die Frist endet am nächsten Werktag: {in_words(due)}."
        lines.append(Line(text, roll, due))
        end = due
    elif off:
        before = end
        while not is_workday(before, holidays):
            before -= DAY
        text = (
            f"Der {plain(end)} ist {off}. Wir rechnen vorsichtig und verschieben nichts. Handeln Sie am Werktag davor: "
            f"{in_words(before)}."
        )
        lines.append(Line(text, rule.statute, end, open=rule.method in CALENDAR))
    if (end.month, end.day) in HALF_DAYS and is_workday(end, holidays):
        text = (
            f"Der {end.day}. Dezember ist kein gesetzlicher Feiertag. Die Frist endet an diesem Tag, auch wenn das Amt "
            "früher schließt."
        )
        lines.append(Line(text, roll, end))
    return end
