"""What we need for a place in a group: as little as possible."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.groups.forms import ContactForm
from tragnetz.clients.forms import PhoneField


class RegistrationForm(ContactForm):
    """The same questions, put to the person."""

    name = forms.CharField(
        label=_("Wie dürfen wir Sie nennen?"),
        help_text=_("Ein Vorname genügt. Für eine Bescheinigung brauchen wir Ihren vollen Namen."),
        max_length=80,
        error_messages={"required": _("Bitte schreiben Sie einen Namen. Ein Vorname genügt.")},
    )
    phone = PhoneField(
        label=_("Telefonnummer (freiwillig)"),
        help_text=_("Damit wir Sie erreichen, wenn ein Termin ausfällt oder ein Platz frei wird."),
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    may_text = forms.BooleanField(
        label=_("Sie dürfen mir eine SMS schicken (Bestätigung und Erinnerung)."), required=False
    )
    may_voicemail = forms.BooleanField(label=_("Sie dürfen auf meine Mailbox sprechen."), required=False)
    email = forms.EmailField(
        label=_("E-Mail-Adresse (freiwillig)"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie.")},
    )  # fmt: skip
    may_email = forms.BooleanField(
        label=_("Sie dürfen mir eine E-Mail schicken (Bestätigung und Erinnerung)."), required=False
    )
