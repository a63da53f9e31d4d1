"""The ways in which the law counts, each with its words. All return the last day before weekends are weighed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tragnetz.core.months import months_later
from tragnetz.deadlines.book import Rule, book
from tragnetz.deadlines.days import (
    DAY,
    Holidays,
    end_of_life_month,
    in_words,
    is_banking_day,
    month_end,
    month_in_words,
    months_before,
    plain,
    workdays_before,
)
from tragnetz.deadlines.values import Dates, Line

YEAR = 12  # months

type Method = Callable[[Rule, Dates, date, list[Line]], date]


def last_day(rule: Rule, dates: Dates, start: date, lines: list[Line], holidays: Holidays) -> date:
    """Return the last day of a deadline that starts with an event, and add the steps of the sum."""
    if rule.workdays:
        event = start if rule.method == "before" else METHODS[rule.method](rule, dates, start, lines)
        return _workdays_before(rule, event, lines, holidays)
    return METHODS[rule.method](rule, dates, start, lines)


def counts_back(rule: Rule, dates: Dates) -> bool:
    """Whether a deadline is counted backwards from an event: then no weekend moves its end to a later day."""
    if rule.method == "job_seeking" and dates.end is not None:
        return dates.start <= months_before(dates.end, rule.months)
    return rule.method == "before"


def _period(rule: Rule, dates: Dates, start: date, lines: list[Line]) -> date:
    counting, first = book().counting[rule.law], start + DAY
    text = f"Dieser Tag ({in_words(start)}) zählt nicht mit. Die Frist beginnt am {in_words(first)}."
    lines.append(Line(text, counting.start, first))
    if rule.instruction and not dates.instructed:
        end = months_later(start, YEAR)
        text = (
            "Im Brief steht nicht oder falsch, wie und bis wann man sich wehren kann. Dann dauert die Frist ein Jahr: "
            f"bis {in_words(end)}. Warten Sie nicht so lange: Ob die Belehrung falsch ist, ist oft umstritten."
        )
        lines.append(Line(text, rule.instruction, end))
    elif rule.days:
        end = start + timedelta(days=rule.days)
        text = f"Die Frist dauert {rule.length}. Ihr letzter Tag ist {in_words(end)}."
        lines.append(Line(text, counting.end, end))
    elif rule.weeks:
        end = start + timedelta(weeks=rule.weeks)
        text = f"Die Frist dauert {rule.length}. Sie endet am gleichen Wochentag: {in_words(end)}."
        lines.append(Line(text, counting.end, end))
    else:
        end = months_later(start, rule.months + YEAR * rule.years)
        text = f"Die Frist dauert {rule.length}. Sie endet am Tag mit der gleichen Zahl: {in_words(end)}."
        statute = counting.end
        if end.day != start.day:
            text = (
                f"Die Frist dauert {rule.length}. Den {start.day}. gibt es im {month_in_words(end)} nicht. "
                f"Darum endet sie am letzten Tag des Monats: {in_words(end)}."
            )
            statute = counting.short
        lines.append(Line(text, statute, end))
    return end


def _term(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    months = rule.months + YEAR * rule.years
    end = end_of_life_month(start, months) if months else start + timedelta(weeks=rule.weeks, days=rule.days) - DAY
    text = f"Dieser Tag ({in_words(start)}) zählt mit. Es dauert {rule.length}. Der letzte Tag ist {in_words(end)}."
    lines.append(Line(text, f"{rule.statute}, §§ 187 Abs. 2, 188 BGB", end))
    return end


def _before(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    if rule.weeks:
        end = start - timedelta(weeks=rule.weeks) - DAY
        text = f"Bis {in_words(start)}, müssen noch volle {rule.length} vergehen. Der letzte Tag ist {in_words(end)}."
    else:
        end = months_before(start, rule.months) if rule.months else start - timedelta(days=rule.days)
        text = f"Gerechnet wird zurück vom {in_words(start)}. Der letzte Tag ist {in_words(end)}."
    lines.append(Line(text, rule.statute, end))
    return end


def _workdays_before(rule: Rule, event: date, lines: list[Line], holidays: Holidays) -> date:
    """Return the last workday from which so many whole workdays remain before an event.

    What a bank does at the beginning of a day, it does on none of those on which it rests: then the one before counts.
    """
    counted = "Montag bis Freitag ohne Feiertage"
    if rule.banking:
        counted = "Montag bis Freitag, ohne Feiertage und ohne den 24. und 31. Dezember"
        asked = event
        while not is_banking_day(event, holidays):
            event -= DAY
        if event != asked:
            text = f"Am {plain(asked)} arbeiten Banken nicht. Es zählt der Geschäftstag davor: {in_words(event)}."
            lines.append(Line(text, rule.statute, event))
    end = workdays_before(event, rule.workdays, holidays, banking=rule.banking)
    text = (
        f"Bis {in_words(event)}, müssen noch volle {rule.lead} vergehen. Wir zählen {counted}. Der letzte Tag ist "
        f"{in_words(end)}."
    )
    lines.append(Line(text, rule.statute, end))
    return end


def _job_seeking(rule: Rule, dates: Dates, start: date, lines: list[Line]) -> date:
    last = dates.end or start  # that it is there was looked at before
    early = months_before(last, rule.months)
    if counts_back(rule, dates):
        text = (
            f"Der letzte Arbeitstag ist {in_words(last)}. Drei Monate vorher ist {in_words(early)}. Bis dahin melden."
        )
        lines.append(Line(text, rule.statute, early))
        return early
    end = start + timedelta(days=rule.days)
    text = (
        f"Bis zum letzten Arbeitstag ({in_words(last)}) sind es weniger als drei Monate. Dann hat man drei Tage "
        f"nach dem {plain(start)}: bis {in_words(end)}."
    )
    lines.append(Line(text, f"{rule.statute}, {book().counting[rule.law].start}", end))
    return end


def _life_month(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    number = rule.months + 1
    end = end_of_life_month(start, number)
    text = f"Das Kind ist am {in_words(start)} geboren. An diesem Tag beginnt der erste Lebensmonat."
    lines.append(Line(text, "§ 187 Abs. 2 BGB", start))
    text = (
        f"Geld gibt es für {rule.length} zurück. Damit der erste Lebensmonat noch zählt, muss der Antrag im {number}. "
        f"Lebensmonat da sein. Er endet am {in_words(end)}."
    )
    lines.append(Line(text, f"{rule.statute}, § 188 Abs. 2 und 3 BGB", end))
    return end


def _month(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    end = month_end(start, rule.months + YEAR * rule.years)
    if rule.months or rule.years:
        text = f"Es zählt der Monat {month_in_words(start)}. Danach hat man noch {rule.length}: bis {in_words(end)}."
    else:
        text = (
            f"Ein Antrag zählt für den ganzen Monat, in dem er gestellt wird. Für {month_in_words(start)} ist der "
            f"letzte Tag {in_words(end)}. Am Tag danach zählt er erst ab {month_in_words(end + DAY)}."
        )
    lines.append(Line(text, rule.statute, end))
    return end


def _after_month(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    end = month_end(start)
    text = (
        f"Es zählt der Monat {month_in_words(start)}. Nach seinem Ende muss der Antrag unverzüglich kommen. "
        f"Sicher ist, wer ihn schon bis zum letzten Tag des Monats stellt: {in_words(end)}."
    )
    lines.append(Line(text, rule.statute, end))
    return end


def _year(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    end = date(start.year + rule.years, *rule.until)
    lines.append(Line(f"Es zählt das Jahr {start.year}. Der letzte Tag ist {in_words(end)}.", rule.statute, end))
    return end


def _day(rule: Rule, _dates: Dates, start: date, lines: list[Line]) -> date:
    lines.append(Line(f"Es zählt der Tag selbst: {in_words(start)}.", rule.statute, start))
    return start


METHODS: Mapping[str, Method] = {
    "period": _period,
    "term": _term,
    "before": _before,
    "job_seeking": _job_seeking,
    "life_month": _life_month,
    "month": _month,
    "after_month": _after_month,
    "year": _year,
    "day": _day,
}
