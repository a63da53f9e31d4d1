"""How somebody is reached, to be changed later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.clients.forms import PhoneField
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.languages import language_choices


class ContactForm(forms.Form):
    """A safe contact. What is not allowed is not used, even if the number or address stands here."""

    name = forms.CharField(label=_("Name oder wie wir die Person nennen"), max_length=80)
    language = forms.ChoiceField(label=_("Sprache"), choices=language_choices, required=False)
    interpreter = forms.BooleanField(label=_("Dolmetschen nötig"), required=False)
    phone = PhoneField()
    may_call = forms.BooleanField(label=_("Anrufen erlaubt"), required=False)
    may_voicemail = forms.BooleanField(label=_("Mailbox erlaubt"), required=False)
    may_text = forms.BooleanField(label=_("SMS erlaubt"), required=False)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), required=False, max_length=254, widget=forms.EmailInput(attrs={"type": "email"})
    )
    may_email = forms.BooleanField(label=_("E-Mail erlaubt"), required=False)
    address = forms.CharField(
        label=_("Postadresse (Straße, Postleitzahl und Ort)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_letter = forms.BooleanField(label=_("Brief erlaubt"), required=False)
    address_blocked = forms.BooleanField(
        label=_("Auskunftssperre: Adresse, Telefon und E-Mail nicht an andere Stellen"), required=False
    )
    safe_note = forms.CharField(
        label=_("Sicher erreichen"),
        help_text=_("Was darf nie gesagt werden? Wann nicht anrufen?"),
        required=False,
        max_length=500,
    )

    @classmethod
    def of(cls, contact: Contact) -> "ContactForm":
        """Return the form filled with what is known."""
        known: dict[str, Any] = {name: getattr(contact, name) for name in cls.base_fields}
        return cls(initial=known | {"phone": contact.spoken_phone})

    def clean(self) -> dict[str, Any]:
        """Ask for the address of a way that is allowed."""
        cleaned = super().clean() or self.cleaned_data
        for allowed, name, text in (
            ("may_text", "phone", _("Für SMS brauchen wir eine Telefonnummer.")),
            ("may_email", "email", _("Für E-Mails brauchen wir eine E-Mail-Adresse.")),
            ("may_letter", "address", _("Für Briefe brauchen wir eine Postadresse.")),
        ):
            if cleaned.get(allowed) and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, text)
        return cleaned

    def details(self) -> ContactDetails:
        """Return how to reach the person."""
        return ContactDetails(**self.cleaned_data)
