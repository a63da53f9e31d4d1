"""What is asked for further talks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.rules import Wanted, read_token
from tragnetz.appointments.series import MOST

EVERY = [(1, _("jede Woche")), (2, _("alle zwei Wochen")), (4, _("alle vier Wochen"))]


class FollowUpForm(forms.Form):
    """One talk or a series; `slots` are the times chosen, in one word."""

    kind = forms.ChoiceField(label=_("Wie?"), choices=Kind.choices, initial=Kind.ON_SITE)
    count = forms.IntegerField(label=_("Wie viele Gespräche?"), min_value=1, max_value=MOST, initial=1)
    every = forms.TypedChoiceField(label=_("Abstand"), choices=EVERY, coerce=int, initial=2)
    interpreter = forms.BooleanField(label=_("Dolmetschen nötig"), required=False)
    slots = forms.CharField(required=False, max_length=2000)
    key = forms.UUIDField(required=False)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that are seen."""
        return [self[name] for name in ("kind", "count", "every", "interpreter")]

    def clean_slots(self) -> list[Wanted]:
        """Read the chosen times."""
        found = [read_token(token) for token in str(self.cleaned_data["slots"]).split()]
        if None in found:
            raise forms.ValidationError(_("Bitte wählen Sie eine der Zeiten."))
        return [one for one in found if one is not None]
