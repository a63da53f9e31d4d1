"""A check as a table in plain German, for the command line."""

from tragnetz.benefits.check import Check, Finding

NAMES = {
    "kindergeld": "Kindergeld",
    "unterhaltsvorschuss": "Unterhaltsvorschuss",
    "elterngeld": "Elterngeld",
    "arbeitslosengeld": "Arbeitslosengeld",
    "kurzarbeitergeld": "Kurzarbeitergeld",
    "kinderzuschlag": "Kinderzuschlag",
    "wohngeld": "Wohngeld",
    "grundsicherungsgeld": "Grundsicherungsgeld",
    "grundsicherung-im-alter": "Grundsicherung im Alter",
}
FIGURES = {
    "need": "Bedarf mit Wohnung",
    "housing_costs": "davon Wohnung",
    "counted_income": "angerechnetes Einkommen",
    "asset_allowance": "Freibetrag für Vermögen",
    "counted_rent": "berücksichtigte Miete",
    "income_for_wohngeld": "Einkommen für das Wohngeld",
    "gross_income": "Bruttoeinkommen der Eltern",
    "least_gross_income": "nötig mindestens",
}
ASSUMPTIONS = {
    "no_wage": "kein Lohn",
    "no_assets": "kein Vermögen",
    "no_maintenance": "kein Unterhalt vom anderen Elternteil",
    "tax_class": "Steuerklasse 4",
    "full_time": "38,5 Stunden in der Woche",
    "no_rent": "keine Miete",
    "no_heating": "keine Heizkosten",
    "usual_size": "übliche Größe der Wohnung",
    "middle_rent_level": "Mietstufe 3",
    "first_year_of_basic_income": "noch kein ganzes Jahr Grundsicherungsgeld",
    "short_time_like_alg": "Kurzarbeitergeld zählt als Einkommen wie Arbeitslosengeld, ohne Freibetrag (zu prüfen)",
}
TO_CHECK = {
    "old_law": "Das Recht ist älter als drei Monate: neu übersetzen mit `tragnetz law build`.",
    "sgb2_reform_2026": "Die Regeln zum Vermögen und zur Miete seit 1. Juli 2026 (SGB II) sind noch nicht enthalten.",
}


def table(result: Check) -> str:
    """Return the check as lines: benefit, claim, what would be paid, what decided, and what was assumed."""
    lines = [
        f"Schätzung für {result.on:%d.%m.%Y}, Recht vom {result.law_of:%d.%m.%Y}.",
        "Kein Bescheid: Es entscheidet das Amt.",
        "",
        f"{'Leistung':<26}{'Anspruch':>12}{'Zahlung':>12}   EUR im Monat",
    ]
    shown = [finding for finding in result.findings if finding.claim_m or finding.figures]
    lines += [f"{NAMES[one.benefit]:<26}{_euro(one.claim_m):>12}{_euro(one.paid_m):>12}   {_why(one)}" for one in shown]
    if result.assumptions:
        lines += ["", "Angenommen, weil nicht bekannt:"]
        for assumption in result.assumptions:
            whose = f"{assumption.person}: " if assumption.person else ""
            lines.append(f"  - {whose}{ASSUMPTIONS[assumption.key]}")
    lines += [f"Zu prüfen: {TO_CHECK[key]}" for key in result.to_check]
    return "\n".join(lines)


def reason(finding: Finding) -> str:
    """Return what decided a benefit: what has priority over its claim, else its figures."""
    if finding.claim_m and not finding.paid_m and finding.first:
        first = " und ".join(NAMES[name] for name in finding.first.split(", "))
        return f"{first}: geht vor oder ist günstiger"
    return ", ".join(f"{FIGURES[figure.key]} {_euro(figure.amount)}" for figure in finding.figures)


def _euro(amount: float) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def _why(finding: Finding) -> str:
    return "; ".join(part for part in (finding.statute, reason(finding)) if part)
