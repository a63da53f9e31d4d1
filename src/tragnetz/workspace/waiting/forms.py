"""What somebody who waits needs of a time, as the desk writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.enums import GENDERS, Kind, Urgency
from tragnetz.appointments.models import WaitingEntry
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.network.languages import language_choices
from tragnetz.network.models import District, Membership
from tragnetz.workspace.lines.forms import WEEKDAYS

CLOCK = forms.TimeInput(attrs={"type": "time"})


class WishesForm(forms.Form):
    """Wishes and urgency of somebody on the list."""

    urgency = forms.ChoiceField(label=_("Wie eilig?"), choices=Urgency.choices)
    kind = forms.ChoiceField(label=_("Termin"), choices=[("", _("egal")), *Kind.choices], required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("An welchen Tagen? Ohne Kreuz: an allen."), choices=WEEKDAYS[:5], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    earliest = forms.TimeField(label=_("frühestens um"), required=False, widget=CLOCK)
    latest = forms.TimeField(label=_("spätestens zu Ende um"), required=False, widget=CLOCK)
    language = forms.ChoiceField(label=_("Sprache"), choices=language_choices)
    interpreter = forms.BooleanField(label=_("Dolmetschen nötig"), required=False)
    gender = forms.ChoiceField(label=_("Gespräch"), choices=GENDERS, required=False)
    topic = forms.ChoiceField(label=_("Thema"), required=False)
    district = forms.ChoiceField(label=_("Stadtbezirk"), required=False)
    membership = forms.ChoiceField(label=_("bei wem"), required=False)

    def __init__(self, *args: Any, organisation_id: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.districts = {row.key: row for row in District.objects.all()}
        members = Membership.objects.filter(organisation=organisation_id, ended_on=None, roles__contains=["counsellor"])
        self.members = {row.pk.hex: row for row in members.select_related("user")}
        self._choose("topic", _("noch offen"), topics)
        self._choose("district", _("egal"), [(key, row.name) for key, row in self.districts.items()])
        self._choose("membership", _("egal"), [(key, str(row.user)) for key, row in self.members.items()])

    def _choose(self, name: str, none: Any, choices: list[tuple[str, str]]) -> None:  # noqa: ANN401 -- a lazy text
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", none), *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a day that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        earliest, latest = cleaned.get("earliest"), cleaned.get("latest")
        if earliest and latest and latest <= earliest:
            self.add_error("latest", _("Das Ende liegt vor dem Anfang."))
        return cleaned

    def wishes(self, purpose: str) -> Wishes:
        """Return what was typed; what the talk is for stays."""
        data = self.cleaned_data
        district, member = self.districts.get(data["district"]), self.members.get(data["membership"])
        return Wishes(
            kind=data["kind"],
            purpose=purpose,
            topic=data["topic"],
            language=data["language"],
            interpreter=data["interpreter"],
            gender=data["gender"],
            district_id=district.pk if district else None,
            membership_id=member.pk if member else None,
            weekdays=tuple(int(number) for number in data["weekdays"]),
            earliest=data["earliest"],
            latest=data["latest"],
        )


def typed_of(entry: WaitingEntry) -> dict[str, Any]:
    """Return an entry as the form begins with it."""
    return {
        "urgency": entry.urgency,
        "kind": entry.kind,
        "weekdays": [str(number) for number in entry.weekdays],
        "earliest": f"{entry.earliest:%H:%M}" if entry.earliest else "",
        "latest": f"{entry.latest:%H:%M}" if entry.latest else "",
        "language": entry.language,
        "interpreter": entry.interpreter,
        "gender": entry.gender,
        "topic": entry.topic,
        "district": entry.district.key if entry.district else "",
        "membership": entry.membership_id.hex if entry.membership_id else "",
    }
