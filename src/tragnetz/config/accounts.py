"""Log-in: allauth, without sign-up. Accounts are made for members of staff alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Closes what a public site would open."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's interface
        """Nobody signs up by themselves."""
        return False
