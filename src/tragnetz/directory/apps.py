"""App of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services, offices, topics, situations, papers."""

    name = "tragnetz.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
