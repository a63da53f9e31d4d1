"""The answers of a check; the page carries all of them, one is asked."""

from typing import Any

from django import forms

from tragnetz.eligibility.facts import Facts, FactValue, clean_facts
from tragnetz.portal.questions import check_numbers, question_fields
from tragnetz.screening.completion import ASKED

SKIPPED = "ausgelassen"


class CheckForm(forms.Form):
    """All questions of the check."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields.update(question_fields(ASKED))

    def clean(self) -> dict[str, Any]:
        """Turn numbers into numbers, each with its own error."""
        cleaned = super().clean() or self.cleaned_data
        check_numbers(self, cleaned)
        return cleaned

    def facts(self) -> dict[str, FactValue]:
        """Return the right answers; an empty choice of benefits that was shown means none of them."""
        right = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        found = clean_facts(right)
        if self.data.get("gefragt") == "benefits" and not self.cleaned_data.get("benefits"):
            found["benefits"] = frozenset()
        if self.data.get("single_parent") == "yes":  # the finder's question
            found.setdefault("partner", False)
        return found

    def answered(self, facts: Facts) -> list[tuple[forms.BoundField, str]]:
        """Return each answered question with the answer in words."""
        rows = []
        for name in self.fields:
            if name in facts:
                field = self[name]
                choices = dict(getattr(field.field, "choices", []))
                given = self.cleaned_data.get(name)
                values = given if isinstance(given, list) else [given]
                words = ", ".join(str(choices.get(value, value)) for value in values if value)
                rows.append((field, words or "–"))
        return rows
