"""Numbers of years that are over, for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import District
from tragnetz.portal.caching import cached
from tragnetz.reporting.opendata.counts import DIMENSIONS, UNKNOWN
from tragnetz.reporting.opendata.files import LICENCE, open_csv, open_json
from tragnetz.reporting.opendata.models import Dataset, Edition
from tragnetz.reporting.statistics import FEW, TOTAL

TITLES = {
    Dataset.ENQUIRIES: gettext_lazy("Wer um Hilfe gebeten hat"),
    Dataset.REACHED: gettext_lazy("Wer in einem Projekt begleitet wird"),
    Dataset.GAPS: gettext_lazy("Wofür es keine Hilfe gab"),
}
TOLD = {
    Dataset.ENQUIRIES: gettext_lazy(
        "Anfragen am Telefon und im Internet. "
        "Wer mehrmals fragt und bekannt ist, zählt im Jahr einmal, mit der ersten Anfrage."
    ),
    Dataset.REACHED: gettext_lazy(
        "Menschen, die in diesem Jahr in ein gefördertes Projekt gekommen sind. Jeder Mensch zählt einmal."
    ),
    Dataset.GAPS: gettext_lazy(
        "Fälle, in denen eine Stelle nicht helfen konnte: kein Platz, nicht zuständig oder Voraussetzungen fehlen. "
        "Jeder Fall zählt im Jahr einmal."
    ),
}
NAMES = {
    "monat": gettext_lazy("Monat"), "stadtbezirk": gettext_lazy("Stadtbezirk"), "thema": gettext_lazy("Thema"),
    "grund": gettext_lazy("Grund"),
}  # fmt: skip
REASONS = {
    "no_capacity": gettext_lazy("kein Platz frei"), "not_responsible": gettext_lazy("nicht zuständig"),
    "not_eligible": gettext_lazy("Voraussetzungen fehlen"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of an edition over one of its dimensions."""

    name: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as its page shows it."""

    edition: Edition
    title: str
    told: str
    total: str
    parts: list[Part]


@cached
def open_data(request: NetworkRequest) -> HttpResponse:
    """Show the newest numbers, and where the files of all years are."""
    editions = list(Edition.objects.all())
    newest: dict[str, Edition] = {}
    for one in editions:
        newest.setdefault(one.dataset, one)
    words = _words()
    context = {
        "shown": [_shown(newest[dataset], words) for dataset in Dataset.values if dataset in newest],
        "editions": [(one, TITLES[Dataset(one.dataset)]) for one in editions], "few": FEW,
        "licence": LICENCE,
        "publisher": choose(request.network.name, "de").text,
    }  # fmt: skip
    return render(request, "portal/opendata/page.html", context)


@cached
def file(request: NetworkRequest, dataset: str, year: int, kind: str) -> HttpResponse:
    """Give the numbers of a year as a file."""
    edition = Edition.objects.filter(dataset=dataset, year=year).first()
    if edition is None or kind not in {"csv", "json"}:
        raise Http404
    if kind == "csv":
        content = open_csv(edition)
    else:
        about = Dataset(dataset)
        content = open_json(
            edition, publisher=choose(request.network.name, "de").text,
            address=request.build_absolute_uri(reverse("portal:open_data")), title=str(TITLES[about]),
            told=str(TOLD[about]),
        )  # fmt: skip
    return file_answer(content, f"{dataset}-{year}.{kind}", opens=kind == "json")


def _shown(edition: Edition, words: Mapping[str, Callable[[str], str]]) -> Shown:
    numbers = {tuple(key): number for *key, number in edition.cells}
    names = DIMENSIONS[edition.dataset]

    def written(key: tuple[str, ...]) -> str:
        return FEW if numbers[key] is None else str(numbers[key])

    nothing = (TOTAL,) * len(names)
    parts = [
        Part(
            str(NAMES[name]),
            [(words[name](value), written((*nothing[:place], value, *nothing[place + 1 :])))
             for value in edition.values[place]],
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    dataset = Dataset(edition.dataset)
    return Shown(edition, str(TITLES[dataset]), str(TOLD[dataset]), written(nothing), parts)


def _words() -> Mapping[str, Callable[[str], str]]:
    """Return how the values of each dimension are read."""
    language = get_language() or "de"
    districts = {row.key: row.name for row in District.objects.all()}
    known = {row.key: choose(row.name, language).text for row in topics()}
    unknown = {UNKNOWN: _("nicht bekannt")}
    return {
        "monat": lambda value: date_format(date(2000, int(value), 1), "F"),
        "stadtbezirk": lambda value: str((districts | unknown).get(value, value)),
        "thema": lambda value: (known | unknown).get(value, value),
        "grund": lambda value: str(REASONS.get(value, value)),
    }
