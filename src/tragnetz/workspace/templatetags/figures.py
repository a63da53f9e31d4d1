"""Template tags for pages of figures: the ways between them, and their tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.urls import reverse

from tragnetz.core.amounts import grouped
from tragnetz.reporting.models import Snapshot
from tragnetz.reporting.snapshots.access import can_keep_snapshots
from tragnetz.reporting.snapshots.queries import Counted
from tragnetz.workspace.exports.opened import query_of, slug_of

register = template.Library()


@register.inclusion_tag("workspace/figures/tabs.html", takes_context=True)
def figure_tabs(context: template.RequestContext, where: str) -> dict[str, object]:
    """Show the pages of figures that somebody may open; `where`: the one they are on."""
    return {"where": where, "keeps_snapshots": can_keep_snapshots(context["request"].actor)}


@register.simple_tag
def opened(snapshot: Snapshot, counted: Counted) -> str:
    """Return the address of the rows that a fixed number counts."""
    where, query = reverse("workspace:snapshot_rows", args=[snapshot.pk, slug_of(counted)]), query_of(counted)
    return f"{where}?{query}" if query else where


@register.filter
def labelled(cells: Sequence[Any], columns: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Return the cells of a row, each with the name of its column: on a phone it stands beside the cell."""
    return zip(columns, cells, strict=True)


register.filter("grouped", grouped)
