"""App of the public site."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages for residents."""

    name = "tragnetz.portal"
    label = "portal"
