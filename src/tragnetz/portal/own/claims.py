"""How claims stand, in plain words for the person."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.told import Told

STATES: Mapping[str, Promise] = {
    ClaimState.PLANNED: _("Wir bereiten den Antrag mit Ihnen vor."),
    ClaimState.PAPERS: _("Es fehlen noch Unterlagen."),
    ClaimState.SENT: _("Der Antrag ist abgegeben. Das Amt prüft ihn."),
    ClaimState.ASKED_BACK: _("Das Amt hat eine Frage. Sprechen Sie bald mit uns."),
    ClaimState.GRANTED: _("Der Antrag ist bewilligt."),
    ClaimState.REFUSED: _("Der Antrag ist abgelehnt. Sprechen Sie mit uns: Vielleicht können Sie sich wehren."),
    ClaimState.OBJECTION: _("Das Amt oder das Gericht prüft die Entscheidung noch einmal."),
}


def in_words(told: list[Told]) -> list[tuple[Told, str]]:
    """Return claims with how they stand."""
    return [(one, str(STATES[one.state])) for one in told]
