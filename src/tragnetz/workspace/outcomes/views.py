"""The page of what came of the help, and the same on paper. Filters stand in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from tragnetz.casework.access import can_see_waits
from tragnetz.core.clock import now
from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.policy import Deed, may
from tragnetz.printing.pdf import render_pdf
from tragnetz.reporting.access import visible_programmes
from tragnetz.reporting.outcomes.choices import Choices, choices_for
from tragnetz.reporting.outcomes.filters import QUARTERS, SPLITS, Filters, period, read
from tragnetz.reporting.outcomes.summary import Counts, counts_of
from tragnetz.reporting.outcomes.tally import Tally, whole_of
from tragnetz.reporting.sheets import is_large
from tragnetz.reporting.statistics import FIVE
from tragnetz.reporting.waits import Attendance, Wait, attendances, talk_waits
from tragnetz.workspace.entry import staff
from tragnetz.workspace.outcomes import further, sections
from tragnetz.workspace.outcomes.cells import Cell, Section
from tragnetz.workspace.outcomes.comparing import comparison

# The parts of the page: what stands in the address, what it is called, its sections.
PARTS = {
    "lebenslagen": (gettext_lazy("Lebenslagen und Ziele"), ("lebenslagen", "ziele")),
    "antraege": (gettext_lazy("Anträge und Geld"), ("antraege",)),
    "vermittlungen": (gettext_lazy("Vermittlungen"), ("vermittlungen",)),
    "arbeit": (gettext_lazy("Arbeit und Projekte"), ("arbeit", "projekte")),
    "abschluesse": (gettext_lazy("Abschlüsse und Nachfrage"), ("abschluesse", "rueckmeldungen")),
    "gespraeche": (gettext_lazy("Gespräche"), ("gespraeche",)),
    "vergleich": (gettext_lazy("Vergleich"), ("vergleich",)),
}


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands on the page; `is_few`: so few cases that a figure could lead back to somebody: there is none."""

    filters: Filters
    choices: Choices
    counts: Counts
    headlines: list[tuple[str, Cell]]
    sections: list[Section]
    told: str
    is_few: bool

    @property
    def address(self) -> str:
        """The filters as they stand in the address."""
        one = self.filters
        given = {
            "bezirk": one.district, "thema": one.topic, "organisation": one.organisation, "projekt": one.programme,
            "jahr": one.year, "quartal": one.quarter, "nach": one.split,
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})


def can_see(actor: Actor) -> bool:
    """Whether an actor sees figures of all cases together."""
    return may(actor, Deed.FIGURES_SEE)


@staff(can_see)
@require_safe
def outcomes(request: NetworkRequest) -> HttpResponse:
    """Show the most important figures of the cases that the address names, and the ways to the others."""
    page = _page(request, ())
    context = _context(page, "")
    if can_see_waits(request.actor):
        context |= {"sees_waits": True, **_waits(request, page, now())}
    return render(request, "workspace/outcomes/outcomes.html", context)


@staff(can_see)
@require_safe
def part(request: NetworkRequest, key: str) -> HttpResponse:
    """Show one part of the figures, of the same cases."""
    if key not in PARTS:
        raise Http404
    return render(request, "workspace/outcomes/outcomes.html", _context(_page(request, PARTS[key][1]), key))


@staff(can_see)
@require_safe
def printed(request: NetworkRequest) -> HttpResponse:
    """Give all parts as one tagged PDF."""
    with override("de"):
        page = _page(request, tuple(name for _label, names in PARTS.values() for name in names))
        data = {
            "title": _("Wirkung"), "network": choose(request.network.name, "de").text, "about": page.told,
            "date": _stand(page, request),
            "headlines": [[name, cell.text, cell.small] for name, cell in page.headlines],
            "sections": [_printed(section) for section in page.sections if not section.is_empty],
            "least": rounded_words(),
            "few": _("So wenige Fälle, dass Zahlen zu einzelnen Menschen führen könnten."),
        }  # fmt: skip
        content = render_pdf("outcomes", data, language="de")
    return file_answer(content, "wirkung.pdf")


def _context(page: Page, key: str) -> dict[str, Any]:
    return {
        "page": page, "filters": page.filters, "split_words": _split_words(page), "selects": _selects(page),
        "part": key, "parts": [(name, label) for name, (label, _names) in PARTS.items()],
        "hidden": rounded_words(),
    }  # fmt: skip


def _page(request: NetworkRequest, names: Sequence[str]) -> Page:
    at = now()
    day = at.astimezone(request.network.zone).date()
    choices = choices_for(request.actor, day.year)
    filters = read(request.GET, choices.names, choices.years, SPLITS[0])
    if filters.split not in choices.splits:
        filters = read({**request.GET.dict(), "nach": SPLITS[0]}, choices.names, choices.years, SPLITS[0])
    counts = counts_of(request.network, filters, at)
    tally = whole_of(counts.groups)
    is_few = tally["case"] < FIVE
    made = _sections(request, filters, choices, counts, tally)
    return Page(
        filters, choices, counts, [] if is_few else sections.headlines(tally),
        [] if is_few else [made[name]() for name in names], _told(filters, choices, day), is_few,
    )  # fmt: skip


def _sections(
    request: NetworkRequest, filters: Filters, choices: Choices, counts: Counts, tally: Tally
) -> dict[str, Callable[[], Section]]:
    """Return how each section is made."""
    groups = {key: counted for key, counted in counts.groups.items() if key or counted["case"]}

    def results() -> Section:
        programmes = {row.key: row for row in visible_programmes(request.actor).exclude(line="")}
        return further.results(tally, programmes)

    return {
        "lebenslagen": lambda: sections.changes(tally), "ziele": lambda: sections.goals(tally),
        "antraege": lambda: sections.claims(tally), "vermittlungen": lambda: further.referrals(tally),
        "arbeit": lambda: further.work(tally), "projekte": results, "abschluesse": lambda: further.ends(tally),
        "gespraeche": lambda: further.talks(tally), "rueckmeldungen": lambda: further.answers(tally),
        "vergleich": lambda: comparison(
            groups, lambda key: choices.name(filters.split, key), _split_word(filters.split)
        ),
    }  # fmt: skip


def _told(filters: Filters, choices: Choices, day: Any) -> str:  # noqa: ANN401 -- a day
    """Return in words of which cases and time the page tells."""
    given = zip(
        ("bezirk", "thema", "organisation", "projekt"),
        (filters.district, filters.topic, filters.organisation, filters.programme), strict=True,
    )  # fmt: skip
    named = [choices.name(kind, key) for kind, key in given if key]
    since, until = period(filters, day)
    last = date_format(until, "j. F Y")
    when = _("bis %(last)s") % {"last": last}
    if since > day:
        when = _("ab %(first)s, noch nicht begonnen") % {"first": date_format(since, "j. F Y")}
    elif filters.year is not None:
        when = f"{date_format(since, 'j. F Y')} {when}"
    return f"{', '.join(named) or _('Alle Fälle des Netzes')}, {when}"


def _split_word(split: str) -> str:
    return {"bezirk": _("Stadtbezirk"), "thema": _("Thema"), "organisation": _("Organisation")}[split]


def _split_words(page: Page) -> list[tuple[str, str]]:
    return [(name, _split_word(name)) for name in page.choices.splits]


def _selects(page: Page) -> list[tuple[str, str, str, list[tuple[str, str]], str]]:
    """Return name, label, word for all, options and chosen key of each filter."""
    one, names = page.filters, page.choices.names
    years = [(str(year), str(year)) for year in reversed(page.choices.years)]
    quarters = [(str(number), str(number)) for number in QUARTERS]
    return [
        ("bezirk", _("Stadtbezirk"), _("alle"), list(names["bezirk"].items()), one.district),
        ("thema", _("Thema"), _("alle"), list(names["thema"].items()), one.topic),
        ("organisation", _("Organisation"), _("alle"), list(names["organisation"].items()), one.organisation),
        ("projekt", _("Projekt"), _("alle"), list(names["projekt"].items()), one.programme),
        ("jahr", _("Jahr"), _("alle"), years, str(one.year or "")),
        ("quartal", _("Quartal"), _("ganzes Jahr"), quarters, str(one.quarter or "")),
    ]  # fmt: skip


def _waits(request: NetworkRequest, page: Page, at: datetime) -> dict[str, Any]:
    """Return waits and missed appointments; of two groups at once nobody counts them."""
    one, zone = page.filters, request.network.zone
    if is_large():
        return {"waits_elsewhere": True}
    if one.programme or len(one.chosen) > 1:
        return {"waits_narrow": True}
    since, until = period(one, at.astimezone(zone).date())
    first = datetime.combine(max(since, until - timedelta(days=365)), time.min, zone)
    last = min(datetime.combine(until + timedelta(days=1), time.min, zone), at)
    split = one.chosen[0] if one.chosen else ""
    talks, missed = talk_waits(request.network, first, last, split), attendances(request.network, first, last, split)
    if split:
        name = page.choices.name(split, one.district or one.topic or one.organisation)
        talks = [row for row in talks[1:] if row.name == name] or [Wait(name, 0, None, None)]
        missed = [row for row in missed[1:] if row.name == name] or [Attendance(name, 0, 0, 0)]
    return {"talks": talks[0], "missed": missed[0], "waits_since": first}


def _stand(page: Page, request: NetworkRequest) -> str:
    at = page.counts.at.astimezone(request.network.zone)
    return _("Stand: %(day)s, %(time)s Uhr") % {"day": date_format(at, "j. F Y"), "time": date_format(at, "H:i")}


def rounded_words() -> str:
    """Say why numbers are rounded, and what stands behind a share."""
    return _(
        "Alle Anzahlen sind auf volle %(step)s gerundet, Beträge auf zwei Stellen. Eine Summe ist um höchstens "
        "%(off)s zu klein, ein Teil um höchstens %(off)s falsch. „Nicht gezeigt“ heißt: keine oder so wenige, dass "
        "man jemanden erkennen könnte. Auch wer die Seiten mehrerer Tage vergleicht, sieht nur Fünfer. "
        "Anteile sind aus den gerundeten Zahlen gerechnet. Hinter einem Anteil stehen Anzahl und Spanne: "
        "Mit 95 Prozent Sicherheit liegt der wahre Anteil darin (Verfahren von Wilson)."
    ) % {"step": FIVE, "off": FIVE - 1}


def _printed(section: Section) -> dict[str, object]:
    return {
        "title": section.title, "about": section.about, "notes": list(section.notes),
        "tables": [
            {
                "title": table.title, "about": table.about, "head": list(table.head),
                "rows": [[[row.name, ""], *([cell.text, cell.small] for cell in row.cells)] for row in table.rows],
            }
            for table in section.tables
            if table.rows
        ],
    }  # fmt: skip
