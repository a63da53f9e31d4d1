"""What is asked about a group and its dates."""

import re
import uuid
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.groups.planning import GroupDetails, Meeting
from tragnetz.appointments.groups.queries import leaders_of
from tragnetz.appointments.groups.rules import MOST_DATES, Span, span_on
from tragnetz.appointments.models import Group, Session
from tragnetz.directory.queries import topics
from tragnetz.network.languages import language_choices, language_name
from tragnetz.network.models import Network, Site
from tragnetz.network.queries import programmes

_MATERIAL = re.compile(r"^(?P<title>[^|]{1,120})\|\s*(?P<url>https?://\S{3,300})$")
_LAST_MINUTE = time(23, 59)


def _number(label: Any, least: int, most: int, *, required: bool = True, help_text: Any = "") -> forms.IntegerField:  # noqa: ANN401 -- lazy texts
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 -- as above
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


def _clock(label: Any) -> forms.TimeField:  # noqa: ANN401 -- as above
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}))


class GroupForm(forms.Form):
    """What is said about a group; German first, other languages as far as they are there."""

    title = forms.CharField(label=_("Name der Gruppe"), max_length=120)
    description = forms.CharField(
        label=_("Worum geht es, was mitbringen?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Thema"), required=False)
    language = forms.ChoiceField(label=_("Sprache der Gruppe"), choices=language_choices, initial="de")
    places = _number(_("Plätze"), 1, 500)
    registration_until = _day(_("Anmelden bis"), required=False, help_text=_("Leer: bis der letzte Termin beginnt."))
    certificate_percent = _number(
        _("Bescheinigung ab so viel Prozent der Termine"), 1, 100, required=False, help_text=_("Leer: keine.")
    )
    programme = forms.ChoiceField(label=_("Projekt"), required=False)
    is_public = forms.BooleanField(label=_("Steht im öffentlichen Kalender"), required=False, initial=True)
    materials = forms.CharField(
        label=_("Unterlagen"),
        help_text=_("Eine in jeder Zeile: Titel | https://…"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, network: Network, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.zone = network.zone
        self.others = [code for code in network.languages if code != "de"]
        _choose(self, "topic", [("", _("keins")), *((row.key, row.name["de"]) for row in topics())])
        running = programmes(today, also=self.initial.get("programme") or None)  # a group stays with one that is over
        self.programmes = {str(row.pk): row.pk for row in running}
        _choose(self, "programme", [("", _("keins")), *((str(row.pk), row.short_name) for row in running)])
        for code in self.others:
            name = language_name(code)
            self.fields[f"title_{code}"] = forms.CharField(label=name, max_length=120, required=False)
            self.fields[f"description_{code}"] = forms.CharField(
                label=name, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """All but the translations."""
        return [field for field in self if field.name.rpartition("_")[2] not in self.others]

    @property
    def translations(self) -> list[forms.BoundField]:
        """Names and texts in the other languages, each pair together."""
        return [self[f"{name}_{code}"] for code in self.others for name in ("title", "description")]

    def clean_materials(self) -> list[dict[str, Any]]:
        """Read the lines."""
        lines = [line.strip() for line in str(self.cleaned_data["materials"]).splitlines() if line.strip()]
        found = [_MATERIAL.match(line) for line in lines]
        if not all(found):
            raise forms.ValidationError(_("Bitte schreiben Sie in jede Zeile: Titel | https://…"))
        return [{"title": {"de": one["title"].strip()}, "url": one["url"]} for one in found if one]

    def details(self) -> GroupDetails:
        """Return what was said."""
        data = self.cleaned_data
        until = data["registration_until"]
        return GroupDetails(
            title=self._texts("title"),
            places=data["places"],
            description=self._texts("description"),
            topic=data["topic"],
            language=data["language"],
            is_public=data["is_public"],
            registration_until=datetime.combine(until, _LAST_MINUTE, self.zone) if until else None,
            certificate_percent=data["certificate_percent"],
            materials=data["materials"],
            programme_id=self.programmes.get(data["programme"]),
        )

    def _texts(self, name: str) -> dict[str, str]:
        texts = {"de": self.cleaned_data[name]} | {code: self.cleaned_data[f"{name}_{code}"] for code in self.others}
        return {code: text for code, text in texts.items() if text}


def group_initial(group: Group, zone: ZoneInfo) -> dict[str, object]:
    """Return a group as its form shows it."""
    texts = {
        f"{name}_{code}": text
        for name, found in (("title", group.title), ("description", group.description))
        for code, text in found.items()
    }
    until = group.registration_until
    return texts | {
        "title": group.title["de"],
        "description": group.description.get("de", ""),
        "topic": group.topic,
        "language": group.language,
        "places": group.places,
        "registration_until": until.astimezone(zone).date().isoformat() if until else "",
        "certificate_percent": group.certificate_percent,
        "programme": str(group.programme_id or ""),
        "is_public": group.is_public,
        "materials": "\n".join(f"{one['title']['de']} | {one['url']}" for one in group.materials),
    }


class DateForm(forms.Form):
    """When, where and with whom one date is."""

    day = _day(_("Tag"))
    starts = _clock(_("von"))
    ends = _clock(_("bis"))
    leader = forms.ChoiceField(label=_("Leitung"))
    site = forms.ChoiceField(label=_("Ort"), required=False)
    room = forms.CharField(label=_("Raum"), max_length=80, required=False)

    def __init__(self, *args: Any, group: Group, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.zone = zone
        _choose(self, "leader", [(str(row.pk), str(row.user)) for row in leaders_of(group.organisation_id)])
        own_first = sorted(
            Site.objects.filter(organisation__is_member=True),
            key=lambda site: (site.organisation_id != group.organisation_id, site.name),
        )
        _choose(self, "site", [("", _("kein Ort")), *((str(site.pk), site.name) for site in own_first)])

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["starts"] >= cleaned["ends"]:
            self.add_error("ends", _("Das Ende muss nach dem Beginn liegen."))
        return cleaned

    def span(self) -> Span:
        """Return from when to when."""
        data = self.cleaned_data
        return span_on(data["day"], data["starts"], data["ends"], self.zone)

    def meeting(self) -> Meeting:
        """Return where and with whom."""
        data = self.cleaned_data
        site = data["site"]
        return Meeting(uuid.UUID(data["leader"]), uuid.UUID(site) if site else None, data["room"].strip())


class SeriesForm(DateForm):
    """One date or a series on the same weekday."""

    count = _number(_("Wie viele Termine?"), 1, MOST_DATES)
    every = _number(_("Alle so viele Wochen"), 1, 8)


def date_initial(session: Session, zone: ZoneInfo) -> dict[str, object]:
    """Return a date as its form shows it."""
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "leader": str(session.leader_id),
        "site": str(session.site_id or ""),
        "room": session.room,
    }


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
    field.choices = choices
