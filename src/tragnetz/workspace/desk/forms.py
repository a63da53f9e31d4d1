"""The call sheet. Nothing is required before it is needed: an anonymous question needs nothing at all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import GENDERS, Kind, Purpose, Urgency
from tragnetz.appointments.models import Booking
from tragnetz.appointments.rules import Wanted, read_token
from tragnetz.clients.forms import PhoneField
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.forms import KeyedForm
from tragnetz.core.ids import clean_code
from tragnetz.directory.questions import EMPLOYMENT
from tragnetz.eligibility.facts import FactError, FactValue, clean_facts
from tragnetz.network.languages import language_choices
from tragnetz.network.queries import Place, find_places

KINDS = [("", _("egal")), *Kind.choices]


class CallForm(KeyedForm):
    """One call."""

    address = forms.CharField(
        label=_("Straße oder Ortsteil"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"accesskey": "o"}),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Thema"), required=False)
    urgency = forms.ChoiceField(
        label=_("Wie eilig?"),
        help_text=_("Heute: Räumung, Sperre, kein Geld für Essen, Gewalt"),
        choices=Urgency.choices,
        required=False,
        initial=Urgency.NORMAL,
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=language_choices, required=False, initial="de")
    interpreter = forms.BooleanField(label=_("Dolmetschen nötig"), required=False)
    kind = forms.ChoiceField(label=_("Termin"), choices=KINDS, required=False)
    gender = forms.ChoiceField(label=_("Sprechen"), choices=GENDERS, required=False)
    age = forms.CharField(
        label=_("Alter"), required=False, max_length=3, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    children = forms.CharField(
        label=_("Kinder"), required=False, max_length=2, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    employment = forms.ChoiceField(label=_("Arbeit"), choices=EMPLOYMENT, required=False)
    code = forms.CharField(label=_("Code (Antworten oder früherer Termin)"), required=False, max_length=20)
    name = forms.CharField(
        label=_("Name oder wie wir die Person nennen"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"accesskey": "n"}),
    )
    phone = PhoneField()
    may_call = forms.BooleanField(label=_("Anrufen erlaubt"), required=False, initial=True)
    may_text = forms.BooleanField(label=_("SMS erlaubt"), required=False)
    may_voicemail = forms.BooleanField(label=_("Mailbox erlaubt"), required=False)
    safe_note = forms.CharField(
        label=_("Sicher erreichen"),
        help_text=_("Was darf nie gesagt werden? Wann nicht anrufen?"),
        required=False,
        max_length=500,
    )
    email = forms.EmailField(label=_("E-Mail-Adresse"), required=False, max_length=254)
    may_email = forms.BooleanField(label=_("E-Mail erlaubt"), required=False)
    postal = forms.CharField(
        label=_("Postadresse (Straße, Postleitzahl und Ort)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    may_letter = forms.BooleanField(label=_("Brief erlaubt"), required=False)
    concern = forms.CharField(
        label=_("Worum geht es?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    slot = forms.CharField(required=False, max_length=120)
    promise = forms.CharField(required=False, max_length=40)
    contact = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        choice = self.fields["topic"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
        choice.choices = [("", _("noch offen")), *topics]
        self.place: Place | None = None
        self.places: list[Place] = []
        self.is_place_unknown = False
        self.known: Booking | None = None

    @property
    def purpose(self) -> Purpose:
        """Whether somebody comes for the first time; who has been here before shows it by the code of that time."""
        return Purpose.FOLLOW if self.known else Purpose.FIRST

    @property
    def need_fields(self) -> list[forms.BoundField]:
        """What the call is about."""
        return [self[name] for name in ("address", "topic", "urgency", "language", "interpreter", "kind", "gender")]

    @property
    def project_fields(self) -> list[forms.BoundField]:
        """What decides which programme may take the person; all free to leave out."""
        return [self[name] for name in ("age", "children", "employment", "code")]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """How to reach the person safely."""
        return [
            self[name] for name in ("name", "phone", "may_call", "may_text", "may_voicemail", "safe_note", "concern")
        ]

    @property
    def post_fields(self) -> list[forms.BoundField]:
        """Slower ways to reach the person."""
        return [self[name] for name in ("email", "may_email", "postal", "may_letter")]

    def clean_address(self) -> str:
        """Find the district; several possible ones are shown, none is guessed. Who lives elsewhere is helped, too."""
        typed = str(self.cleaned_data["address"]).strip()
        if typed:
            self.places = find_places(typed)
            self.is_place_unknown = not self.places
            if len({place.district.key for place in self.places}) == 1:
                self.place = self.places[0]
        return typed

    def clean_code(self) -> str:
        """Refuse a code that cannot be one."""
        typed = str(self.cleaned_data["code"]).strip()
        if typed and not clean_code(typed):
            raise forms.ValidationError(_("Der Code hat 12 Zeichen."))
        return typed

    def clean_slot(self) -> Wanted | None:
        """Read the chosen time."""
        return read_token(str(self.cleaned_data["slot"]))

    def clean(self) -> dict[str, Any]:
        """Numbers are numbers."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("age", "children"):
            try:
                clean_facts({name: cleaned.get(name)})
            except FactError:
                self.add_error(name, _("Bitte eine Zahl."))
        return cleaned

    def check_reach(self, doing: str) -> None:
        """Say what is missing for `doing`: who comes needs a name, whom we call a number, and must allow it."""
        if doing in {"book", "waiting"} and not self.cleaned_data.get("name"):
            self.add_error("name", _("Wie dürfen wir die Person nennen?"))
        if doing != "callback" or "phone" in self.errors:
            return
        if not self.cleaned_data.get("phone"):
            self.add_error("phone", _("Für einen Rückruf brauchen wir eine Telefonnummer."))
        elif not self.cleaned_data.get("may_call"):
            self.add_error(
                "may_call",
                _("Ohne „Anrufen erlaubt“ gibt es keinen Rückruf. Fragen Sie nach einer Nummer, unter der es geht."),
            )

    def facts(self) -> dict[str, FactValue]:
        """Return what the call has told so far."""
        data = self.cleaned_data
        known = {name: data.get(name) for name in ("age", "children", "employment") if name not in self.errors}
        facts = clean_facts(known)
        if self.place is not None:
            facts["district"] = self.place.district.key
            if len({place.locality.key for place in self.places}) == 1:
                facts["locality"] = self.place.locality.key
        return facts

    def details(self) -> ContactDetails | None:
        """Return how to reach the person; nothing if they stay anonymous."""
        data = self.cleaned_data
        if not data.get("name") and not data.get("phone"):
            return None
        return ContactDetails(
            name=data["name"],
            phone=data.get("phone", ""),
            language=data["language"] or "de",
            interpreter=data["interpreter"],
            may_call=data["may_call"],
            may_text=data["may_text"],
            may_voicemail=data["may_voicemail"],
            safe_note=data["safe_note"],
            email=data.get("email", ""),
            address=data["postal"],
            may_email=data["may_email"],
            may_letter=data["may_letter"],
        )
