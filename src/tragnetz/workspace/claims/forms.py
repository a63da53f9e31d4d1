"""What is asked about claims: which benefits, who decides, and of each new state only what it needs."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.claims.commands import ClaimDetails, Step
from tragnetz.casework.claims.enums import ClaimState, Rhythm
from tragnetz.casework.claims.models import Claim
from tragnetz.casework.claims.queries import Likely
from tragnetz.casework.claims.rules import Grant, day_fits, fault_of
from tragnetz.core.amounts import read_amount
from tragnetz.core.texts import choose
from tragnetz.directory.models import Office, Paper, Service, ServiceKind
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area

_LONGEST = 2_000
_DAYS: Mapping[str, Any] = {
    ClaimState.PLANNED: _("Seit wann?"),
    ClaimState.PAPERS: _("Seit wann?"),
    ClaimState.SENT: _("Wann abgegeben?"),
    ClaimState.ASKED_BACK: _("Datum des Briefs"),
    ClaimState.GRANTED: _("Datum des Bescheids"),
    ClaimState.REFUSED: _("Datum des Bescheids"),
    ClaimState.OBJECTION: _("Wann eingelegt?"),
    ClaimState.LAPSED: _("Letzter Tag der Leistung"),
    ClaimState.WITHDRAWN: _("Wann zurückgezogen?"),
}
_NOTES: Mapping[str, Any] = {
    ClaimState.SENT: _("Wie abgegeben? Gibt es einen Nachweis?"),
    ClaimState.ASKED_BACK: _("Was will die Stelle wissen?"),
    ClaimState.REFUSED: _("Welchen Grund nennt der Bescheid?"),
    ClaimState.OBJECTION: _("Was ist falsch am Bescheid?"),
}
_ASKS_PAPERS = frozenset({ClaimState.PAPERS, ClaimState.ASKED_BACK})


def new_key() -> str:
    """Return a key with which a form is kept once."""
    return uuid.uuid4().hex


def benefit_choices() -> list[tuple[str, str]]:
    """Return the benefits of the directory, by name."""
    rows = Service.objects.filter(kind=ServiceKind.BENEFIT, sensitive=False).values_list("key", "name")
    return sorted(((key, choose(name, "de").text) for key, name in rows), key=lambda row: row[1].casefold())


def office_choices() -> list[tuple[str, str]]:
    """Return the offices of the city, by name."""
    rows = Office.objects.values_list("pk", "name")
    return sorted(((str(key), choose(name, "de").text) for key, name in rows), key=lambda row: row[1].casefold())


class TicksForm(PartForm):
    """Which of the benefits that came out of the kept check are asked for."""

    key = forms.CharField(max_length=32, widget=forms.HiddenInput)
    benefits = forms.MultipleChoiceField(
        label=_("Welche Leistungen sollen beantragt werden?"),
        error_messages={"required": _("Bitte wählen Sie mindestens eine Leistung.")},
    )

    def __init__(self, *args: Any, likely: Iterable[Likely], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.likely = list(likely)
        field = self.fields["benefits"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(one.key, one.name) for one in self.likely]  # what is planned already stays so

    @property
    def has_new(self) -> bool:
        """Whether there is anything that is not asked for already."""
        return any(not one.has_claim for one in self.likely)

    @property
    def ticked(self) -> set[str]:
        """The benefits that are ticked in the form as it stands; all before it was sent."""
        if not self.is_bound:
            return {one.key for one in self.likely}
        return set(self["benefits"].value() or [])


class OfficeForm(forms.Form):
    """Who decides, and under which sign."""

    office = forms.ChoiceField(label=_("Welche Stelle entscheidet?"), required=False)
    office_words = forms.CharField(
        label=_("Andere Stelle, oder wer dort zuständig ist"), required=False, max_length=200
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Aktenzeichen"), required=False, max_length=100, help_text=_("Es wird verschlüsselt gespeichert.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("noch offen")), *office_choices()]

    def details(self) -> ClaimDetails:
        """Return what was typed."""
        data = self.cleaned_data
        office = uuid.UUID(data["office"]) if data["office"] else None
        return ClaimDetails(
            data.get("benefit", ""), data.get("title", ""), office, data["office_words"], data["reference"]
        )


class ClaimForm(OfficeForm, PartForm):
    """A claim by hand: a benefit of the directory, or own words."""

    key = forms.CharField(max_length=32, widget=forms.HiddenInput)
    benefit = forms.ChoiceField(label=_("Leistung"), required=False)
    title = forms.CharField(
        label=_("Andere Leistung, in eigenen Worten"), required=False, max_length=200,
        help_text=_("Nur ausfüllen, wenn die Leistung nicht in der Liste steht."),
    )  # fmt: skip
    field_order = ("key", "benefit", "title", "part", "office", "office_words", "reference")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        field = self.fields["benefit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("bitte wählen")), *benefit_choices()]

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("benefit") and not cleaned.get("title"):
            self.add_error("benefit", _("Bitte wählen Sie eine Leistung, oder schreiben Sie, worum es geht."))
        return cleaned


class ChangeForm(OfficeForm):
    """Who decides, anew; a claim in own words may be put in other ones."""

    title = forms.CharField(label=_("Leistung"), max_length=200)
    field_order = ("title", "office", "office_words", "reference")

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        initial = {
            "title": claim.title, "office": str(claim.office_id or ""), "office_words": claim.office_words,
            "reference": claim.reference,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        if claim.benefit:
            del self.fields["title"]


class MoneyField(forms.DecimalField):
    """EUR as people write them: 1.234,50. What is no amount stays as it was typed, and is refused."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Read an amount."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        amount = read_amount(value)
        if amount is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return amount


class MoveForm(forms.Form):
    """A new state of a claim: the day, a note, and for a grant the money as the office wrote it."""

    key = forms.CharField(max_length=32, widget=forms.HiddenInput)
    happened_on = day_field("")
    rhythm = forms.ChoiceField(
        label=_("Wie kommt das Geld?"), choices=Rhythm.choices, required=False,
        help_text=_("Davon hängt ab, wie gezählt wird, was der Antrag gebracht hat."),
    )  # fmt: skip
    amount = MoneyField(
        label=_("Betrag in Euro, wie im Bescheid"), required=False, max_digits=9, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Bitte ein Betrag, zum Beispiel 240,50."),
        ),
    )  # fmt: skip
    from_on = day_field(_("Bewilligt ab"))
    until_on = day_field(
        _("Bewilligt bis"), required=False, help_text=_("Leer lassen, wenn der Bescheid kein Ende nennt.")
    )
    note = text_area(_("Notiz"), rows=3, longest=_LONGEST)
    papers = forms.MultipleChoiceField(label=_("Welche Unterlagen verlangt die Stelle?"), required=False)

    def __init__(self, data: Any, *, state: ClaimState, today: date, known: Mapping[str, Any]) -> None:  # noqa: ANN401 -- Django's interface
        initial = {"key": new_key(), "happened_on": today.isoformat(), "rhythm": Rhythm.MONTH}
        super().__init__(data, initial=initial | dict(known))
        self.state, self.today = state, today
        self.fields["happened_on"].label = _DAYS.get(state, _("Wann?"))
        self.fields["note"].label = _NOTES.get(state, _("Notiz"))
        if state != ClaimState.GRANTED:
            for name in ("rhythm", "amount", "from_on", "until_on"):
                del self.fields[name]
        if state in _ASKS_PAPERS:
            field = self.fields["papers"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
            rows = Paper.objects.values_list("key", "name")
            field.widget = forms.CheckboxSelectMultiple()
            names = [(key, choose(name, "de").text) for key, name in rows]
            names.sort(key=lambda row: row[1].casefold())
            field.choices = names
        else:
            del self.fields["papers"]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields but for the papers, of which there are many."""
        return [self[name] for name in self.fields if name not in {"key", "papers"}]

    def clean(self) -> dict[str, Any]:
        """Say where something does not fit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day = cleaned.get("happened_on")
        if day is not None and not day_fits(day, self.today):
            self.add_error(
                "happened_on", _("Der Tag darf nicht in der Zukunft liegen und höchstens fünf Jahre zurück.")
            )
        grant = self._grant()
        if grant is not None and "amount" not in self.errors and (fault := fault_of(grant, self.today)):
            wrong = "amount" if grant.rhythm and not grant.amount else "until_on" if grant.until_on else "from_on"
            self.add_error(wrong, fault)
        return cleaned

    def _grant(self) -> Grant | None:
        data = self.cleaned_data
        if not data.get("from_on"):
            return None
        rhythm = data.get("rhythm", "")
        return Grant(rhythm, data.get("amount") if rhythm else None, data["from_on"], data.get("until_on"))

    def step(self) -> Step:
        """Return what happened."""
        data = self.cleaned_data
        return Step(self.state, data["happened_on"], data["note"], self._grant(), tuple(data.get("papers", ())))
