"""What is asked to change a plan. Each form ends in a `Change`, which is shown before it is made."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from tragnetz.appointments.enums import AbsenceKind, Kind
from tragnetz.appointments.planning.changes import (
    AddAbsence,
    AddClosure,
    AddHours,
    Change,
    ChangeHours,
    EndHours,
    Leave,
)
from tragnetz.appointments.planning.rules import Away, Closed, Hours
from tragnetz.network.models import Membership, Organisation, Site

type Text = str | StrPromise
ALWAYS, ONCE, OFF, END = "always", "once", "off", "end"
NEW_HOW = [(ALWAYS, _("jede Woche ab diesem Tag")), (ONCE, _("nur an diesem Tag"))]
HOW = [
    (ONCE, _("nur an diesem Tag")),
    (ALWAYS, _("ab diesem Tag immer")),
    (OFF, _("An diesem Tag fällt der Dienst aus")),
    (END, _("Ab diesem Tag gibt es den Dienst nicht mehr")),
]
EVERY = [
    ("1", _("jede Woche")),
    ("2", _("alle zwei Wochen")),
    ("3", _("alle drei Wochen")),
    ("4", _("alle vier Wochen")),
]


def _input(sort: str) -> forms.TextInput:
    """Return a field of the browser's own."""
    return forms.TextInput(attrs={"type": sort})


def _date_field(label: Text, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=_input("date"),
        error_messages={
            "required": _("Bitte wählen Sie einen Tag."), "invalid": _("Bitte ein Datum, zum Beispiel 01.12.2026."),
        },
    )  # fmt: skip


def _time_field(label: Text, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required, widget=_input("time"),
        error_messages={
            "required": _("Bitte wählen Sie eine Uhrzeit."), "invalid": _("Bitte eine Uhrzeit, zum Beispiel 8:30."),
        },
    )  # fmt: skip


def _number_field(
    label: Text, least: int, most: int, *, required: bool = True, help_text: Text = ""
) -> forms.IntegerField:
    told = _("Bitte eine Zahl von %(least)s bis %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": told, "invalid": told, "min_value": told, "max_value": told},
    )  # fmt: skip


def _people(members: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row.user)) for row in members]


class ShiftForm(forms.Form):
    """Hours: new ones, or others instead of a row."""

    day = _date_field(_("Tag"))
    starts = _time_field(_("von"))
    ends = _time_field(_("bis"))
    kinds = forms.MultipleChoiceField(
        label=_("Wie wird gesprochen?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Art.")},
    )  # fmt: skip
    site = forms.ChoiceField(label=_("Ort"), required=False)
    every = forms.ChoiceField(label=_("Wie oft?"), choices=EVERY, required=False)
    public_percent = _number_field(
        _("Für alle (Prozent)"), 0, 100, help_text=_("So viel dürfen Ratsuchende selbst online buchen.")
    )
    desk_percent = _number_field(
        _("Für das Telefon (Prozent)"), 0, 100, help_text=_("Mit dem Teil für alle. Der Rest bleibt der Beratung.")
    )
    how = forms.ChoiceField(label=_("Was soll gelten?"))

    def __init__(self, *args: Any, sites: Iterable[Site], row: Hours | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.row = row
        _choices(self, "site", [("", _("ohne Ort")), *((str(site.pk), site.name) for site in sites)])
        _choices(self, "how", HOW if row else NEW_HOW)

    def clean(self) -> dict[str, Any]:
        """Check that ends lie after starts, and shares in one another."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("Das Ende liegt nicht nach dem Anfang."))
        public, desk = cleaned.get("public_percent"), cleaned.get("desk_percent")
        if public is not None and desk is not None and public > desk:
            self.add_error("desk_percent", _("Das Telefon darf nicht weniger buchen als alle."))
        return cleaned

    def change(self, member: Membership, day: date) -> Change:
        """Return what was asked; `day` is the one on which the row in question is worked."""
        data = self.cleaned_data
        once = data["how"] in {ONCE, OFF}
        if self.row is not None and data["how"] in {OFF, END}:
            return EndHours(self.row.id, member.pk, day, once=once)
        until = data["day"] if once else self.row.valid_until if self.row else None
        hours = Hours(
            member.pk, member.organisation_id, uuid.UUID(data["site"]) if data["site"] else None, data["day"].weekday(),
            data["starts"], data["ends"], tuple(data["kinds"]), data["day"], until,
            1 if once else int(data["every"] or 1), data["public_percent"], data["desk_percent"],
        )  # fmt: skip
        return ChangeHours(self.row.id, day, hours, once=once) if self.row else AddHours(hours)


class NewShiftForm(ShiftForm):
    """Hours of a counsellor who is chosen, too."""

    person = forms.ChoiceField(label=_("Wer?"))
    field_order = ("person", "day", "starts", "ends")

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        _choices(self, "person", _people(members))


class _TermForm(forms.Form):
    """From a day to a day, all day or between two times."""

    first = _date_field(_("erster Tag"))
    last = _date_field(_("letzter Tag"), required=False)
    starts = _time_field(_("von (leer: ganzer Tag)"), required=False)
    ends = _time_field(_("bis (leer: ganzer Tag)"), required=False)

    def clean(self) -> dict[str, Any]:
        """Check that the end lies after the start."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last") or cleaned.get("first")
        if first and last and last < first:
            self.add_error("last", _("Der letzte Tag liegt vor dem ersten."))
        same = first == last and cleaned.get("starts") and cleaned.get("ends")
        if same and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("Das Ende liegt nicht nach dem Anfang."))
        return cleaned

    def term(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the two instants."""
        data = self.cleaned_data
        last = data["last"] or data["first"]
        begins = datetime.combine(data["first"], data["starts"] or time(), zone)
        if data["ends"]:
            return begins, datetime.combine(last, data["ends"], zone)
        return begins, datetime.combine(last + timedelta(days=1), time(), zone)


class AbsenceForm(_TermForm):
    """Who is away, when, why, and who stands in."""

    person = forms.ChoiceField(label=_("Wer?"))
    kind = forms.ChoiceField(label=_("Was?"), choices=AbsenceKind.choices)
    deputy = forms.ChoiceField(label=_("Vertretung"), required=False)
    field_order = ("person", "kind", "first", "last", "starts", "ends", "deputy")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's interface
        members: Sequence[Membership],
        colleagues: Sequence[Membership],
        **kwargs: Any,  # noqa: ANN401 -- as above
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "person", _people(members))
        _choices(self, "deputy", [("", _("keine")), *_people(colleagues)])

    def clean(self) -> dict[str, Any]:
        """Nobody deputises for oneself."""
        cleaned = super().clean()
        if cleaned.get("deputy") and cleaned.get("deputy") == cleaned.get("person"):
            self.add_error("deputy", _("Niemand vertritt sich selbst."))
        return cleaned

    def change(self, zone: ZoneInfo) -> Change:
        """Return what was asked."""
        data = self.cleaned_data
        deputy = uuid.UUID(data["deputy"]) if data["deputy"] else None
        return AddAbsence(Away(uuid.UUID(data["person"]), *self.term(zone), data["kind"], deputy))


class ClosureForm(_TermForm):
    """What is closed, when and why."""

    what = forms.ChoiceField(label=_("Was ist geschlossen?"))
    reason = forms.CharField(label=_("Warum? (steht nur in der Planung)"), max_length=120, required=False)
    field_order = ("what", "first", "last", "starts", "ends", "reason")

    def __init__(self, *args: Any, organisation: Organisation, sites: Iterable[Site], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        _choices(self, "what", [("", organisation.name), *((str(site.pk), site.name) for site in sites)])
        self.fields["what"].required = False

    def change(self, zone: ZoneInfo) -> Change:
        """Return what was asked."""
        what = self.cleaned_data["what"]
        return AddClosure(
            Closed(
                *self.term(zone),
                organisation_id=None if what else self.organisation.pk,
                site_id=uuid.UUID(what) if what else None,
                reason=self.cleaned_data["reason"],
            )
        )


class LeaveForm(forms.Form):
    """The last day of a counsellor."""

    last_day = _date_field(_("Letzter Arbeitstag"))

    def change(self, member: Membership) -> Change:
        """Return what was asked."""
        return Leave(member.pk, self.cleaned_data["last_day"])


class LengthForm(forms.Form):
    """How long a talk of one kind takes."""

    first = _number_field(_("Erstgespräch (Minuten)"), 15, 240)
    follow = _number_field(_("Folgegespräch (Minuten)"), 15, 240)
    rest = _number_field(_("Pause danach (Minuten)"), 0, 120)


class PolicyForm(forms.Form):
    """What holds for all bookings."""

    release_hours = _number_field(
        _("Freigabe vorher (Stunden)"), 0, 720, help_text=_("Ab dann darf jede freie Zeit von allen gebucht werden.")
    )
    notice_hours = _number_field(_("Online frühestens vorher (Stunden)"), 0, 336)
    horizon_days = _number_field(_("Online höchstens voraus (Tage)"), 1, 180)
    hold_minutes = _number_field(_("Zeit zum Ausfüllen (Minuten)"), 1, 60)
    offer_hours = _number_field(
        _("Zeit zum Antworten (Stunden)"), 1, 168, help_text=_("So lange bleibt ein Vorschlag für die Person frei.")
    )
    calls_per_hour = _number_field(_("Rückrufe in einer Stunde"), 1, 30)


class WayForm(forms.Form):
    """How long the way between two sites takes."""

    one = forms.ChoiceField(label=_("von"))
    other = forms.ChoiceField(label=_("nach"))
    minutes = _number_field(_("Minuten (leer: unbekannt)"), 0, 240, required=False)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            _choices(self, name, [(str(site.pk), f"{site.name} ({site.organisation})") for site in sites])


class WorkloadForm(forms.Form):
    """How much a counsellor takes."""

    percent = _number_field(_("Stelle (Prozent)"), 1, 100)
    most_a_day = _number_field(_("Gespräche am Tag, höchstens"), 1, 30, required=False)
    deputy = forms.ChoiceField(label=_("Vertretung"), required=False)
    video_url = forms.URLField(
        label=_("Video-Raum (Adresse)"), max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": _("Bitte eine Adresse, die mit https:// beginnt.")},
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        _choices(self, "deputy", [("", _("keine")), *_people(colleagues)])

    def values(self) -> dict[str, Any]:
        """Return what to keep."""
        data = self.cleaned_data
        return {
            "percent": data["percent"], "most_a_day": data["most_a_day"], "video_url": data["video_url"],
            "deputy_id": uuid.UUID(data["deputy"]) if data["deputy"] else None,
        }  # fmt: skip


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    choice = form.fields[name]
    assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
    choice.choices = choices
