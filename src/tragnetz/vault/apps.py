"""App of the vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Key pairs and wrapped keys."""

    name = "tragnetz.vault"
    label = "vault"
