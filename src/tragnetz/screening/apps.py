"""Registers the app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """The app."""

    name = "tragnetz.screening"
    label = "screening"
