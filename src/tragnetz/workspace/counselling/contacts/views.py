"""Keep a contact; keep short texts."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.casework.access import can_counsel, can_keep_texts, visible_templates
from tragnetz.casework.contacts.commands import drop_template, keep_template, record_contact
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.contacts.forms import ContactForm, TemplateForm, with_template
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.views import case_page
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_POST
def contact(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep a contact with its note and the next step; or put a short text into the form."""
    view = case_of(request, case_id)
    templates = list(visible_templates(request.actor))
    form_of = partial(
        ContactForm, view=view, today=today(request.network.zone), templates=templates, auto_id="contact_%s"
    )
    if "insert" in request.POST:
        return case_page(request, view, contact_form=form_of(initial=with_template(request.POST, templates)))
    form = form_of(request.POST)
    if form.is_valid():
        try:
            record_contact(
                actor=request.actor, case=view.case, met=form.met(), texts=form.texts(), step=form.next_step(),
                person=form.person(), idempotency_key=form.cleaned_data["key"], now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Das Gespräch ist gespeichert."))
            return redirect("workspace:case", case_id)
    return case_page(request, view, contact_form=form, status=422)


@staff(can_keep_texts)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: NetworkRequest) -> HttpResponse:
    """Show and keep the short texts of one's organisation."""
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_template(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Der Textbaustein ist gespeichert."))
        return redirect("workspace:text_templates")
    context = {"form": form, "templates": visible_templates(request.actor)}
    return render(request, "workspace/counselling/templates.html", context, status=422 if form.errors else 200)


@staff(can_keep_texts)
@require_POST
def template(request: NetworkRequest, template_id: uuid.UUID) -> HttpResponse:
    """Take a short text away."""
    found = visible_templates(request.actor).filter(pk=template_id).first()
    if found is None:
        raise Http404
    drop_template(actor=request.actor, template=found)
    messages.success(request, _("Der Textbaustein ist gelöscht."))
    return redirect("workspace:text_templates")
