"""What is assumed on the way from answers to a household, in words."""

from tragnetz.benefits.texts import _

OURS = {
    "child_age": _("Alter der Kinder: 8 Jahre, wo es nicht bekannt ist"),
    "children_apart": _("Die Kinder sind je drei Jahre auseinander"),
    "grown_up_age": _("Alter: 40 Jahre, wo es nicht bekannt ist"),
    "partner_age": _("Partner oder Partnerin ist gleich alt"),
    "wage_is_mine": _("Der ganze Lohn gehört der Person, die fragt"),
    "maintenance_even": _("Der Unterhalt ist für alle Kinder gleich"),
    "profit_is_wage": _("Der Gewinn ist wie ein Lohn gerechnet (zu prüfen)"),
    "married": _("Das Paar ist verheiratet"),
    "heating_share": _("15 Prozent der Warmmiete sind Heizkosten"),
    "statutory_insurance": _("Alle sind gesetzlich krankenversichert"),
    "net_before": _("Vom früheren Lohn blieben 68 Prozent nach Abzügen"),
    "residence": _("Der Aufenthalt erlaubt Sozialleistungen"),
    "insured": _("In den letzten 30 Monaten lange genug versichert"),
}
