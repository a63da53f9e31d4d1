"""App of the network."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Organisations, districts, streets, hotlines, programmes, staff, roles."""

    name = "tragnetz.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
