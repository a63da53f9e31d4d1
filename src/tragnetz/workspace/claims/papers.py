"""Papers once: what the claims of a case need, how each stands; and the list to hand out."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.enums import StepOwner
from tragnetz.casework.papers.commands import Mark, mark_papers
from tragnetz.casework.papers.enums import PaperState
from tragnetz.casework.papers.queries import Need, Sheet, sheet_of
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import choose
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.claims.printed import languages
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.parts import day_field
from tragnetz.workspace.entry import staff


class PapersForm(forms.Form):
    """How each paper of a sheet stands: state, who gets it, of which day it is."""

    def __init__(self, *args: Any, sheet: Sheet, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.sheet, self.today = sheet, today
        for need in sheet.needs:
            stand, prefix = need.stand, _prefix(need)
            self.fields[f"{prefix}-state"] = forms.ChoiceField(
                label=gettext_lazy("Stand"), choices=PaperState.choices, required=False,
                initial=stand.state,
                show_hidden_initial=True,
            )  # fmt: skip
            if stand.is_proved:
                continue  # the day of a paper that is filed stands with the file
            self.fields[f"{prefix}-owner"] = forms.ChoiceField(
                label=gettext_lazy("Wer besorgt sie?"), choices=StepOwner.choices, required=False,
                initial=stand.owner,
                show_hidden_initial=True,
            )  # fmt: skip
            if need.validity is not None:
                field = day_field(gettext_lazy("Datum auf der Unterlage"), required=False)
                field.initial, field.show_hidden_initial = stand.issued_on or "", True
                self.fields[f"{prefix}-issued"] = field

    @property
    def rows(self) -> list[tuple[Need, list[forms.BoundField], list[SafeString]]]:
        """Each paper with its fields, and what they said when they were shown."""
        found = []
        for need in self.sheet.needs:
            fields = [self[name] for name in self.fields if name.startswith(f"{_prefix(need)}-")]
            found.append((need, fields, [field.as_hidden(only_initial=True) for field in fields]))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse papers of a day to come."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if name.endswith("-issued") and value is not None and value > self.today:
                self.add_error(name, _("Der Tag auf einer Unterlage kann nicht in der Zukunft liegen."))
        return cleaned

    def marks(self) -> list[Mark]:
        """Return how the papers stand that somebody changed.

        A page that was open while a file came says nothing of its paper: what it showed was right then.
        """
        data, changed = self.cleaned_data, {name.rpartition("-")[0] for name in self.changed_data}
        return [
            Mark(need.part_id, need.paper.key, data[f"{prefix}-state"],
                 data.get(f"{prefix}-owner") or need.stand.owner,
                 data.get(f"{prefix}-issued", need.stand.issued_on))
            for need in self.sheet.needs
            if (prefix := _prefix(need)) in changed and data.get(f"{prefix}-state")
        ]  # fmt: skip


def _prefix(need: Need) -> str:
    return f"{need.part_id.hex}-{need.paper.key}"


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show which papers all claims need, which to get next, and keep how they stand."""
    view, day = case_of(request, case_id), today(request.network.zone)
    sheet = sheet_of(view.case, day)
    form = PapersForm(request.POST if request.method == "POST" else None, sheet=sheet, today=day)
    if form.is_bound and form.is_valid():
        try:
            mark_papers(actor=request.actor, case=view.case, marks=form.marks(), now=now())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Der Stand der Unterlagen ist gespeichert."))
            return redirect("workspace:papers", case_id)
    contact = view.case.contact
    context = {
        "view": view, "tab": "claims", "form": form, "sheet": sheet, "parts": part_names(view.case),
        "persons": {part.pk: part.person_id for part in view.case.compartments.all()},
        "ladder": ladder_words(sheet), "adults": view.adults(day.year),
        "languages": [(code, language_name(code)) for code in languages()],
        "language": contact.language if contact and contact.language in languages() else "de",
    }  # fmt: skip
    return render(request, "workspace/claims/papers.html", context, status=422 if form.errors else 200)


def ladder_words(sheet: Sheet) -> list[tuple[list[str], list[str]]]:
    """Return the choices of a sheet as names of papers and of claims."""
    names = {need.slot: choose(need.paper.name, "de").text for need in sheet.needs}
    return [
        (sorted(names[slot] for slot in choice.papers), [sheet.claims[claim] for claim in choice.opens])
        for choice in sheet.ladder
    ]
