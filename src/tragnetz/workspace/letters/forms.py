"""What is asked for a letter: what the kind needs, all of it changeable, none of it compulsory before it leaves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import LetterSender, SendingWay
from tragnetz.casework.letters.book import LetterField, LetterKind
from tragnetz.casework.letters.commands import Sent
from tragnetz.casework.letters.drafts import Draft, amount_of
from tragnetz.casework.letters.offices import OfficeAddress
from tragnetz.casework.letters.rules import sent_day_fits
from tragnetz.casework.letters.wording import Wording, faults
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.counselling.parts import day_field, text_area

LONGEST_LINE, LONGEST_AREA = 300, 5_000
_VALUE = "v_"


class _PlaceholderForm(forms.Form):
    """A subject and a text in which the placeholders of a `kind` may stand."""

    kind: LetterKind

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with placeholders where they stand."""
        cleaned = super().clean() or self.cleaned_data
        for name, wording in (
            ("subject", Wording(cleaned.get("subject", ""), "")),
            ("text", Wording("", cleaned.get("text", ""))),
        ):
            for wrong in faults(wording, self.kind.placeholders):
                self.add_error(name, wrong)
        return cleaned


class LetterForm(_PlaceholderForm, KeyedForm):
    """A letter. `based_on` is the version that somebody saw when they began to change it."""

    name = forms.CharField(label=_("Name der Person"), required=False, max_length=LONGEST_LINE)
    address = text_area(_("Anschrift der Person"), rows=2, longest=LONGEST_LINE)
    without_address = forms.BooleanField(
        label=_("Anschrift weglassen (zum Beispiel bei Auskunftssperre)"), required=False
    )
    office = forms.ChoiceField(label=_("Anschrift aus dem Verzeichnis"), required=False)
    to = text_area(
        _("Empfänger mit Anschrift"),
        rows=4,
        longest=LONGEST_LINE,
        help_text=_("Jede Zeile so, wie sie auf dem Umschlag steht."),
    )
    salutation = forms.CharField(label=_("Anrede"), required=False, max_length=LONGEST_LINE)
    on = day_field(_("Datum des Briefs"))
    enclosures = text_area(_("Anlagen"), rows=3, longest=LONGEST_AREA, help_text=_("Eine in jeder Zeile."))
    subject = forms.CharField(
        label=_("Betreff"), max_length=200, error_messages={"required": _("Ein Brief braucht einen Betreff.")}
    )
    text = text_area(_("Text"), rows=14, required=True)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: LetterKind, sender: str, offices: Sequence[OfficeAddress] = (), **kwargs: Any  # noqa: ANN401 -- Django's interface
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kind, self.sender, self.offices = kind, sender, offices
        for one in kind.fields:
            self.fields[f"{_VALUE}{one.key}"] = _field_of(one)
        if sender == LetterSender.ORGANISATION:
            del self.fields["address"], self.fields["without_address"]
        if kind.sheet:
            del self.fields["salutation"]
            self.fields["to"].label, self.fields["to"].required = _("Zur Vorlage bei (freiwillig)"), False
        choose = self.fields["office"]
        assert isinstance(choose, forms.ChoiceField)  # noqa: S101 -- declared above
        choose.choices = [("", _("wählen")), *((one.key, one.name) for one in offices)]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What the kind asks."""
        return [self[f"{_VALUE}{one.key}"] for one in self.kind.fields]

    @property
    def writer(self) -> list[forms.BoundField]:
        """Who writes."""
        return [self[name] for name in ("name", "address", "without_address") if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What is mostly right as it stands."""
        return [self[name] for name in ("salutation", "on", "enclosures") if name in self.fields]

    @property
    def office_groups(self) -> list[tuple[Any, list[OfficeAddress]]]:
        """The offices, those that decide for the household first."""
        mine = [one for one in self.offices if one.is_responsible]
        others = [one for one in self.offices if not one.is_responsible]
        groups = ((_("Zuständig für diesen Haushalt"), mine), (_("Andere Stellen"), others))
        return [(name, rows) for name, rows in groups if rows]

    def with_office(self) -> dict[str, Any]:
        """Return what was typed, with the address of the chosen office."""
        typed = {name: value for name, value in self.data.items() if name in self.fields}
        chosen = next((one for one in self.offices if one.key == typed.get("office")), None)
        return typed | ({"to": "\n".join(chosen.lines), "office": ""} if chosen else {})

    def draft(self) -> Draft:
        """Return the letter as typed."""
        data = self.cleaned_data
        return Draft(
            self.sender, data["on"].isoformat(), name=data["name"].strip(), address=_lines(data.get("address", "")),
            without_address=bool(data.get("without_address")), to=_lines(data["to"]),
            salutation=data.get("salutation", "").strip(), subject=data["subject"].strip(),
            text=data["text"].replace("\r\n", "\n").strip(), enclosures=tuple(_lines(data["enclosures"]).splitlines()),
            values={one.key: _typed(data[f"{_VALUE}{one.key}"]) for one in self.kind.fields},
        )  # fmt: skip


def _lines(typed: str) -> str:
    return "\n".join(line.strip() for line in typed.splitlines() if line.strip())


def _typed(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else ""
    return str(value or "").replace("\r\n", "\n").strip()


def _field_of(asked: LetterField) -> forms.Field:
    if asked.kind == "yes":
        return forms.BooleanField(label=asked.label, required=False)
    if asked.kind == "day":
        return day_field(asked.label, required=False, help_text=asked.help)
    if asked.kind == "area":
        area: forms.Field = text_area(asked.label, rows=4, longest=LONGEST_AREA, help_text=asked.help)
        return area
    checks = [_is_amount] if asked.kind == "money" else []
    hint = asked.help or (_("In Euro, zum Beispiel 412,50.") if asked.kind == "money" else "")
    return forms.CharField(
        label=asked.label, required=False, max_length=LONGEST_LINE, help_text=hint, validators=checks
    )


def _is_amount(typed: str) -> None:
    if amount_of(typed) is None:
        raise forms.ValidationError(_("Bitte einen Betrag in Euro, zum Beispiel 412,50."))


def initial_of(draft: Draft, based_on: int | None = None) -> dict[str, Any]:
    """Return a draft as its form shows it."""
    return {
        "name": draft.name, "address": draft.address, "without_address": draft.without_address, "to": draft.to,
        "salutation": draft.salutation, "on": draft.on, "enclosures": "\n".join(draft.enclosures),
        "subject": draft.subject, "text": draft.text, "based_on": based_on,
        **{f"{_VALUE}{key}": value for key, value in draft.values.items()},
    }  # fmt: skip


class SendingForm(KeyedForm):
    """When, how; and whether the deadline is met by it."""

    sent_on = day_field(_("Wann?"))
    way = forms.ChoiceField(label=_("Wie?"), choices=SendingWay.choices)
    note = forms.CharField(
        label=_("Notiz"), required=False, max_length=LONGEST_LINE,
        help_text=_("Zum Beispiel: Sendebericht liegt bei, Eingangsstempel auf der Kopie."),
    )  # fmt: skip
    settles = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, today: date, deadline: str = "", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["settles"].label = _("Damit ist die Frist eingehalten: %s") % deadline
        if not deadline:
            del self.fields["settles"]

    def clean_sent_on(self) -> date:
        """Refuse a day that cannot be."""
        day: date = self.cleaned_data["sent_on"]
        if not sent_day_fits(day, self.today):
            raise forms.ValidationError(_("Ein Brief ging heute oder früher ab. Bitte prüfen Sie das Datum."))
        return day

    def sent(self) -> Sent:
        """Return how it left."""
        data = self.cleaned_data
        return Sent(data["sent_on"], data["way"], data["note"], settles=bool(data.get("settles")))


class WordingForm(_PlaceholderForm):
    """An organisation's own words for a kind of letter."""

    subject = forms.CharField(
        label=_("Betreff"), max_length=200, error_messages={"required": _("Ein Brief braucht einen Betreff.")}
    )
    text = text_area(_("Text"), rows=16, required=True)

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.kind = kind

    def wording(self) -> Wording:
        """Return the words."""
        return Wording(self.cleaned_data["subject"], self.cleaned_data["text"])
