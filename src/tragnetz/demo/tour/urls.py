"""Addresses of the tour; composed only where the demo may run."""

from django.urls import path

from tragnetz.demo.tour import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("schliessen/", views.close, name="close"),
    path("<slug:key>/", views.enter, name="enter"),
]
