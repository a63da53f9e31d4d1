"""Whom a place is for and how to reach them safely."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.clients.forms import PhoneField
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.forms import KeyedForm


class ContactForm(KeyedForm):
    """How to reach somebody who wants to come."""

    name = forms.CharField(
        label=_("Name oder wie wir die Person nennen"),
        max_length=80,
        error_messages={"required": _("Bitte schreiben Sie einen Namen. Ein Vorname genügt.")},
    )
    phone = PhoneField()
    may_text = forms.BooleanField(label=_("SMS erlaubt"), required=False)
    may_voicemail = forms.BooleanField(label=_("Mailbox erlaubt"), required=False)
    email = forms.EmailField(
        label=_("E-Mail"), required=False,
        error_messages={"invalid": _("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie.")},
    )  # fmt: skip
    may_email = forms.BooleanField(label=_("E-Mail erlaubt"), required=False)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions that are shown."""
        return [field for field in self if field.name != "key"]

    def details(self, language: str) -> ContactDetails:
        """Return how to reach the person, who is written to in a language."""
        data = self.cleaned_data
        return ContactDetails(
            name=data["name"],
            phone=data["phone"],
            email=data["email"],
            language=language,
            may_call=data.get("may_call", True),
            may_text=data["may_text"],
            may_voicemail=data["may_voicemail"],
            may_email=data["may_email"],
            safe_note=data.get("safe_note", ""),
        )


class PersonForm(ContactForm):
    """The same as staff take it down, with what must never be said."""

    may_call = forms.BooleanField(label=_("Anrufen erlaubt"), required=False, initial=True)
    safe_note = forms.CharField(
        label=_("Sicher erreichen"),
        help_text=_("Was darf nie gesagt werden? Wann nicht anrufen?"),
        required=False,
        max_length=500,
    )
    field_order = ["name", "phone", "may_call", "may_text", "may_voicemail", "email", "may_email", "safe_note"]
