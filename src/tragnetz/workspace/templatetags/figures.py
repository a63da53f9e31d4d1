"""Template tag for the ways between pages of figures."""

from django import template

from tragnetz.reporting.snapshots.access import can_keep_snapshots

register = template.Library()


@register.inclusion_tag("workspace/figures/tabs.html", takes_context=True)
def figure_tabs(context: template.RequestContext, where: str) -> dict[str, object]:
    """Show the pages of figures that somebody may open; `where`: the one they are on."""
    return {"where": where, "keeps_snapshots": can_keep_snapshots(context["request"].actor)}
