"""Groups beside each other, with what chance alone could make."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from tragnetz.reporting.outcomes import comparing
from tragnetz.reporting.outcomes.statistics import LEAST_COMPARED, Compared
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.workspace.outcomes.cells import Cell, Row, Section, Table, share_cell


def comparison(groups: Mapping[str, Tally], name: Callable[[str], str], split_word: str) -> Section:
    """Return one table for each measure; groups stand in the order of their names, never by their figures."""
    titles = {
        "better": _("Lage insgesamt besser"),
        "reached": _("Ziele erreicht"),
        "granted": _("Erste Anträge bewilligt"),
        "came": _("Vermittlung kam an"),
    }
    tables = []
    for measure, title in titles.items():
        found = comparing.comparison(groups, measure)
        named = sorted(((name(row.key), row) for row in found), key=lambda one: one[0])
        rows = tuple(
            Row(label, (share_cell(row.share, with_bar=True, alone=True), Cell(_verdict(row.against))))
            for label, row in named
        )
        tables.append(Table(title, (split_word, _("Anteil"), _("Verglichen mit allen anderen")), rows))
    return Section(
        "vergleich", _("Vergleich: %(split)s") % {"split": split_word},
        _("Dieselben Zahlen, aufgeteilt. Jede Gruppe steht neben allen anderen zusammen."),
        tuple(tables),
        (
            _("Verglichen wird ab %(least)s in der Gruppe und %(least)s in den anderen.") % {"least": LEAST_COMPARED},
            _(
                "Weil mehrere Gruppen zugleich verglichen werden, ist die Schwelle strenger (Bonferroni). Der "
                "Unterschied ist nach Newcombe gerechnet."
            ),
            _("Vermittlung kam an: von allen, bei denen bekannt ist, was daraus wurde."),
            _(
                "Ein Unterschied sagt nicht, woran er liegt: Die Gruppen haben verschiedene Anliegen. Er ist "
                "keine Note für ein Team."
            ),
        ),
    )  # fmt: skip


def _verdict(found: Compared) -> str:
    if found.difference is None:
        return _("zu wenige für einen Vergleich")
    if not found.is_clear:
        return _("Unterschied kann Zufall sein")
    points = round(abs(found.difference) * 100)
    low, high = sorted((round(abs(found.low) * 100), round(abs(found.high) * 100)))
    words = (
        _("höher, um %(points)s Prozentpunkte (%(low)s bis %(high)s)")
        if found.difference > 0
        else _("niedriger, um %(points)s Prozentpunkte (%(low)s bis %(high)s)")
    )
    return words % {"points": points, "low": low, "high": high}
