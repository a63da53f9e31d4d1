"""Registers the app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """The app."""

    name = "tragnetz.consent"
    label = "consent"
