"""Addresses of the staff site."""

from django.urls import path

from tragnetz.workspace.appointments import views as appointments
from tragnetz.workspace.callbacks import views as callbacks
from tragnetz.workspace.catalogue import editing, exchange, organisations, overview, readability
from tragnetz.workspace.catalogue import views as catalogue
from tragnetz.workspace.catalogue.prerequisites import views as prerequisites
from tragnetz.workspace.counselling import casecheck
from tragnetz.workspace.counselling import views as counselling
from tragnetz.workspace.desk import views as desk
from tragnetz.workspace.home import home
from tragnetz.workspace.lines import presence
from tragnetz.workspace.lines import views as lines
from tragnetz.workspace.responsibility import views as responsibility
from tragnetz.workspace.waiting import views as waiting

app_name = "workspace"
urlpatterns = [
    path("", counselling.day, name="day"),
    path("start/", home, name="home"),
    path("telefon/", desk.sheet, name="desk"),
    path("rueckrufe/", callbacks.callbacks, name="callbacks"),
    path("rueckrufe/<uuid:callback_id>/", callbacks.settle, name="callback"),
    path("telefonplan/", lines.plan, name="line_plan"),
    path("telefonplan/ansage/", lines.announcement, name="announcement"),
    path("telefonplan/<uuid:duty_id>/", lines.end, name="duty_end"),
    path("telefonplan/<slug:key>/", presence.presence, name="presence"),
    path("warteliste/", waiting.waiting, name="waiting"),
    path("warteliste/<uuid:entry_id>/", waiting.edit, name="waiting_edit"),
    path("warteliste/<uuid:entry_id>/beenden/", waiting.end, name="waiting_end"),
    path("zustaendig/", responsibility.responsible, name="responsible"),
    path("termine/<uuid:booking_id>/", appointments.booking, name="booking"),
    path("anfragen/<uuid:enquiry_id>/", counselling.enquiry, name="enquiry"),
    path("faelle/", counselling.cases, name="cases"),
    path("faelle/<uuid:case_id>/", counselling.case, name="case"),
    path("faelle/<uuid:case_id>/notiz/", counselling.note, name="note"),
    path("faelle/<uuid:case_id>/schritt/", counselling.step, name="step"),
    path("faelle/<uuid:case_id>/schritt/<uuid:step_id>/", counselling.finish, name="finish"),
    path("faelle/<uuid:case_id>/haushalt/", counselling.household, name="household"),
    path("faelle/<uuid:case_id>/rechnen/", casecheck.check, name="check"),
    path("faelle/<uuid:case_id>/termine/", appointments.follow_up, name="follow_up"),
    path("faelle/<uuid:case_id>/stand/", counselling.state, name="state"),
    path("verzeichnis/", catalogue.work, name="catalogue"),
    path("verzeichnis/eintraege/", catalogue.entries, name="catalogue_entries"),
    path("verzeichnis/neu/", editing.new, name="catalogue_new"),
    path("verzeichnis/uebersetzungen/", overview.translations, name="catalogue_translations"),
    path("verzeichnis/einlesen/", exchange.read, name="catalogue_import"),
    path("verzeichnis/ausgeben/<slug:kind>/", exchange.write, name="catalogue_export"),
    path("verzeichnis/luecken/", overview.gaps, name="catalogue_gaps"),
    path("verzeichnis/organisationen/", organisations.listing, name="catalogue_organisations"),
    path("verzeichnis/organisationen/neu/", organisations.new, name="catalogue_organisation_new"),
    path(
        "verzeichnis/organisationen/<uuid:organisation_id>/", organisations.organisation, name="catalogue_organisation"
    ),
    path("verzeichnis/organisationen/<uuid:organisation_id>/link/", organisations.link, name="catalogue_link"),
    path("verzeichnis/organisationen/<uuid:organisation_id>/ort/", organisations.site, name="catalogue_site"),
    path("verzeichnis/link/<uuid:link_id>/", organisations.end_link, name="catalogue_link_end"),
    path("verzeichnis/meldungen/<uuid:report_id>/", catalogue.settle, name="catalogue_report"),
    path("verzeichnis/<uuid:service_id>/", catalogue.entry, name="catalogue_entry"),
    path("verzeichnis/<uuid:service_id>/bearbeiten/", editing.edit, name="catalogue_edit"),
    path("verzeichnis/<uuid:service_id>/bestaetigen/", catalogue.confirm, name="catalogue_confirm"),
    path("verzeichnis/<uuid:service_id>/gesehen/", catalogue.seen, name="catalogue_seen"),
    path("verzeichnis/<uuid:service_id>/zurueck/<int:number>/", catalogue.take_back, name="catalogue_undo"),
    path("verzeichnis/<uuid:service_id>/sprache/<slug:language>/", editing.translate, name="catalogue_translate"),
    path("verzeichnis/lesbarkeit/", readability.readability, name="readability"),
    path("verzeichnis/<uuid:service_id>/voraussetzungen/", prerequisites.prerequisites, name="prerequisites"),
]
