"""Registers the app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The app."""

    name = "tragnetz.staff"
    label = "staff"
