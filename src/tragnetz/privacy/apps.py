"""Registers the app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The app."""

    name = "tragnetz.privacy"
    label = "privacy"
