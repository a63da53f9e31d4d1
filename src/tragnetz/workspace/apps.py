"""Registers the app."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The app."""

    name = "tragnetz.workspace"
    label = "workspace"
