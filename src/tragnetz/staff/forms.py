"""What an administrator and an invited person write."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from tragnetz.network.enums import Role
from tragnetz.network.languages import language_choices
from tragnetz.network.models import User
from tragnetz.staff.enums import ROLE_NAMES, ROLE_TELLS


class RolesForm(forms.Form):
    """What somebody does, and the languages they speak."""

    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        choices=[(role.value, ROLE_NAMES[role]) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Rolle.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Sprachen"), choices=language_choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    confirmed = forms.BooleanField(label=_("Trotzdem ändern"), required=False)

    @property
    def role_rows(self) -> list[tuple[str, object, object, bool]]:
        """Value, name, explanation of each role, and whether it is chosen."""
        chosen = self["roles"].value() or []
        return [(role.value, ROLE_NAMES[role], ROLE_TELLS[role], role.value in chosen) for role in Role]

    def chosen_roles(self) -> list[Role]:
        """Return the roles."""
        return [Role(value) for value in self.cleaned_data["roles"]]


class InvitationForm(RolesForm):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("Dienstliche E-Mail-Adresse"),
        help_text=_("Dorthin geht der Link. Mit dieser Adresse meldet sich die Person später an."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Bitte schreiben Sie eine E-Mail-Adresse."),
            "invalid": _("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie."),
        },
    )
    field_order = ["email", "roles", "languages"]


class EndForm(forms.Form):
    """When access ends."""

    last_day = forms.DateField(
        label=_("Letzter Arbeitstag"),
        help_text=_("Der Zugang endet nach diesem Tag."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Bitte wählen Sie den letzten Arbeitstag."),
            "invalid": _("Dieses Datum stimmt nicht."),
        },
    )
    confirmed = forms.BooleanField(label=_("Trotzdem beenden"), required=False)

    def __init__(self, data: Any = None, *, today: date, **given: Any) -> None:  # noqa: ANN401 -- Django's interface
        self.today = today
        super().__init__(data, **given)

    def clean_last_day(self) -> date:
        """Refuse a day that is over: for that there is ending at once."""
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(
                _("Dieser Tag ist vorbei. Um sofort zu beenden, nehmen Sie den Knopf darunter.")
            )
        return day


class JoinForm(forms.Form):
    """Name and password of somebody who was invited."""

    first_name = forms.CharField(
        label=_("Vorname"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Bitte schreiben Sie Ihren Vornamen.")},
    )
    last_name = forms.CharField(
        label=_("Nachname"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Bitte schreiben Sie Ihren Nachnamen.")},
    )
    password1 = forms.CharField(
        label=_("Passwort"),
        help_text=_("Mindestens 12 Zeichen. Gut sind vier zufällige Wörter."),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Bitte wählen Sie ein Passwort.")},
    )
    password2 = forms.CharField(
        label=_("Passwort noch einmal"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Bitte schreiben Sie das Passwort noch einmal.")},
    )

    def __init__(self, data: Any = None, *, email: str) -> None:  # noqa: ANN401 -- Django's interface
        self.email = email
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password, and two that differ."""
        given = super().clean() or self.cleaned_data
        one, two = given.get("password1"), given.get("password2")
        if one and two and one != two:
            self.add_error("password2", _("Die beiden Passwörter sind verschieden."))
        elif one:
            user = User(email=self.email, first_name=given.get("first_name", ""), last_name=given.get("last_name", ""))
            try:
                password_validation.validate_password(one, user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return given


def member_initial(roles: Sequence[Role], languages: Sequence[str]) -> dict[str, list[str]]:
    """Return what a form about a person begins with."""
    return {"roles": [role.value for role in roles], "languages": list(languages)}
