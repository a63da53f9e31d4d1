"""Registers the app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The app."""

    name = "tragnetz.referrals"
    label = "referrals"
