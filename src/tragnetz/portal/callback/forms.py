"""Whom we call back, and when it suits."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import Urgency
from tragnetz.clients.rules import ContactDetails
from tragnetz.portal.reach import ReachForm

SUITS = [("", _("immer, wenn Sie da sind")), ("morning", _("eher vormittags")), ("afternoon", _("eher nachmittags"))]
# For us, so in German: it stands where whoever calls reads first.
_TOLD = {"morning": "Am besten vormittags anrufen.", "afternoon": "Am besten nachmittags anrufen."}


class CallbackForm(ReachForm):
    """A wish to be called."""

    suits = forms.ChoiceField(label=_("Wann passt es Ihnen?"), choices=SUITS, required=False)
    urgent = forms.BooleanField(
        label=_("Es ist eilig: Ich verliere die Wohnung, der Strom ist weg, oder ich habe kein Geld für Essen."),
        required=False,
    )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions in their order."""
        order = (
            "name", "phone", "suits", "urgent", "may_voicemail", "safe_note", "language", "interpreter", "district",
            "concern",
        )  # fmt: skip
        return [self[name] for name in order]

    @property
    def urgency(self) -> Urgency:
        """How soon somebody must be called."""
        return Urgency.TODAY if self.cleaned_data["urgent"] else Urgency.NORMAL

    def details(self) -> ContactDetails:
        """Return how to reach the person, with when it suits."""
        details = super().details()
        told = _TOLD.get(self.cleaned_data["suits"], "")
        return replace(details, safe_note=f"{told} {details.safe_note}".strip())
