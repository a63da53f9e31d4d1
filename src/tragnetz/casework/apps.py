"""Registers the app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The app."""

    name = "tragnetz.casework"
    label = "casework"
