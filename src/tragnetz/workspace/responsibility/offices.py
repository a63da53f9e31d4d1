"""Edit for whom an office is responsible: the editor of rules, with the whole city in view."""

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.core.texts import SOURCE_LANGUAGE, choose
from tragnetz.directory.access import can_edit
from tragnetz.directory.history import version_of
from tragnetz.directory.models import Authority, Office
from tragnetz.directory.office_rules import consequences_of, post_of_draft, put_rule
from tragnetz.directory.responsibility import all_offices
from tragnetz.eligibility.editing import Edited, normalised, opened, to_data, unflatten
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import districts
from tragnetz.workspace.catalogue.offices import office_of
from tragnetz.workspace.catalogue.prerequisites.forms import edited, editor
from tragnetz.workspace.catalogue.prerequisites.trial import try_rule
from tragnetz.workspace.entry import staff


class AreaForm(forms.Form):
    """Where an office is responsible, and who takes those whom its rule excludes."""

    districts = forms.MultipleChoiceField(
        label=gettext_lazy("Stadtbezirke"), help_text=gettext_lazy("Ohne Auswahl: die ganze Stadt."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    otherwise = forms.ChoiceField(label=gettext_lazy("Wer nimmt die anderen?"), required=False)
    comment = forms.CharField(
        label=gettext_lazy("Bemerkung für den Verlauf"),
        help_text=gettext_lazy("Zum Beispiel: Auskunft des Amtes am 3. Mai."), max_length=400, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        others = Authority.objects.exclude(pk=office.authority_id).order_by("key")
        named = sorted((choose(row.name, SOURCE_LANGUAGE).text, row.key) for row in others)
        for name, choices in (
            ("districts", [(row.key, row.name) for row in districts()]),
            ("otherwise", [("", _("niemand")), *((key, text) for text, key in named)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = choices


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: NetworkRequest, office_id: uuid.UUID) -> HttpResponse:
    """Show for whom an office is responsible; each send does one thing to the rows; `save` keeps all."""
    office = office_of(office_id)
    if request.method != "POST":
        form = AreaForm(
            office=office,
            initial={
                "districts": [row.key for row in office.districts.all()],
                "otherwise": office.otherwise.key if office.otherwise else "",
            },
        )
        stored = parse_rule(office.when) if office.when else None
        return _page(request, office, Edited(opened(stored), -1), form, version_of(office))
    form = AreaForm(request.POST, office=office)
    now, seen = edited(request.POST), whole_number(request.POST.get("version", "")) or 0
    draft = unflatten(now.rows)
    if not form.is_valid() or "save" not in request.POST or draft.faults:
        return _page(request, office, now, form, seen)
    found = normalised(draft.rule)
    try:
        put_rule(
            actor=request.actor, office=office, when=to_data(found) if found else None, expected=seen,
            **form.cleaned_data,
        )  # fmt: skip
    except TragnetzError as error:
        return _page(request, office, now, form, version_of(office), refused=str(error))
    messages.success(request, _("Die Zuständigkeit ist gespeichert."))
    return redirect("workspace:catalogue_office", office.pk)


def _page(
    request: NetworkRequest, office: Office, now: Edited, form: AreaForm, version: int, *, refused: str = ""
) -> HttpResponse:
    saving = "save" in request.POST
    fields = editor(now, strict=saving or "strict" in request.POST, saving=saving)
    found = normalised(unflatten(now.rows).rule)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    post = post_of_draft(
        office, districts=chosen.get("districts", []), when=to_data(found) if found else None,
        otherwise=chosen.get("otherwise", ""),
    )  # fmt: skip
    context = {
        **fields,
        "trial": try_rule(post.whole),
        "consequences": consequences_of(post, all_offices(), SOURCE_LANGUAGE),
        "office": office,
        "form": form,
        "version": version,
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else (422 if fields["faulty"] or form.errors else 200)
    return render(request, "workspace/responsibility/office.html", context, status=status)
