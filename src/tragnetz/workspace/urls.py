"""Addresses of the staff site."""

from django.urls import path

from tragnetz.workspace.counselling import casecheck
from tragnetz.workspace.counselling import views as counselling
from tragnetz.workspace.desk import views as desk
from tragnetz.workspace.responsibility import views as responsibility

app_name = "workspace"
urlpatterns = [
    path("", counselling.day, name="day"),
    path("telefon/", desk.sheet, name="desk"),
    path("rueckrufe/", desk.callbacks, name="callbacks"),
    path("rueckrufe/<uuid:callback_id>/", desk.settle, name="callback"),
    path("zustaendig/", responsibility.responsible, name="responsible"),
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
]
