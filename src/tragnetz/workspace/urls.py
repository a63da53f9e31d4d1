"""Addresses of the staff site."""

from django.urls import path

from tragnetz.workspace.catalogue import readability
from tragnetz.workspace.catalogue.prerequisites import views as prerequisites
from tragnetz.workspace.counselling import casecheck
from tragnetz.workspace.counselling import views as counselling
from tragnetz.workspace.desk import views as desk

app_name = "workspace"
urlpatterns = [
    path("", counselling.day, name="day"),
    path("telefon/", desk.sheet, name="desk"),
    path("rueckrufe/", desk.callbacks, name="callbacks"),
    path("rueckrufe/<uuid:callback_id>/", desk.settle, name="callback"),
    path("termine/<uuid:booking_id>/", counselling.mark_booking, name="booking"),
    path("anfragen/<uuid:enquiry_id>/", counselling.enquiry, name="enquiry"),
    path("faelle/", counselling.cases, name="cases"),
    path("faelle/<uuid:case_id>/", counselling.case, name="case"),
    path("faelle/<uuid:case_id>/notiz/", counselling.note, name="note"),
    path("faelle/<uuid:case_id>/schritt/", counselling.step, name="step"),
    path("faelle/<uuid:case_id>/schritt/<uuid:step_id>/", counselling.finish, name="finish"),
    path("faelle/<uuid:case_id>/haushalt/", counselling.household, name="household"),
    path("faelle/<uuid:case_id>/rechnen/", casecheck.check, name="check"),
    path("faelle/<uuid:case_id>/stand/", counselling.state, name="state"),
    path("verzeichnis/lesbarkeit/", readability.readability, name="readability"),
    path("verzeichnis/<uuid:service_id>/voraussetzungen/", prerequisites.prerequisites, name="prerequisites"),
]
