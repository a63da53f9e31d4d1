"""What is asked on the way to work."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from tragnetz.casework.coaching.commands import Job, Profile
from tragnetz.casework.coaching.enums import ApplicationState, EndReason, Field, Kept, WorkKind
from tragnetz.casework.coaching.models import Coaching, Placement
from tragnetz.casework.coaching.rules import MOST_HOURS, next_states
from tragnetz.core.forms import KeyedForm

type Text = str | StrPromise
PROFILE_TEXT = 4000
# As texts: a select compares what was sent with its values.
FIELDS = [("", _("noch offen")), *((str(value), label) for value, label in Field.choices)]
YES_NO = [("", _("nicht bekannt")), ("no", _("unbefristet")), ("yes", _("befristet"))]


def _day(label: Text, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Bitte wählen Sie einen Tag."), "invalid": _("Bitte ein Datum, zum Beispiel 01.12.2026."),
        },
    )  # fmt: skip


def _text(label: Text, help_text: Text = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=PROFILE_TEXT, widget=widget)


def _hours(label: Text, help_text: Text = "") -> forms.DecimalField:
    wrong = _("Bitte eine Zahl über 0 bis 60, zum Beispiel 19,5.")
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=Decimal("0.5"), max_value=MOST_HOURS,
        max_digits=4, decimal_places=1, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
        ),
    )  # fmt: skip


def _field_of_work(label: Text) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=FIELDS, required=False, coerce=int, empty_value=None)


class ProfileForm(forms.Form):
    """What somebody brings and wants. Nothing must be filled in."""

    goal = _text(_("Ziel"), _("In Worten der Person: Welche Arbeit soll es sein, bis wann?"))
    goal_field = _field_of_work(_("Bereich"))
    hours_wanted = _hours(_("Stunden in der Woche"))
    wishes = _text(_("Wünsche"), _("Zeiten, Ort, Team, was Freude macht"))
    skills = _text(_("Stärken"), _("Was gelingt gut, auch ohne Zeugnis?"))
    work = _text(_("Bisherige Arbeit"))
    education = _text(_("Schule und Ausbildung"), _("Auch aus anderen Ländern, mit oder ohne Anerkennung"))
    languages = _text(_("Sprachen"), rows=2)
    licences = _text(
        _("Führerschein und Scheine"), _("Zum Beispiel Klasse B, Staplerschein, Belehrung Lebensmittel"), 2
    )
    limits = _text(
        _("Was zu beachten ist"),
        _("Nur was für die Arbeit zählt, zum Beispiel „nicht schwer heben“. Keine Diagnosen."),
    )

    @property
    def goal_fields(self) -> list[forms.BoundField]:
        """Where it goes."""
        return [self[name] for name in ("goal", "goal_field", "hours_wanted", "wishes")]

    @property
    def known_fields(self) -> list[forms.BoundField]:
        """What is there."""
        return [self[name] for name in ("skills", "work", "education", "languages", "licences", "limits")]

    def profile(self) -> Profile:
        """Return what was written."""
        texts = {name: value.strip() for name, value in self.cleaned_data.items() if isinstance(value, str)}
        return Profile(**{**self.cleaned_data, **texts})


def profile_initial(coaching: Coaching) -> dict[str, Any]:
    """Return the form as it was written last."""
    kept = {name: getattr(coaching, name) for name in ProfileForm.base_fields}
    return kept | {
        "goal_field": field_initial(coaching.goal_field), "hours_wanted": hours_initial(coaching.hours_wanted),
    }  # fmt: skip


def hours_initial(hours: Decimal | None) -> Decimal | int | None:
    """Return hours as one types them: 39, not 39,0."""
    return int(hours) if hours is not None and hours == int(hours) else hours


def field_initial(field: int | None) -> str:
    """Return the value of a field of work in a select."""
    return "" if field is None else str(field)


class ApplicationForm(KeyedForm):
    """An application that was sent."""

    employer = forms.CharField(
        label=_("Betrieb"), max_length=120, error_messages={"required": _("Bitte schreiben Sie den Betrieb auf.")}
    )
    job = forms.CharField(label=_("Stelle"), max_length=120, required=False)
    field = _field_of_work(_("Bereich"))
    sent_on = _day(_("Abgeschickt am"))

    @property
    def shown(self) -> list[forms.BoundField]:
        """All but the key."""
        return [self[name] for name in ("employer", "job", "field", "sent_on")]


class StateForm(forms.Form):
    """What became of an application."""

    state = forms.ChoiceField(label=_("Neuer Stand"))
    on = _day(_("Am"))

    def __init__(self, *args: Any, now: ApplicationState, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        choice = self.fields["state"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
        choice.choices = [(one.value, one.label) for one in next_states(now)]


class InterviewForm(forms.Form):
    """A talk with an employer."""

    day = _day(_("Tag"))
    time = forms.TimeField(
        label=_("Uhrzeit"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Bitte eine Uhrzeit, zum Beispiel 10:30.")),
    )  # fmt: skip
    note = _text(_("Vorbereitung"), _("Ort, Name der Ansprechperson, was mitzunehmen ist"), 2)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """Return when it begins."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], zone)


class NoteForm(forms.Form):
    """How a talk is prepared, or how it went."""

    note = _text(_("Notiz zum Gespräch"), rows=2)


class JobForm(KeyedForm):
    """Work or training that begins."""

    employer = forms.CharField(
        label=_("Betrieb oder Träger"), max_length=120,
        error_messages={"required": _("Bitte schreiben Sie den Betrieb auf.")},
    )  # fmt: skip
    job = forms.CharField(label=_("Stelle"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Was beginnt?"), choices=WorkKind.choices)
    field = _field_of_work(_("Bereich"))
    hours = _hours(_("Stunden in der Woche"), _("Wichtig für die Zählung: ab 15 Stunden gilt es als Arbeit."))
    is_temporary = forms.ChoiceField(label=_("Vertrag"), choices=YES_NO, required=False)
    starts_on = _day(_("Erster Tag"))

    @property
    def shown(self) -> list[forms.BoundField]:
        """All but the key."""
        return [self[name] for name in ("employer", "job", "kind", "field", "hours", "is_temporary", "starts_on")]

    def work(self) -> Job:
        """Return what begins."""
        data = self.cleaned_data
        return Job(
            employer=data["employer"], job=data["job"], kind=WorkKind(data["kind"]), field=data["field"],
            hours=data["hours"], is_temporary={"yes": True, "no": False}.get(data["is_temporary"]),
            starts_on=data["starts_on"],
        )  # fmt: skip


def job_initial(placement: Placement) -> dict[str, Any]:
    """Return the form as it was written last."""
    kept = {name: getattr(placement, name) for name in ("employer", "job", "kind", "starts_on")}
    contract = "" if placement.is_temporary is None else "yes" if placement.is_temporary else "no"
    return kept | {
        "field": field_initial(placement.field), "is_temporary": contract, "hours": hours_initial(placement.hours),
    }  # fmt: skip


class EndForm(forms.Form):
    """When and why work or training ended."""

    ended_on = _day(_("Letzter Tag"))
    reason = forms.ChoiceField(label=_("Warum?"), choices=EndReason.choices)


class KeptForm(forms.Form):
    """Whether it lasted."""

    kept = forms.ChoiceField(
        label=_("Noch dabei?"), choices=[("", _("bitte wählen")), *Kept.choices],
        error_messages={"required": _("Bitte wählen Sie eine Antwort.")},
    )  # fmt: skip


def blank_application(key: str, today: date) -> ApplicationForm:
    """Return an empty form with today's date."""
    return ApplicationForm(initial={"key": key, "sent_on": today}, auto_id="application_%s")
