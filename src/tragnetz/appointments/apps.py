"""Registers the app."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """The app."""

    name = "tragnetz.appointments"
    label = "appointments"

    def ready(self) -> None:
        """Let the waiting list hear of freed times: it stands above what frees them."""
        from tragnetz.appointments.freed import call_when_freed  # noqa: PLC0415 -- apps first, models then
        from tragnetz.appointments.waiting.commands import offer_freed  # noqa: PLC0415 -- as above

        call_when_freed(offer_freed)
