"""Words of a check in plain German. Whoever shows them in another language translates them there (`_` marks them)."""

from tragnetz.benefits.check import Finding


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


NAMES = {
    "kindergeld": _("Kindergeld"),
    "unterhaltsvorschuss": _("Unterhaltsvorschuss"),
    "elterngeld": _("Elterngeld"),
    "arbeitslosengeld": _("Arbeitslosengeld"),
    "kinderzuschlag": _("Kinderzuschlag"),
    "wohngeld": _("Wohngeld"),
    "grundsicherungsgeld": _("Grundsicherungsgeld"),
    "grundsicherung-im-alter": _("Grundsicherung im Alter"),
}
FIGURES = {
    "need": _("Bedarf mit Wohnung"),
    "housing_costs": _("davon Wohnung"),
    "counted_income": _("angerechnetes Einkommen"),
    "asset_allowance": _("Freibetrag für Erspartes"),
    "counted_rent": _("berücksichtigte Miete"),
    "income_for_wohngeld": _("Einkommen für das Wohngeld"),
    "gross_income": _("Lohn der Eltern vor Abzügen"),
    "least_gross_income": _("nötig ist mindestens"),
}
ASSUMPTIONS = {
    "no_wage": _("kein Lohn"),
    "no_assets": _("nichts gespart"),
    "no_maintenance": _("kein Unterhalt vom anderen Elternteil"),
    "tax_class": _("Steuerklasse 4"),
    "full_time": _("38,5 Stunden Arbeit in der Woche"),
    "no_rent": _("keine Miete"),
    "no_heating": _("keine Heizkosten"),
    "usual_size": _("übliche Größe der Wohnung"),
    "middle_rent_level": _("Mietstufe 3"),
    "first_year_of_basic_income": _("noch kein ganzes Jahr Grundsicherungsgeld"),
    "short_time_like_alg": _("Kurzarbeitergeld zählt ganz als Einkommen (zu prüfen)"),
    "no_wage_before_birth": _("vor der Geburt kein Lohn"),
}
TO_CHECK = {
    "old_law": _("Seit diesem Rechtsstand können sich Beträge geändert haben, meist im Januar oder Juli."),
}


def german_name(finding: Finding) -> str:
    """Return the German name of a benefit."""
    return finding.name["de"] if finding.name else NAMES[finding.benefit]


def german_names(keys: tuple[str, ...]) -> str:
    """Return the German names of benefits of the law, joined."""
    return " und ".join(NAMES[key] for key in keys)
