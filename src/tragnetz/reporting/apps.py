"""Registers the app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The app."""

    name = "tragnetz.reporting"
    label = "reporting"
