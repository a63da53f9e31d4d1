"""Registers the app."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """The app."""

    name = "tragnetz.clients"
    label = "clients"
