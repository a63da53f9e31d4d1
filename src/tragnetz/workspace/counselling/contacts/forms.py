"""A contact with its note and the next step: one form for the 30 seconds after a talk."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.models import Booking
from tragnetz.casework.contacts.commands import Met, NextStep
from tragnetz.casework.contacts.rules import MINUTES, day_fits, inserted
from tragnetz.casework.enums import ContactKind, Interpreting, NoteKind, Participant, StepOwner
from tragnetz.casework.models import TextTemplate
from tragnetz.casework.models.contacts import LONGEST_MINUTES
from tragnetz.casework.overview.queries import CaseView
from tragnetz.core.forms import KeyedForm
from tragnetz.network.languages import language_choices
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area

_KIND_OF = {
    Kind.PHONE: ContactKind.PHONE, Kind.ON_SITE: ContactKind.OFFICE, Kind.HOME: ContactKind.HOME,
    Kind.VIDEO: ContactKind.VIDEO,
}  # fmt: skip
_MINUTES = _("Bitte Minuten von 1 bis 1440.")
_TEXTS = tuple(NoteKind)
_STEP = ("step_text", "step_owner", "step_due")
_MORE = ("participants", "language", "interpreting")


class ContactForm(KeyedForm, PartForm):
    """When, how, how long, with whom; what was said, kept apart; what comes next."""

    kind = forms.ChoiceField(label=_("Wie?"), choices=ContactKind.choices)
    held_on = day_field(_("Wann?"))
    minutes = forms.IntegerField(
        label=_("Minuten"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _MINUTES),
    )
    facts = text_area(_("Sachverhalt"), help_text=_("Was ist? Was ist geschehen?"))
    assessment = text_area(_("Einschätzung"), rows=2, help_text=_("Was denken Sie darüber?"))
    agreement = text_area(_("Vereinbarung"), rows=2, help_text=_("Was haben Sie gemeinsam beschlossen?"))
    step_text = forms.CharField(label=_("Was ist als Nächstes zu tun?"), max_length=500, required=False)
    step_owner = forms.ChoiceField(label=_("Wer?"), choices=StepOwner.choices, required=False)
    step_due = day_field(_("Bis wann?"), required=False)
    participants = forms.MultipleChoiceField(
        label=_("Mit wem?"), choices=Participant.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=language_choices)
    interpreting = forms.ChoiceField(
        label=_("Wer hat gedolmetscht?"), choices=Interpreting.choices, required=False,
        help_text=_("Kinder dolmetschen nie."),
    )  # fmt: skip
    template = forms.ChoiceField(label=_("Textbaustein"), required=False)

    def __init__(self, *args: Any, today: date, templates: list[TextTemplate], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today = today
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            ("", _("wählen")),
            *((str(row.pk), f"{row.get_kind_display()}: {row.title}") for row in templates),
        ]
        if not templates:
            del self.fields["template"]

    @property
    def how(self) -> list[forms.BoundField]:
        """The fields of when and how."""
        return [self[name] for name in ("kind", "held_on", "minutes")]

    @property
    def whose(self) -> list[forms.BoundField]:
        """Whose it is, asked before a word is written: what one of a couple told alone must not slip to the other."""
        return [self["part"]] if "part" in self.fields else []

    @property
    def said(self) -> list[forms.BoundField]:
        """The fields of what was said."""
        return [self[kind] for kind in _TEXTS]

    @property
    def step(self) -> list[forms.BoundField]:
        """The fields of what comes next."""
        return [self[name] for name in _STEP]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are mostly right as they stand."""
        return [self[name] for name in _MORE if name in self.fields]

    @property
    def opens_more(self) -> bool:
        """Whether something is wrong where it does not show at first."""
        return any(name in self.errors for name in _MORE)

    def clean_held_on(self) -> date:
        """Refuse a day that is to come, or long gone."""
        day: date = self.cleaned_data["held_on"]
        if not day_fits(day, self.today):
            raise forms.ValidationError(_("Das Datum muss heute oder im letzten Jahr liegen."))
        return day

    def clean_step_due(self) -> date | None:
        """Refuse a step that is due in the past."""
        due: date | None = self.cleaned_data["step_due"]
        if due is not None and due < self.today:
            raise forms.ValidationError(_("Dieses Datum ist schon vorbei."))
        return due

    def clean(self) -> dict[str, Any]:
        """Ask for words where there is neither a talk nor a text, and for the step that a date is for."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == ContactKind.ALONE and not any(cleaned.get(kind) for kind in _TEXTS):
            self.add_error("facts", _("Ohne Gespräch braucht es eine Notiz."))
        if cleaned.get("step_due") and not cleaned.get("step_text"):
            self.add_error("step_text", _("Zu diesem Datum fehlt der Schritt."))
        return cleaned

    def met(self) -> Met:
        """Return how one met."""
        data = self.cleaned_data
        return Met(
            data["kind"], data["held_on"], data["minutes"], tuple(data["participants"]), data["language"],
            data["interpreting"],
        )  # fmt: skip

    def texts(self) -> dict[str, str]:
        """Return what was said, by kind of note."""
        return {kind: self.cleaned_data[kind] for kind in _TEXTS}

    def next_step(self) -> NextStep | None:
        """Return what comes next, if something was agreed."""
        data = self.cleaned_data
        if not data["step_text"]:
            return None
        return NextStep(data["step_text"], data["step_owner"] or StepOwner.PERSON, data["step_due"])


def first_words(view: CaseView, bookings: list[Booking], now: datetime) -> dict[str, object]:
    """Return what the form begins with: today's appointment if there was one, else a phone call."""
    zone = view.case.network.zone
    today = now.astimezone(zone).date()
    contact = view.case.contact
    kind, minutes = ContactKind.PHONE, MINUTES[ContactKind.PHONE]
    for booking in bookings:
        if booking.starts_at.astimezone(zone).date() == today:
            kind = _KIND_OF.get(Kind(booking.kind), ContactKind.OFFICE)
            minutes = round((booking.ends_at - booking.starts_at).total_seconds() / 60)
    return {
        "key": uuid.uuid4().hex, "kind": kind, "held_on": today.isoformat(), "minutes": minutes,
        "participants": [Participant.PERSON], "language": contact.language if contact else "de",
    }  # fmt: skip


def with_template(typed: QueryDict, templates: list[TextTemplate]) -> Mapping[str, object]:
    """Return a form as it was typed, with the chosen short text added where it belongs."""
    found: dict[str, object] = {**typed.dict(), "participants": typed.getlist("participants"), "template": ""}
    chosen = next((row for row in templates if str(row.pk) == typed.get("template")), None)
    if chosen is not None:
        found[chosen.kind] = inserted(typed.get(chosen.kind, ""), chosen.text)
    return found


class TemplateForm(forms.Form):
    """A short text of the organisation."""

    kind = forms.ChoiceField(label=_("Wofür?"), choices=NoteKind.choices)
    title = forms.CharField(
        label=_("Titel"), max_length=80, error_messages={"required": _("Bitte geben Sie dem Text einen Titel.")}
    )
    text = text_area(_("Text"), rows=4, required=True, help_text=_("Ohne Namen und ohne Angaben zu einer Person."))
