"""App of the core: template filters only."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Clock, ids, base model, texts."""

    name = "tragnetz.core"
    label = "core"
