"""What is asked about somebody around a household."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.networkmap.commands import TieDetails
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.networkmap.models import Tie
from tragnetz.core.forms import KeyedForm


class TieForm(KeyedForm):
    """Somebody or some office."""

    name = forms.CharField(
        label=_("Wer?"),
        help_text=_("Ein Vorname oder „Oma“, „Jobcenter“ reicht."),
        max_length=60,
        error_messages={"required": _("Bitte schreiben Sie, wer es ist.")},
    )
    relation = forms.CharField(
        label=_("Was verbindet?"), help_text=_("Zum Beispiel „holt die Kinder ab“."), max_length=120, required=False
    )
    sphere = forms.ChoiceField(label=_("Wohin gehört es?"), choices=Sphere.choices)
    strength = forms.ChoiceField(label=_("Was tut es?"), choices=Strength.choices)

    @property
    def shown(self) -> list[forms.BoundField]:
        """All but the key."""
        return [self[name] for name in ("name", "relation", "sphere", "strength")]

    def details(self) -> TieDetails:
        """Return what was typed."""
        data = self.cleaned_data
        return TieDetails(data["name"], Sphere(data["sphere"]), Strength(data["strength"]), data["relation"])


def tie_initial(tie: Tie) -> dict[str, Any]:
    """Return the form as it was written last."""
    return {name: getattr(tie, name) for name in ("name", "relation", "sphere", "strength")}
