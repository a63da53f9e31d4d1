"""What is asked before a plan is proposed: the day of the event, and few questions."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tragnetz.casework.plans.book import Plan
from tragnetz.workspace.counselling.parts import day_field

LONGEST = timedelta(days=3 * 366)


class PlanForm(forms.Form):
    """The questions of a template."""

    def __init__(self, *args: Any, plan: Plan, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        self.fields["start_on"] = day_field(plan.event)
        self.fields["start_on"].initial = today
        for question in plan.questions:
            self.fields[f"yes_{question.key}"] = forms.BooleanField(label=question.text, required=False)

    def clean_start_on(self) -> date:
        """Refuse a day that cannot be meant."""
        start: date = self.cleaned_data["start_on"]
        if abs(start - self.today) > LONGEST:
            raise forms.ValidationError(_("Bitte prüfen Sie das Jahr."))
        return start

    def answers(self) -> frozenset[str]:
        """Return the keys of the questions that were answered with yes."""
        return frozenset(one.key for one in self.plan.questions if self.cleaned_data.get(f"yes_{one.key}"))
