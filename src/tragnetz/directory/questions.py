"""The questions behind facts, and the answers one can choose: one wording for residents and staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _

UNKNOWN = ("", _("Weiß nicht oder keine Angabe"))
YES_NO = [UNKNOWN, ("yes", _("Ja")), ("no", _("Nein"))]
EMPLOYMENT = [
    UNKNOWN,
    ("employed", _("Ich habe Arbeit")),
    ("short_time_work", _("Ich bin in Kurzarbeit")),
    ("notice_given", _("Mir wurde gekündigt, ich arbeite noch")),
    ("unemployed", _("Ich bin arbeitslos")),
    ("self_employed", _("Ich bin selbstständig")),
    ("training", _("Ich mache eine Ausbildung")),
    ("student", _("Ich studiere")),
    ("parental_leave", _("Ich bin in Elternzeit")),
    ("carer", _("Ich pflege und arbeite nicht")),
    ("pensioner", _("Ich bekomme Rente")),
    ("sick_leave", _("Ich bin lange krank")),
]
HOUSING = [
    UNKNOWN,
    ("rent", _("zur Miete")),
    ("own", _("im eigenen Haus oder der eigenen Wohnung")),
    ("with_others", _("bei anderen")),
    ("shelter", _("in einer Unterkunft")),
    ("homeless", _("Ich habe keine Wohnung")),
]
BENEFITS = [
    ("grundsicherungsgeld", _("Grundsicherungsgeld (früher Bürgergeld)")),
    ("alg1", _("Arbeitslosengeld")),
    ("wohngeld", _("Wohngeld")),
    ("kinderzuschlag", _("Kinderzuschlag")),
    ("kindergeld", _("Kindergeld")),
    ("sgb12", _("Sozialhilfe oder Grundsicherung im Alter")),
    ("asylblg", _("Leistungen für Asylsuchende")),
    ("pension", _("Rente")),
]
NOT_A_NUMBER = _("Bitte geben Sie eine Zahl ein, zum Beispiel 35. Oder lassen Sie das Feld leer.")
NUMBERS = {
    "age": (_("Wie alt sind Sie?"), 120),
    "children": (_("Wie viele Kinder unter 25 leben bei Ihnen?"), 20),
    "gross_wage": (_("Wie viel Lohn haben alle zusammen im Monat, vor Abzügen? (Euro)"), 100_000),
}
CHOICES: dict[str, tuple[Any, list[Any]]] = {
    "employment": (_("Wie ist es mit Arbeit?"), EMPLOYMENT),
    "insured_12_of_30": (_("Haben Sie in den letzten 30 Monaten mindestens 12 Monate versichert gearbeitet?"), YES_NO),
    "can_work_3h": (_("Können Sie mindestens drei Stunden am Tag arbeiten?"), YES_NO),
    "single_parent": (_("Sind Sie alleinerziehend?"), YES_NO),
    "housing": (_("Wie wohnen Sie?"), HOUSING),
    "rent_arrears": (_("Haben Sie Schulden bei der Miete?"), YES_NO),
    "power_cut": (_("Ist der Strom gesperrt oder droht eine Sperre?"), YES_NO),
    "cares_for_relative": (_("Pflegen Sie jemanden?"), YES_NO),
}
# What only the benefit check asks.
RESIDENCE = [
    UNKNOWN,
    ("german", _("deutscher Pass")),
    ("eu", _("Pass eines EU-Landes")),
    ("permit", _("Aufenthaltserlaubnis")),
    ("asylum", _("Asyl beantragt")),
    ("tolerated", _("Duldung")),
]
CHECK_NUMBERS = {
    "youngest_child_age": (_("Wie alt ist das jüngste Kind?"), 24),
    "wage_before": (
        _("Wie viel Lohn hatten Sie vorher, ohne Kurzarbeit oder vor der Arbeitslosigkeit? (Euro)"),
        100_000,
    ),
    "pension": (_("Wie viel Rente bekommen Sie im Monat? (Euro)"), 20_000),
    "maintenance": (_("Wie viel Unterhalt kommt im Monat für die Kinder? (Euro)"), 10_000),
    "rent": (_("Wie hoch ist die Miete mit Heizung? (Euro)"), 20_000),
    "assets": (_("Wie viel haben Sie gespart? (Euro)"), 10_000_000),
    "care_level": (_("Welchen Pflegegrad haben Sie?"), 5),
}
CHECK_CHOICES: dict[str, tuple[Any, list[Any]]] = {
    "partner": (_("Leben Sie mit einem Partner oder einer Partnerin zusammen?"), YES_NO),
    "pregnant": (_("Sind Sie schwanger?"), YES_NO),
    "daycare_child": (_("Geht ein Kind in die Kita?"), YES_NO),
    "residence": (_("Welchen Pass oder Aufenthaltstitel haben Sie?"), RESIDENCE),
}
# What a counsellor may add for an estimate.
AMOUNTS = {
    "rent": (_("Wie hoch ist die Miete mit Heizung? (Euro)"), 20_000),
    "assets": (_("Wie viel haben Sie gespart? (Euro)"), 10_000_000),
}
# Facts that the finder does not ask, because a situation tells them or few people need them.
OTHERS = {
    "partner": _("Leben Sie mit einem Partner oder einer Partnerin zusammen?"),
    "wage_before": _("Wie viel Lohn hatten Sie vorher, ohne Kurzarbeit oder vor der Arbeitslosigkeit? (Euro)"),
    "pension": _("Wie viel Rente bekommen Sie im Monat? (Euro)"),
    "adults": _("Wie viele Erwachsene leben bei Ihnen?"),
    "youngest_child_age": _("Wie alt ist das jüngste Kind?"),
    "unemployed_months": _("Wie viele Monate sind Sie schon ohne Arbeit?"),
    "net_income": _("Wie viel Geld haben alle zusammen im Monat? (Euro)"),
    "rent": _("Wie hoch ist die Miete mit Heizung? (Euro)"),
    "assets": _("Wie viel haben Sie gespart? (Euro)"),
    "benefits": _("Was bekommen Sie schon?"),
    "care_level": _("Gibt es schon einen Pflegegrad?"),
    "residence": _("Welchen Pass oder Aufenthaltstitel haben Sie?"),
    "district": _("In welchem Stadtbezirk wohnen Sie?"),
    "locality": _("In welchem Ortsteil wohnen Sie?"),
    "situations": _("Was ist los?"),
    "papers": _("Welche Papiere haben Sie?"),
    "can_wait_weeks": _("Wie viele Wochen können Sie warten?"),
    "eviction_threat": _("Sollen Sie die Wohnung verlieren?"),
    "pregnant": _("Sind Sie schwanger?"),
    "disability": _("Haben Sie eine Schwerbehinderung?"),
    "debts": _("Haben Sie Schulden?"),
    "violence": _("Erleben Sie Gewalt?"),
    "dismissal_received": _("Haben Sie eine Kündigung bekommen?"),
    "registered_unemployed": _("Sind Sie arbeitslos gemeldet?"),
    "wage_unpaid": _("Zahlt der Betrieb keinen Lohn mehr?"),
    "account_seized": _("Ist Ihr Konto gepfändet?"),
    "no_money_for_food": _("Fehlt Ihnen Geld für Essen?"),
    "maintenance_received": _("Zahlt der andere Elternteil Unterhalt?"),
    "maintenance": _("Wie viel Unterhalt kommt im Monat für die Kinder? (Euro)"),
    "blind_or_deaf": _("Können Sie nicht sehen oder nicht hören?"),
    "long_illness": _("Sind Sie länger als sechs Wochen krank?"),
    "foreign_degree": _("Haben Sie einen Abschluss aus dem Ausland?"),
    "school_child": _("Geht ein Kind zur Schule?"),
    "daycare_child": _("Geht ein Kind in die Kita?"),
    "school_leaving": _("Haben Sie einen Schulabschluss?"),
    "vocational_degree": _("Haben Sie einen Berufsabschluss?"),
}
