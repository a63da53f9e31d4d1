"""App of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only events."""

    name = "tragnetz.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
