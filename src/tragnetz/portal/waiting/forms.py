"""What somebody who waits needs of a time; all but name and number is free to leave out."""

from datetime import time
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import GENDERS, Kind
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.core.texts import spoken_language
from tragnetz.portal.reach import ReachForm

NOON = time(12)
KINDS = [("", _("egal")), (Kind.PHONE.value, _("am Telefon")), (Kind.ON_SITE.value, _("vor Ort"))]
HOURS = [("", _("egal")), ("morning", _("vormittags")), ("afternoon", _("nachmittags"))]
WORKDAYS = 5


class WaitingForm(ReachForm):
    """A place on the waiting list."""

    may_text = forms.BooleanField(
        label=_("Sie dürfen mir eine SMS schicken. So erfahre ich am schnellsten von einer freien Zeit."),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Wie möchten Sie sprechen?"), choices=KINDS, required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("An welchen Tagen können Sie? Ohne Kreuz: an allen."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.ChoiceField(label=_("Zu welcher Zeit können Sie?"), choices=HOURS, required=False)
    gender = forms.ChoiceField(label=_("Mit wem möchten Sie sprechen?"), choices=GENDERS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        days = self.fields["weekdays"]
        assert isinstance(days, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        names = get_day_names("wide", context="stand-alone", locale=spoken_language(get_language() or "de"))
        days.choices = [(str(number), names[number]) for number in range(WORKDAYS)]

    @property
    def wish_fields(self) -> list[forms.BoundField]:
        """What the time should be like."""
        return [self[name] for name in ("kind", "weekdays", "hours", "gender", "language", "interpreter")]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """How to reach the person."""
        return [
            self[name]
            for name in ("name", "phone", "may_text", "may_voicemail", "safe_note", "district", "concern")
        ]  # fmt: skip

    def wishes(self) -> Wishes:
        """Return what was wished."""
        data = self.cleaned_data
        return Wishes(
            kind=data["kind"],
            language=data["language"] or "de",
            interpreter=data["interpreter"],
            gender=data["gender"],
            district_id=self.place.pk if self.place else None,
            weekdays=tuple(int(number) for number in data["weekdays"]),
            earliest=NOON if data["hours"] == "afternoon" else None,
            latest=NOON if data["hours"] == "morning" else None,
        )
