"""App of the composition: only its management commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds commands that compose several floors."""

    name = "tragnetz.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks."""
        from tragnetz.config import checks  # noqa: F401, PLC0415 -- registers itself, once apps are there
