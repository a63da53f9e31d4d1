"""Registers the app."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """The app."""

    name = "tragnetz.appointments"
    label = "appointments"
