"""App of the composition: only its management commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds commands that compose several floors."""

    name = "tragnetz.config"
    label = "config"
