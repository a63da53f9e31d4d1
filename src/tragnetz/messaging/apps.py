"""Registers the app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """The app."""

    name = "tragnetz.messaging"
    label = "messaging"
