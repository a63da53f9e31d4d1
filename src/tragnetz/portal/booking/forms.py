"""What we need for an appointment: as little as possible."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.rules import Wanted, read_token
from tragnetz.clients.forms import PhoneField
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.forms import KeyedForm
from tragnetz.core.ids import clean_code
from tragnetz.network.rules import LANGUAGE_NAMES

PUBLIC_KINDS = [(Kind.PHONE.value, _("am Telefon")), (Kind.ON_SITE.value, _("vor Ort"))]


class BookingForm(KeyedForm):
    """Time, name, how to reach the person safely; all else is free to leave out."""

    slot = forms.CharField(
        required=True, max_length=120, error_messages={"required": _("Bitte wählen Sie einen Termin.")}
    )
    name = forms.CharField(
        label=_("Wie dürfen wir Sie nennen?"),
        help_text=_("Das muss nicht Ihr voller Name sein."),
        max_length=80,
        error_messages={"required": _("Bitte schreiben Sie einen Namen. Ein Vorname genügt.")},
    )
    phone = PhoneField(
        label=_("Telefonnummer"),
        help_text=_("Für ein Gespräch am Telefon: Auf dieser Nummer rufen wir Sie an."),
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    may_text = forms.BooleanField(
        label=_("Sie dürfen mir eine SMS schicken (Bestätigung und Erinnerung)."), required=False
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse (freiwillig)"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"type": "email", "autocomplete": "email"}),
        error_messages={"invalid": _("Diese E-Mail-Adresse stimmt nicht. Sie können das Feld auch leer lassen.")},
    )
    may_email = forms.BooleanField(
        label=_("Sie dürfen mir eine E-Mail schicken (Bestätigung und Erinnerung)."), required=False
    )
    may_voicemail = forms.BooleanField(label=_("Sie dürfen auf meine Mailbox sprechen."), required=False)
    language = forms.ChoiceField(label=_("In welcher Sprache möchten Sie sprechen?"), required=False)
    interpreter = forms.BooleanField(label=_("Ich brauche jemanden, der übersetzt."), required=False)
    code = forms.CharField(
        label=_("Code für Ihre Antworten (freiwillig)"),
        help_text=_("Haben Sie einen Code aus dem Wegweiser? Dann kennt die Beratung Ihre Antworten schon."),
        max_length=20,
        required=False,
    )
    concern = forms.CharField(
        label=_("Worum geht es? (freiwillig)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(choices=PUBLIC_KINDS, required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        choice = self.fields["language"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
        choice.choices = [(code, LANGUAGE_NAMES[code]) for code in languages if code in LANGUAGE_NAMES]

    @property
    def details_fields(self) -> list[forms.BoundField]:
        """The questions below the times."""
        names = ("name", "phone", "may_text", "may_voicemail", "email", "may_email", "code", "concern")
        return [self[name] for name in names]

    def clean_slot(self) -> Wanted:
        """Read the chosen time."""
        wanted = read_token(str(self.cleaned_data["slot"]))
        if wanted is None:
            raise forms.ValidationError(_("Bitte wählen Sie einen Termin."))
        return wanted

    def clean_code(self) -> str:
        """Refuse a code that cannot be one."""
        typed = str(self.cleaned_data["code"]).strip()
        if typed and not clean_code(typed):
            raise forms.ValidationError(
                _("Der Code hat 12 Zeichen, zum Beispiel K7M4-9XQ2-PD3A. Oder lassen Sie das Feld leer.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for a number if the talk is on the phone."""
        cleaned = super().clean() or self.cleaned_data
        wanted = cleaned.get("slot")
        if wanted and wanted.kind == Kind.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Für ein Gespräch am Telefon brauchen wir Ihre Nummer."))
        return cleaned

    def details(self) -> ContactDetails:
        """Return how to reach the person."""
        data = self.cleaned_data
        return ContactDetails(
            name=data["name"],
            phone=data["phone"],
            language=data["language"] or "de",
            interpreter=data["interpreter"],
            may_call=True,
            may_text=data["may_text"],
            may_voicemail=data["may_voicemail"],
            email=data["email"],
            may_email=data["may_email"],
        )
