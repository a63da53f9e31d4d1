"""Classes of retention after the logic of DIN 66398: a start point and a period. Pure.

The periods are proposals; the carrier decides (page "Fristen"). Each says why, and what is still to be checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragnetz.core.months import latest_over, months_later

DECEMBER, LAST = 12, 31


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """Data with the same start point and period.

    With `year_end` the period begins at the end of the year of its start. `least` and `most` months bound what an
    organisation may decide; a `fixed` one is part of how the program works. `automatic` ones go without a second look.
    """

    key: str
    label: Promise
    start: Promise
    months: int
    why: Promise
    automatic: bool
    year_end: bool = False
    least: int = 1
    most: int = 120
    fixed: bool = False
    days: int = 0


_CLASSES = (
    RetentionClass(
        "enquiry", _("Anfrage ohne Fall"), _("letzter Kontakt"), 6,
        _("Der Zweck ist erreicht. Vorschlag: 3 bis 6 Monate."), automatic=True, least=1, most=12,
    ),
    RetentionClass(
        "waiting", _("Platz auf der Warteliste"), _("Ende des Wartens"), 3,
        _("Der Zweck ist erreicht. Vorschlag: 3 Monate."), automatic=True, least=1, most=12,
    ),
    RetentionClass(
        "case", _("Akte (Fall, Haushalt, Notizen, Schritte)"), _("Ende des Falls"), 36,
        _("Verjährung von Ansprüchen: 3 Jahre zum Ende des Jahres (§§ 195, 199 BGB)."), automatic=False,
        year_end=True, least=12, most=120,
    ),
    RetentionClass(
        "file", _("Unterlagen: Dateien zu einem Fall"),
        _("letzter Tag, an dem sie gebraucht werden, oder Ende des Falls"), 1,
        _("Der Zweck ist erreicht, wenn der Bescheid da ist oder der Fall endet. Vorschlag: 1 Monat."),
        automatic=False, least=1, most=12,
    ),
    RetentionClass(
        "funder", _("Nachweis für die Förderung, eingeschränkt"), _("Ende des Projekts"), 60,
        _(
            "5 Jahre ab 31. Dezember des Jahres der letzten Zahlung (Art. 82 VO (EU) 2021/1060). Wann zuletzt gezahlt "
            "wurde, steht nicht im Programm: Gerechnet wird ab dem Ende des Projekts."
        ),
        automatic=False, year_end=True, least=60, most=180,
    ),
    RetentionClass(
        "rights", _("Anträge zum Datenschutz"), _("Antwort"), 36,
        _("Nachweis, dass wir Rechte erfüllt haben (Art. 5 Abs. 2 DSGVO)."), automatic=True, year_end=True,
        least=12, most=60,
    ),
    RetentionClass(
        "interpreter", _("Wer dolmetscht, mit Erklärung zur Verschwiegenheit"), _("Ende der Zusammenarbeit"), 36,
        _(
            "Nachweis, dass zur Verschwiegenheit verpflichtet wurde (§ 203 Abs. 4 StGB). Vorschlag: so lange wie die "
            "Akte (zu prüfen)."
        ),
        automatic=True, year_end=True, least=12, most=120,
    ),
    RetentionClass(
        "audit", _("Protokoll der Zugriffe"), _("Eintrag"), 24,
        _("Sicherheit und Nachweis (Art. 32, Art. 5 Abs. 2 DSGVO). Vorschlag: 12 bis 24 Monate."), automatic=True,
        least=12, most=36,
    ),
    RetentionClass(
        "message", _("Adresse, Name und Code in Nachrichten"), _("Fälligkeit"), 0,
        _("Danach braucht sie niemand mehr; Zeit und Ausgang bleiben für Zahlen."), automatic=True, fixed=True,
        days=30,
    ),
    RetentionClass(
        "remark", _("Rückmeldungen zu Website und Programm"), _("Antwort oder Schließen"), 0,
        _("So lange kann noch jemand nachfragen. Danach braucht sie niemand mehr."), automatic=True, fixed=True,
        days=90,
    ),
    RetentionClass(
        "takeaway", _("Antworten zum Mitnehmen"), _("Speichern"), 0,
        _("So lange gilt der Code. Ohne den Code kann sie niemand lesen."), automatic=True, fixed=True, days=30,
    ),
)  # fmt: skip
CLASSES: Mapping[str, RetentionClass] = {one.key: one for one in _CLASSES}


@dataclass(frozen=True, slots=True)
class Period:
    """How long an organisation keeps a class: our proposal, or what it decided (`decided_on`)."""

    months: int
    automatic: bool
    decided_on: date | None = None


def kept_until(start: date, months: int, *, year_end: bool) -> date:
    """Return the last day on which data may be kept; the day after it is due.

    With `year_end` the period begins at the end of the year (§ 199 Abs. 1 BGB).
    """
    begins = date(start.year, DECEMBER, LAST) if year_end else start
    return months_later(begins, months)


def due_from(start: date, months: int, *, year_end: bool) -> date:
    """Return the first day on which data may not be kept any more."""
    return kept_until(start, months, year_end=year_end) + timedelta(days=1)


def latest_start(today: date, months: int, *, year_end: bool) -> date:
    """Return the latest start for which data is due today: what a query compares with."""
    if not year_end:
        return latest_over(today - timedelta(days=1), months)
    year = today.year - 1
    while due_from(date(year, 1, 1), months, year_end=True) > today:
        year -= 1
    return date(year, DECEMBER, LAST)
