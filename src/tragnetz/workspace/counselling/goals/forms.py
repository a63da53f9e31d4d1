"""What is asked about a goal: in plain words, so that both understand the same."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import LifeDomain, Wish
from tragnetz.casework.goals.commands import GoalDetails
from tragnetz.casework.goals.rules import ATTAINMENT, due_fits
from tragnetz.casework.models import Goal
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area

_LONGEST = 1_000


class GoalForm(KeyedForm, PartForm):
    """A goal: what, how one sees it, until when, whose wish."""

    what = text_area(
        _("Was soll anders sein?"), rows=2, required=True, longest=_LONGEST,
        help_text=_("In den Worten der Person, zum Beispiel: Ich möchte die Miete wieder selbst zahlen."),
    )  # fmt: skip
    sign = text_area(
        _("Woran merken wir, dass es geschafft ist?"), rows=2, required=True, longest=_LONGEST,
        help_text=_("Etwas, das man sehen oder zählen kann: Die Miete ist drei Monate pünktlich gezahlt."),
    )  # fmt: skip
    due_on = day_field(_("Bis wann?"))
    review_on = day_field(
        _("Wann schauen wir, wie weit wir sind?"), required=False, help_text=_("Ohne Angabe: in drei Monaten.")
    )
    wish = forms.ChoiceField(label=_("Wessen Wunsch ist das?"), choices=Wish.choices)
    domain = forms.ChoiceField(
        label=_("Lebenslage"), choices=[("", _("keine bestimmte")), *LifeDomain.choices], required=False
    )

    def __init__(self, *args: Any, today: date, goal: Goal | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today, self.goal = today, goal
        if goal is not None:
            self.fields.pop("part", None)  # a goal stays in the part in which it was agreed

    def clean(self) -> dict[str, Any]:
        """Refuse dates that cannot be kept."""
        cleaned = super().clean() or self.cleaned_data
        due, review = cleaned.get("due_on"), cleaned.get("review_on")
        known = self.goal.due_on if self.goal is not None else None
        if due is not None and due != known and not due_fits(due, self.today):
            self.add_error("due_on", _("Das Ziel braucht ein Datum in den nächsten fünf Jahren."))
        if review is not None and review < self.today and (self.goal is None or review != self.goal.review_on):
            self.add_error("review_on", _("Dieses Datum ist schon vorbei."))
        return cleaned

    def details(self) -> GoalDetails:
        """Return the goal."""
        data = self.cleaned_data
        return GoalDetails(data["what"], data["sign"], data["due_on"], data["wish"], data["domain"], data["review_on"])


def goal_initial(goal: Goal) -> dict[str, object]:
    """Return a goal as its form shows it."""
    return {
        "what": goal.what, "sign": goal.sign, "due_on": goal.due_on.isoformat(), "wish": goal.wish,
        "review_on": goal.review_on.isoformat() if goal.review_on else "", "domain": goal.domain,
    }  # fmt: skip


class ReviewForm(KeyedForm):
    """How far a goal is."""

    attainment = forms.ChoiceField(
        label=_("Wie weit ist das Ziel?"),
        choices=[("", _("bitte wählen")), *((str(number), words) for number, words in ATTAINMENT.items())],
        error_messages={"required": _("Bitte wählen Sie, wie weit das Ziel ist.")},
    )
    text = text_area(_("Was hat geholfen, was fehlt?"), rows=2, longest=_LONGEST)
    next_on = day_field(_("Wann schauen wir wieder?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_on(self) -> date | None:
        """Refuse a day that is not to come."""
        day: date | None = self.cleaned_data["next_on"]
        if day is not None and day <= self.today:
            raise forms.ValidationError(_("Der nächste Blick auf das Ziel muss nach heute liegen."))
        return day
