"""What is asked when somebody allows, withdraws or signs something."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tragnetz.clients.models import Person
from tragnetz.consent.commands import ConsentDraft, ReleaseDraft
from tragnetz.consent.enums import PURPOSES, SENSITIVE, DataGroup, GivenBy, Handout, Kind, Purpose, Signer
from tragnetz.consent.errors import WORDS, TermsError
from tragnetz.consent.queries import recipients_of, speakers_of
from tragnetz.consent.rules import SIGNATURE_DAYS, Terms, Ways, default_end, may_be_minor, signature_due
from tragnetz.consent.shapes import LANGUAGES
from tragnetz.consent.wording import text_language
from tragnetz.core.forms import KeyedForm
from tragnetz.network.actors import Actor
from tragnetz.network.languages import language_name
from tragnetz.network.models import Organisation

ALL_THERE = ""


def language_choices() -> list[tuple[str, Any]]:
    """Return the languages in which the texts stand."""
    return [(code, language_name(code)) for code in LANGUAGES]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 -- lazy texts
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Bitte ein Datum."),
            "invalid": _("Bitte ein Datum, zum Beispiel 01.12.2026."),
        },
    )  # fmt: skip


class GiveForm(KeyedForm):
    """What consent and release are asked alike. Fields of a form that was not chosen are not read."""

    kind: Kind
    purpose = forms.ChoiceField(label=_("Wozu?"), error_messages={"required": _("Bitte wählen Sie, wozu.")})
    groups = forms.MultipleChoiceField(
        label=_("Um welche Angaben geht es?"), widget=forms.CheckboxSelectMultiple, choices=DataGroup.choices,
        error_messages={"required": _("Bitte wählen Sie, um welche Angaben es geht.")},
    )  # fmt: skip
    until = _day(_("Bis wann?"), help_text=_("Vorschlag: 12 Monate."))
    ends_with_case = forms.BooleanField(label=_("Endet früher, wenn der Fall endet"), required=False)
    form = forms.ChoiceField(
        label=_("In welcher Form?"), choices=GivenBy.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie die Form.")},
    )  # fmt: skip
    given_on = _day(_("Am"))
    witness = forms.CharField(
        label=_("Vor wem?"), required=False, max_length=120, help_text=_("Name der Person, die dabei war.")
    )
    signature_due = _day(
        _("Unterschrift bis"), required=False, help_text=_("Ohne Unterschrift gilt es danach nicht mehr.")
    )
    signed_on = _day(_("Unterschrieben am"), required=False)
    proof = forms.CharField(
        label=_("Nachweis"), required=False, max_length=200,
        help_text=_("Wo liegt das Papier? Welche E-Mail?"),
    )  # fmt: skip
    signer = forms.ChoiceField(label=_("Wer entscheidet?"), choices=Signer.choices)
    signer_name = forms.CharField(
        label=_("Name, wenn nicht die Person selbst entscheidet"), required=False, max_length=120
    )
    capacity_noted = forms.BooleanField(label=_("Minderjährig: Die Person versteht, was sie erlaubt"), required=False)
    language = forms.ChoiceField(label=_("Sprache der Quittung"), choices=language_choices)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        person: Person,
        organisation: Organisation,
        language: str,
        today: date,
    ) -> None:
        due = signature_due(GivenBy.ORAL, organisation.regime, today)
        super().__init__(
            data,
            initial={
                "key": uuid.uuid4().hex,
                "until": default_end(today),
                "ends_with_case": True,
                "form": GivenBy.WRITTEN,
                "given_on": today,
                "signed_on": today,
                "signature_due": due,
                "signer": Signer.SELF,
                "language": text_language(language),
            },
        )
        self.sent = data
        self.actor, self.person, self.organisation = actor, person, organisation
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (purpose.value, purpose.label) for purpose in PURPOSES[self.kind]
        ]
        self.is_written_rule = due is not None
        self.may_be_minor = may_be_minor(person.relation, person.birth_year, today)
        if due is not None:
            self.fields["signature_due"].help_text = _(
                "§ 8 KDG: in der Regel schriftlich. Vorschlag: %(days)d Tage (eigene Frist, zu prüfen)."
            ) % {"days": SIGNATURE_DAYS}

    @property
    def group_rows(self) -> list[tuple[str, Any, bool, bool]]:
        """Each group with whether it is specially protected and whether it is ticked."""
        ticked = set(self["groups"].value() or [])
        return [(group.value, group.label, group in SENSITIVE, group.value in ticked) for group in DataGroup]

    @property
    def form_rows(self) -> list[tuple[str, Any, bool]]:
        """Each form with whether it is chosen."""
        chosen = self["form"].value()
        return [(one.value, one.label, one.value == chosen) for one in GivenBy]

    def terms(self) -> Terms:
        """Return what was said, as far as it belongs to the form that was chosen."""
        data = self.cleaned_data
        oral, written = data["form"] == GivenBy.ORAL, data["form"] == GivenBy.WRITTEN
        return Terms(
            purpose=data["purpose"], groups=frozenset(data["groups"]), until=data["until"],
            # What is for the time after the case cannot end with it.
            ends_with_case=data["ends_with_case"] and data["purpose"] != Purpose.FOLLOW_UP,
            form=data["form"], given_on=data["given_on"],
            witness=data["witness"] if oral else "", signature_due=data["signature_due"] if oral else None,
            signed_on=data["signed_on"] if written else None, proof=data["proof"],
            signer=data["signer"], signer_name=data["signer_name"],
            capacity_noted=data["capacity_noted"] and self.may_be_minor, language=data["language"],
        )  # fmt: skip

    def tell(self, error: TermsError) -> None:
        """Put what is wrong beside the fields that it is about."""
        for problem in error.problems:
            name, words = WORDS[problem]
            self.add_error(name if name in self.fields else None, str(words))

    def kept_values(self) -> list[tuple[str, str]]:
        """Return all that was sent, for hidden fields of the page that shows the sentence."""
        return [
            (name, value)
            for name, values in (self.sent.lists() if self.sent is not None else ())
            for value in values
            if name not in {"csrfmiddlewaretoken", "confirm", "edit"}
        ]


class ReleaseForm(GiveForm):
    """A release: who may speak with whom about what."""

    kind = Kind.RELEASE
    speakers = forms.MultipleChoiceField(
        label=_("Wer darf sprechen?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie, wer sprechen darf.")},
    )  # fmt: skip
    only = forms.ChoiceField(label=_("Bei uns"), required=False)
    to_organisation = forms.ChoiceField(label=_("Mit welcher Stelle im Netz?"), required=False)
    to_outside = forms.CharField(
        label=_("Oder mit wem außerhalb?"), required=False, max_length=200,
        help_text=_("Name der Stelle oder Person, zum Beispiel: Dr. Meier, Hausärztin."),
    )  # fmt: skip
    topic = forms.CharField(
        label=_("Über welches Thema?"), max_length=200, help_text=_("Zum Beispiel: Antrag auf Wohngeld."),
        error_messages={"required": _("Worüber darf gesprochen werden?")},
    )  # fmt: skip

    def __init__(self, *args: Any, working_on_it: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- as above
        super().__init__(*args, **kwargs)
        self.initial["speakers"] = [str(self.organisation.pk)]
        self.fields["speakers"].choices = [(str(row.pk), row.name) for row in speakers_of()]  # type: ignore[attr-defined]
        self.fields["to_organisation"].choices = [  # type: ignore[attr-defined]
            ("", _("keine von diesen")), *((str(row.pk), row.name) for row in recipients_of(self.actor)),
        ]  # fmt: skip
        self.fields["only"].choices = [  # type: ignore[attr-defined]
            (ALL_THERE, _("alle, die am Fall arbeiten")),
            *((key, _("nur %(name)s") % {"name": name}) for key, name in working_on_it),
        ]

    def draft(self) -> ReleaseDraft:
        """Return the release as it was taken down."""
        data = self.cleaned_data
        own = str(self.organisation.pk) in data["speakers"]
        ways = Ways(
            speakers=tuple(uuid.UUID(one) for one in data["speakers"]),
            recipient=uuid.UUID(data["to_organisation"]) if data["to_organisation"] else None,
            outside=data["to_outside"],
            topic=data["topic"],
            only=(uuid.UUID(data["only"]),) if data["only"] and own else (),
        )
        return ReleaseDraft(self.person, self.terms(), ways)


class ConsentForm(GiveForm):
    """A consent to the processing of data, and who else gets them."""

    kind = Kind.CONSENT
    recipients = forms.MultipleChoiceField(
        label=_("Wer bekommt die Angaben außer uns?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    outside = forms.CharField(label=_("Wer noch, außerhalb des Netzes?"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as above
        super().__init__(*args, **kwargs)
        rows = recipients_of(self.actor).filter(is_member=True)
        self.fields["recipients"].choices = [(str(row.pk), row.name) for row in rows]  # type: ignore[attr-defined]

    def draft(self) -> ConsentDraft:
        """Return the consent as it was taken down."""
        data = self.cleaned_data
        chosen = tuple(uuid.UUID(one) for one in data["recipients"])
        return ConsentDraft(self.person, self.terms(), chosen, data["outside"])


class WithdrawForm(forms.Form):
    """How somebody withdrew."""

    form = forms.ChoiceField(label=_("Wie wurde widerrufen?"), choices=GivenBy.choices, initial=GivenBy.ORAL)


class SignForm(forms.Form):
    """When the signature came."""

    signed_on = _day(_("Unterschrieben am"))


class NoticeForm(KeyedForm):
    """Which information was handed out, when and how."""

    purpose = forms.ChoiceField(label=_("Wozu?"), choices=Purpose.choices)
    language = forms.ChoiceField(label=_("Sprache"), choices=language_choices)
    how = forms.ChoiceField(label=_("Wie?"), choices=Handout.choices)
    handed_on = _day(_("Am"))
