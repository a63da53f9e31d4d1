"""What was released, as data and on paper."""

from typing import Any

from django.utils.translation import gettext as _

from tragnetz.casework.released import ReleasedView
from tragnetz.consent.wording import long_day
from tragnetz.core.texts import choose
from tragnetz.network.models import Network
from tragnetz.printing.pdf import render_pdf


def plain(view: ReleasedView) -> dict[str, Any]:
    """Return what was released as plain data, by group."""
    return {
        "organisation": view.case.organisation.name,
        "name": view.name,
        "until": view.until.isoformat() if view.until else None,
        "sections": [
            {
                "group": section.group.value,
                "title": str(section.group.label),
                "rows": [{"label": row.label, "text": row.text} for row in section.rows],
            }
            for section in view.sections
        ],
    }


def extract(view: ReleasedView, network: Network) -> bytes:
    """Return what was released as PDF."""
    data = plain(view)
    until = long_day(view.until, "de") if view.until else ""
    return render_pdf(
        "extract",
        {
            "title": view.name,
            "network": choose(network.name, "de").text,
            "intro": _("Freigegeben von %(organisation)s, bis %(until)s. Nur für den Zweck der Freigabe.")
            % {"organisation": data["organisation"], "until": until},
            "note": _("Wird die Freigabe widerrufen, dürfen Sie diese Angaben nicht weiter nutzen."),
            "empty": _("Hier steht dazu nichts. Sie dürfen die Beratung danach fragen."),
            "sections": data["sections"],
        },
        language="de",
    )
