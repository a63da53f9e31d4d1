"""Questions that forms of the public site share: how we reach somebody safely, and in which language."""

import uuid
from typing import Any, Protocol

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.clients.forms import PhoneField
from tragnetz.clients.rules import ContactDetails, clean_phone
from tragnetz.core.clock import now
from tragnetz.core.forms import KeyedForm
from tragnetz.core.texts import content_language
from tragnetz.network.models import District, Network
from tragnetz.network.queries import districts
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.staff.enums import Counted
from tragnetz.staff.throttle import give_back, take


class Told(Protocol):
    """Somebody to whom we write by ourselves, if they allow it: what a form says of them, or a row."""

    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def may_text(self) -> bool: ...
    @property
    def may_email(self) -> bool: ...


def _ways(told: Told) -> dict[str, str]:
    ways = {"may_text": (told.may_text, clean_phone(told.phone)), "may_email": (told.may_email, told.email)}
    return {field: address for field, (may, address) in ways.items() if may and address}


def told_too_often(told: Told) -> list[str]:
    """Count that a visitor lets us write to a number or an address; returns the permissions of which that is too often.

    It may be anybody's: a program could let us flood it.
    """
    return [field for field, address in _ways(told).items() if take(Counted.TOLD, address, now())]


def not_told(told: Told) -> None:
    """Take back what was counted: what was asked for was not there any more."""
    for address in _ways(told).values():
        give_back(Counted.TOLD, address)


def writes_too_often(form: forms.Form, details: ContactDetails) -> bool:
    """Count what a form lets us write, and say in it what is too much; returns whether anything is.

    Nobody is kept from anything: it goes on without the message.
    """
    slowed = told_too_often(details)
    for field in slowed:
        form.add_error(
            field, _("Dorthin ging zuletzt schon viel von uns. Nehmen Sie diesen Haken weg, dann klappt es.")
        )
    return bool(slowed)


def spoken_in(network: Network) -> list[str]:
    """Return the languages in which one may ask to talk; Einfache Sprache is spoken German."""
    return [code for code in network.languages if code != "simple"]


def first_answers(languages: list[str]) -> dict[str, str]:
    """Return what an empty form begins with: a key of its own, and the page's language if it is spoken."""
    spoken = content_language(get_language() or "de")
    return {"key": uuid.uuid4().hex, "language": spoken if spoken in languages else "de"}


class ReachForm(KeyedForm):
    """Name, number, what is safe, language; with the key that makes sending twice harmless."""

    name = forms.CharField(
        label=_("Wie dürfen wir Sie nennen?"),
        help_text=_("Das muss nicht Ihr voller Name sein."),
        max_length=80,
        error_messages={"required": _("Bitte schreiben Sie einen Namen. Ein Vorname genügt.")},
    )
    phone = PhoneField(
        label=_("Telefonnummer"),
        required=True,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
        error_messages={"required": _("Wir brauchen Ihre Nummer. Sonst erreichen wir Sie nicht.")},
    )
    may_voicemail = forms.BooleanField(label=_("Sie dürfen auf meine Mailbox sprechen."), required=False)
    safe_note = forms.CharField(
        label=_("Was sollen wir beachten? (freiwillig)"),
        help_text=_("Zum Beispiel: Nicht sagen, wer anruft. Nur anrufen, wenn die Kinder in der Schule sind."),
        max_length=300,
        required=False,
    )
    language = forms.ChoiceField(label=_("In welcher Sprache möchten Sie sprechen?"), required=False)
    interpreter = forms.BooleanField(label=_("Ich brauche jemanden, der übersetzt."), required=False)
    district = forms.ChoiceField(label=_("Wo wohnen Sie? (freiwillig)"), required=False)
    concern = forms.CharField(
        label=_("Worum geht es? (freiwillig)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.known = {row.key: row for row in districts()}
        spoken, homes = self.fields["language"], self.fields["district"]
        assert isinstance(spoken, forms.ChoiceField)  # noqa: S101 -- declared above
        assert isinstance(homes, forms.ChoiceField)  # noqa: S101 -- declared above
        spoken.choices = [(code, LANGUAGE_NAMES[code]) for code in languages if code in LANGUAGE_NAMES]
        homes.choices = [("", _("keine Angabe")), *((row.key, row.name) for row in self.known.values())]

    @property
    def place(self) -> District | None:
        """The Stadtbezirk that was chosen."""
        return self.known.get(str(self.cleaned_data.get("district", "")))

    def details(self) -> ContactDetails:
        """Return how to reach the person."""
        data = self.cleaned_data
        return ContactDetails(
            name=data["name"],
            phone=data["phone"],
            language=data["language"] or "de",
            interpreter=data["interpreter"],
            may_call=True,
            may_text=bool(data.get("may_text")),
            may_voicemail=data["may_voicemail"],
            safe_note=data["safe_note"],
        )
