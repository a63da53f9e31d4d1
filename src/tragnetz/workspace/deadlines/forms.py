"""What is asked about a deadline: the rule, what happened when, and that a person has looked at the sum."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.deadlines.commands import DeadlineDetails
from tragnetz.casework.deadlines.rules import day_fits, needs_reason
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.enums import Arrival
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Deadline
from tragnetz.core.forms import KeyedForm
from tragnetz.core.uploads import UploadField
from tragnetz.deadlines.book import Rule, by_group, rules
from tragnetz.deadlines.values import Result
from tragnetz.network.models import Network
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area

OWN = "own"  # a deadline that no rule of ours counts
_LONGEST = 1_000


class SumForm(forms.Form):
    """A rule and its dates; only what the rule needs is asked."""

    rule = forms.ChoiceField(label=_("Worum geht es?"), error_messages={"required": _("Bitte wählen Sie eine Frist.")})
    start_on = day_field(_("Wann war das?"))
    arrival = forms.ChoiceField(label=_("Wie kam der Brief?"), choices=Arrival.choices, required=False)
    received_on = day_field(
        _("Wann kam der Brief wirklich an?"), required=False,
        help_text=_("Nur ausfüllen, wenn es später war als sonst. Der Umschlag hilft als Beweis."),
    )  # fmt: skip
    end_on = day_field("", required=False)
    no_instruction = forms.BooleanField(
        label=_("Im Brief steht nicht, wie man sich wehren kann (Belehrung fehlt oder ist falsch)"), required=False
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.network = network
        self.result: Result | None = None
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("bitte wählen")), *((key, rule.name) for key, rule in rules().items()), *self.more()]
        self._fit(self.chosen)

    @staticmethod
    def more() -> list[tuple[str, Any]]:
        """Return choices beside the rules."""
        return []

    @property
    def groups(self) -> list[tuple[str, list[Rule]]]:
        """The rules in their groups, for the list."""
        return by_group()

    @property
    def chosen(self) -> Rule | None:
        """The rule that is chosen in the form as it stands."""
        return rules().get(str(self["rule"].value() or ""))

    def _fit(self, rule: Rule | None) -> None:
        """Ask only what a rule needs, in its own words."""
        if rule is None:
            for name in ("start_on", "arrival", "received_on", "end_on", "no_instruction"):
                del self.fields[name]
            return
        self.fields["start_on"].label = rule.event
        if not rule.post:
            del self.fields["arrival"], self.fields["received_on"]
        if not rule.instruction:
            del self.fields["no_instruction"]
        if rule.second:
            self.fields["end_on"].label, self.fields["end_on"].required = rule.second, True
        else:
            del self.fields["end_on"]
        if self.is_bound and not self.data.keys() & {"look", "save"}:  # somebody has only begun: nothing is missing yet
            for field in self.fields.values():
                field.required = False

    @property
    def sum_fields(self) -> list[forms.BoundField]:
        """The dates that are asked."""
        names = ("start_on", "arrival", "received_on", "end_on", "no_instruction")
        return [self[name] for name in names if name in self.fields]

    def asked(self) -> Asked | None:
        """Return the sum that is asked for; nothing without a rule or before its dates are known."""
        data, rule = self.cleaned_data, self.chosen
        if rule is None or not data.get("start_on"):
            return None
        return Asked(
            rule.key, data["start_on"], data.get("arrival") or "post", data.get("received_on"), data.get("end_on"),
            not data.get("no_instruction"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Do the sum; dates that do not fit are told where they are asked."""
        cleaned = super().clean() or self.cleaned_data
        asked = self.asked()
        if asked is not None and not self.errors.keys() & {"start_on", "received_on", "end_on"}:
            try:
                self.result = sum_of(self.network, asked)
            except CaseworkError as error:
                self.add_error("start_on", str(error))
        return cleaned


class DeadlineForm(KeyedForm, PartForm, SumForm):
    """A deadline of a case. It is kept only when somebody confirms the day of the sum, or names another one."""

    other_day = day_field(_("Anderer Tag"), required=False)
    reason = text_area(_("Warum ein späterer Tag?"), rows=2, longest=_LONGEST)
    matter = text_area(
        _("Worum geht es genau?"), rows=2, longest=_LONGEST,
        help_text=_("Zum Beispiel: Jobcenter will 412 Euro zurück."),
    )  # fmt: skip
    letter = forms.CharField(label=_("Stelle und Aktenzeichen"), required=False, max_length=200)
    tells_person = forms.BooleanField(label=_("Die Person erinnern"), required=False)

    def __init__(self, *args: Any, today: date, saves: bool, can_tell: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today, self.saves, self.can_tell = today, saves, can_tell
        self.fields["key"].initial = uuid.uuid4().hex
        if not can_tell:
            del self.fields["tells_person"]
        if self.is_own:
            self.fields["other_day"].label = _("Bis wann?")
            del self.fields["reason"]

    @staticmethod
    def more() -> list[tuple[str, Any]]:
        """Let somebody keep a deadline that no rule counts."""
        return [(OWN, _("Eigene Frist, ohne Rechnung"))]

    @property
    def is_own(self) -> bool:
        """Whether no rule counts it."""
        return bool(self["rule"].value() == OWN)

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """What is asked in words, and of whom it is."""
        return [self[name] for name in ("matter", "letter", "part", "tells_person") if name in self.fields]

    @property
    def confirmed(self) -> str:
        """The day that was confirmed, as it was sent."""
        return str(self.data.get("confirmed", ""))

    def clean(self) -> dict[str, Any]:
        """Ask for a confirmed day when the deadline is to be kept."""
        cleaned = super().clean()
        if not self.saves:
            for name in ("other_day", "reason", "matter"):
                self.errors.pop(name, None)
            return cleaned
        other, computed = cleaned.get("other_day"), self.result.due_on if self.result else None
        if other is None and "other_day" not in self.errors:
            if self.is_own or (self.result is not None and computed is None):
                self.add_error("other_day", _("Bitte wählen Sie den Tag."))
            elif computed is not None and self.confirmed != computed.isoformat():
                self.add_error(None, _("Bitte prüfen Sie die Rechnung und bestätigen Sie den Tag."))
        if other is not None and not day_fits(other, self.today):
            self.add_error("other_day", _("Bitte prüfen Sie das Jahr der Frist."))
        elif other is not None and needs_reason(other, computed) and not cleaned.get("reason"):
            self.add_error("reason", _("Der Tag liegt nach dem berechneten. Bitte schreiben Sie, warum."))
        if self.is_own and not cleaned.get("matter"):
            self.add_error("matter", _("Bitte schreiben Sie etwas."))
        return cleaned

    def details(self) -> DeadlineDetails:
        """Return the deadline."""
        data = self.cleaned_data
        due = data["other_day"] or (self.result.due_on if self.result else None)
        assert due is not None  # noqa: S101 -- `clean` has asked for it
        return DeadlineDetails(
            due, self.asked(), data["matter"], data["letter"], data.get("reason", ""),
            bool(data.get("tells_person")),
        )  # fmt: skip


def deadline_initial(deadline: Deadline) -> dict[str, object]:
    """Return a deadline as its form shows it."""
    days = {
        name: day.isoformat() if day else ""
        for name, day in (
            ("start_on", deadline.start_on), ("received_on", deadline.received_on), ("end_on", deadline.end_on),
            ("other_day", deadline.due_on if deadline.due_on != deadline.computed_on else None),
        )
    }  # fmt: skip
    return days | {
        "rule": deadline.rule or OWN, "arrival": deadline.arrival, "no_instruction": not deadline.instructed,
        "matter": deadline.matter, "letter": deadline.letter, "reason": deadline.reason,
        "tells_person": deadline.tells_person,
    }  # fmt: skip


class LetterForm(forms.Form):
    """A letter as text or as a file. The file is read in memory and kept nowhere."""

    text = text_area(
        _("Text des Briefs"), rows=8, longest=100_000,
        help_text=_("Einfügen oder das Wichtigste abtippen: Überschrift, Datum, Frist, Belehrung."),
    )  # fmt: skip
    file = UploadField(label=_("oder eine Datei"), required=False)
