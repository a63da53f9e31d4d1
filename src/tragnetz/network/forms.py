"""What editors fill in about an organisation and its sites."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.network.enums import OrganisationKind
from tragnetz.network.models import Locality

_YES_NO = [("", _("nicht bekannt")), ("yes", _("ja")), ("no", _("nein"))]


class OrganisationForm(forms.Form):
    """An organisation: its names and how to reach it."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Wie heißt die Organisation?")}
    )
    short_name = forms.CharField(label=_("Kurzer Name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Art"), choices=OrganisationKind.choices)
    email = forms.EmailField(
        label=_("E-Mail"),
        help_text=_("Dorthin geht die Bitte, die Einträge zu prüfen."),
        required=False,
        error_messages={"invalid": _("Bitte eine E-Mail-Adresse, zum Beispiel info@beispiel.de.")},
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    url = forms.URLField(
        label=_("Website"),
        max_length=400,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Bitte eine Adresse im Internet, zum Beispiel https://www.beispiel.de.")},
    )
    description = forms.CharField(
        label=_("Beschreibung"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SiteForm(forms.Form):
    """A place where an organisation can be met."""

    name = forms.CharField(
        label=_("Name des Ortes"), max_length=120, error_messages={"required": _("Wie heißt der Ort?")}
    )
    street = forms.CharField(
        label=_("Straße"), max_length=120, error_messages={"required": _("In welcher Straße ist das?")}
    )
    number = forms.CharField(label=_("Hausnummer"), max_length=20, required=False)
    postcode = forms.RegexField(
        r"^(\d{5})?$",
        label=_("Postleitzahl"),
        required=False,
        error_messages={"invalid": _("Eine Postleitzahl hat fünf Ziffern.")},
    )
    locality = forms.ChoiceField(label=_("Ortsteil"), required=False)
    step_free = forms.ChoiceField(label=_("Ohne Stufen erreichbar"), choices=_YES_NO, required=False)
    transport = forms.CharField(label=_("Bus und Bahn"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        rows = [(row.key, row.name) for row in Locality.objects.all()]
        self.fields["locality"] = forms.ChoiceField(
            label=_("Ortsteil"), choices=[("", _("nicht bekannt")), *rows], required=False
        )
