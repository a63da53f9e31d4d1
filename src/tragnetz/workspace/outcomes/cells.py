"""How figures are written: German numbers, shares with their range, and nothing where too few are behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tragnetz.printing.charts import Bar, bar
from tragnetz.reporting.outcomes.figures import Funnel, Split
from tragnetz.reporting.outcomes.statistics import Estimate, Share

DASH, MINUS = "–", "−"
NARROW = 3  # columns


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a figure, smaller beside it how sure it is, and a bar."""

    text: str
    small: str = ""
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading; `about` says whom it counts."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    about: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs all of a wide screen."""
        return len(self.head) > NARROW

    @property
    def named_rows(self) -> list[tuple[str, list[tuple[str, Cell]]]]:
        """The rows with what stands above each cell: on a phone it stands beside it."""
        return [(row.name, list(zip(self.head[1:], row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: of whom and of which time it tells, its tables, what one must know to read them."""

    key: str
    title: str
    about: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(table.rows for table in self.tables)


def count(number: int | None) -> str:
    """Return a count in words; a hidden one says so."""
    return _("nicht gezeigt") if number is None else number_format(number, 0, use_l10n=True, force_grouping=True)


def percent(value: float) -> str:
    """Return a share as whole per cent; a rare one is not called none, nor an almost whole one whole."""
    if 0 < value < 0.01:  # noqa: PLR2004 -- one per cent
        return "< 1 %"
    return "> 99 %" if 0.99 < value < 1 else f"{round(value * 100)} %"  # noqa: PLR2004 -- as above


def between(share: Share) -> str:
    """Return the range of a share."""
    return f"{round(share.low * 100)}{DASH}{round(share.high * 100)} %"


def decimal(value: float, places: int = 1) -> str:
    """Return a number with a comma."""
    return f"{value:.{places}f}".replace(".", ",").replace("-", MINUS)


def eur(amount: Decimal | None) -> str:
    """Return whole EUR; none at all is a dash."""
    if amount == 0:
        return DASH
    return (
        _("nicht gezeigt")
        if amount is None
        else f"{number_format(round(amount), 0, use_l10n=True, force_grouping=True)} Euro"
    )


def share_cell(share: Share | None, *, with_bar: bool = False, alone: bool = False) -> Cell:
    """Return a share with its count and range; `alone`: also with all that it is of, for no column says so."""
    if share is None:
        return Cell(count(None))
    drawn = bar(share.value, 1, (share.low, share.high)) if with_bar else None
    hits = _("%(hits)s von %(n)s") % {"hits": count(share.hits), "n": count(share.n)} if alone else count(share.hits)
    return Cell(percent(share.value), f"{hits} · {between(share)}", drawn)


def estimate_cell(found: Estimate | None, *, sign: bool = False, places: int = 1) -> Cell:
    """Return a mean or median with its range; `sign`: it is a way up or down."""
    if found is None:
        return Cell(DASH)
    value = _signed(found.value, places) if sign else decimal(found.value, places)
    if found.low is None or found.high is None:
        return Cell(value)
    low, high = (_signed(one, places) if sign else decimal(one, places) for one in (found.low, found.high))
    return Cell(value, low if low == high else _("%(low)s bis %(high)s") % {"low": low, "high": high})


def median_cell(found: Estimate | None, *, sign: bool = False) -> Cell:
    """Return a median: of whole numbers it is whole, or lies in the middle of two."""
    places = 0 if found is None or found.value == int(found.value) else 1
    return estimate_cell(found, sign=sign, places=places)


def _signed(value: float, places: int) -> str:
    return f"+{decimal(value, places)}" if value > 0 else decimal(value, places)


def wide(
    title: str, rows: Iterable[tuple[str, Split]], codes: Sequence[tuple[str, str]], first: str, about: str = ""
) -> Table:
    """Return a table with a column for each code: how many rows fall in it."""
    made = []
    for name, split in rows:
        if not split.n:
            cells = [Cell(count(split.n)), *(Cell(DASH) for _code in codes)]
        else:
            cells = [Cell(count(split.n))]
            cells += [share_cell(split.parts[code], with_bar=not number) for number, (code, _label) in enumerate(codes)]
        made.append(Row(name, tuple(cells)))
    return Table(title, (first, _("Anzahl"), *(label for _code, label in codes)), tuple(made), about)


def tall(title: str, split: Split, labels: dict[str, str], first: str, about: str = "") -> Table:
    """Return a table with a row for each code, without those that are none."""
    rows = []
    for code, share in split.parts.items():
        if share is None:
            rows.append(Row(labels.get(code, code), (Cell(count(None)), Cell(DASH))))
        elif share.hits:
            rows.append(Row(labels.get(code, code), (Cell(count(share.hits)), _range_cell(share))))
    if split.n is None:
        rows = [Row(_("insgesamt"), (Cell(count(None)), Cell(DASH)))]
    elif split.n:
        rows.append(Row(_("insgesamt"), (Cell(count(split.n)), Cell(""))))
    return Table(title, (first, _("Anzahl"), _("Anteil")), tuple(rows), about)


def _range_cell(share: Share) -> Cell:
    """Return a share whose count stands beside it."""
    return Cell(percent(share.value), between(share), bar(share.value, 1, (share.low, share.high)))


def steps(title: str, found: Funnel, labels: dict[str, str], about: str = "") -> Table:
    """Return the stages of a funnel, each with its share of the one before it."""
    rows = tuple(
        Row(labels[name], (Cell(count(number)), _range_cell(share) if share else Cell(DASH)))
        for name, number, share in found.stages
    )
    return Table(
        title, (_("Stufe"), _("Anzahl"), _("Anteil an der Stufe davor")), rows if found.stages[0][1] != 0 else (), about
    )


def labels_of(*enums: type[TextChoices]) -> dict[str, str]:
    """Return the words of codes."""
    return {str(value): str(label) for enum in enums for value, label in enum.choices}
