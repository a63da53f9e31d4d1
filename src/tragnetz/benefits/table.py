"""A check as a table in plain German, for the command line."""

from tragnetz.benefits.check import Check, Finding
from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.texts import ASSUMPTIONS, FIGURES, TO_CHECK, german_name, german_names

MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}


def table(result: Check) -> str:
    """Return the check as lines: benefit, claim, what would be paid, what decided, what was assumed, what is open."""
    lines = [
        f"Schätzung für {result.on:%d.%m.%Y}, Recht vom {result.law_of:%d.%m.%Y}.",
        "Kein Bescheid: Es entscheidet das Amt.",
        "",
        f"{'Leistung':<34}{'Anspruch':>12}{'Zahlung':>12}   EUR im Monat",
    ]
    likely = [one for one in result.findings if one.truth == "yes" or one.figures]
    lines += [
        f"{german_name(one)[:33]:<34}{euro(one.claim_m):>12}{euro(one.paid_m):>12}   {_why(one)}" for one in likely
    ]
    lines += ["", f"Geld im Monat mit allem: {euro(result.disposable_m)}"]
    possible = [one for one in result.findings if one.truth == "unknown"]
    if possible:
        lines += ["", "Möglich, je nach Antwort:"]
        lines += [f"  - {german_name(one)}: {_asked(one)}" for one in possible]
    if len(set(result.families)) > 1:
        lines += ["", f"Bedarfsgemeinschaften: {len(set(result.families))}"]
    if result.assumptions:
        lines += ["", "Angenommen, weil nicht bekannt:"]
        for assumption in result.assumptions:
            whose = f"{assumption.person}: " if assumption.person else ""
            lines.append(f"  - {whose}{ASSUMPTIONS[assumption.key]}")
    lines += [f"Zu prüfen: {TO_CHECK[key]}" for key in result.to_check]
    lines += [
        f"Zu prüfen: {german_name(one)}{': ' + one.checked.note['de'] if one.checked.note else ''}"
        for one in likely
        if one.checked is not None and one.checked.state == "to_check"
    ]
    return "\n".join(lines)


def reason(finding: Finding) -> str:
    """Return what decided a benefit: what has priority over its claim, else its figures and conditions."""
    if finding.claim_m and not finding.paid_m and finding.first:
        return f"{german_names(finding.first)}: geht vor oder ist günstiger"
    figures = [f"{FIGURES[figure.key]} {euro(figure.amount)}" for figure in finding.figures]
    return ", ".join([*figures, *(f"{MARKS[one.truth]} {one.text['de']}" for one in finding.reasons)])


GERMAN = str.maketrans(",.", ".,")  # points between thousands, a comma before cents


def euro(amount: float | None) -> str:
    """Return an amount as Germans write it; a dash when the law names none."""
    return "–" if amount is None else f"{amount:,.2f}".translate(GERMAN)


def _why(finding: Finding) -> str:
    return "; ".join(part for part in (finding.statute, reason(finding)) if part)


def _asked(finding: Finding) -> str:
    asked = [
        f"bekommt jemand {name.removeprefix('receives:')}" if name.startswith("receives:") else FACTS[name].meaning
        for name in finding.asks
    ]
    open_texts = [one.text["de"] for one in finding.reasons if one.truth == "unknown"]
    return f"{'; '.join(open_texts)} – zu klären: {', '.join(asked)}"
