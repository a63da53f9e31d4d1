"""What allauth asks about accounts: who may sign in, how often one may guess, and what is said about it."""

import math
import time
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override

from tragnetz.config.accounts import texts
from tragnetz.config.securitylog import note
from tragnetz.core.clock import now
from tragnetz.core.links import page_address
from tragnetz.network.models import User
from tragnetz.staff.devices import device_of, remember
from tragnetz.staff.enums import Counted
from tragnetz.staff.mail import send_notice
from tragnetz.staff.queries import is_member
from tragnetz.staff.sessions import DEVICE, SIGNED_IN_AT, device_name
from tragnetz.staff.throttle import give_back, take
from tragnetz.vault.turns import BusyError, stand_in_line


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Closes what a public site would open, and counts guesses where all processes see them."""

    error_messages = DefaultAccountAdapter.error_messages | texts.ERRORS
    _taken: tuple[tuple[Counted, str], ...] = ()

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's interface
        """Nobody signs up by themselves."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be led to an address: of this site alone. What is no address is none of it."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 -- allauth's interface
        """Count a guess before it is looked at, the same for an address with and without an account.

        A device on which this person has signed in before has a bucket of its own: strangers cannot lock it.
        """
        email = str(credentials.get("email", ""))
        device = device_of(request)
        buckets: tuple[tuple[Counted, str], ...] = ((Counted.ADDRESS, get_ip(request)), (Counted.ACCOUNT, email))
        if device is not None and device.knows(email):
            buckets = ((Counted.DEVICE, f"{device.key}:{email}"),)
        self._taken = ()
        for bucket in buckets:
            wait = take(*bucket, now())
            if wait:
                self._rollback_login_failed_rl_usage()
                raise slowed(texts.SLOWED, wait)
            self._taken = (*self._taken, bucket)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:  # noqa: ANN401 -- as above
        """Return whose e-mail and password these are; a full line is told, and no guess counted."""
        try:
            stand_in_line()
            user: User | None = super().authenticate(request, **credentials)
        except BusyError as error:
            self._taken = ()
            raise ValidationError(str(texts.BUSY), code="slowed") from error
        return user

    def _rollback_login_failed_rl_usage(self) -> None:
        """Give back what was no wrong guess. allauth calls it when the password was right."""
        for bucket in self._taken:
            give_back(*bucket)
        self._taken = ()

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is this person's password; counted as any guess."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002 -- allauth's interface
        """Ask again for what is delicate, but not of somebody who signed in a moment ago."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to show once more who one is, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": texts.METHODS[method["id"]]} for method in methods]

    def pre_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse | None:  # noqa: ANN401 -- as above
        """Turn away, in clear words, whoever showed that they are this person but works here no longer."""
        if not is_member(user, request.network):  # type: ignore[attr-defined]  # a NetworkRequest
            messages.error(request, str(texts.ENDED["left"]))
            return redirect("account_login")
        response: HttpResponse | None = super().pre_login(request, user, **given)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session that counts from now, under a new id."""
        request.session.pop(SIGNED_IN_AT, None)
        super().login(request, user)
        request.session[DEVICE] = device_name(request.headers.get("User-Agent", ""))

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:  # noqa: ANN401 -- as above
        """Go on to the work, and let the device be known."""
        response: HttpResponse = super().post_login(request, user, **given)
        ways = [str(record.get("method", "")) for record in get_authentication_records(request, user)]
        note(request, "login:done", ways=ways)
        remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session, and note it while it is known whose it was."""
        note(request, "login:ended")
        super().logout(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 -- as above
        extra_tags: str = "", message: str | None = None,
    ) -> None:  # fmt: skip
        """Say it in our words; what has none is not said."""
        text = message or texts.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None,  # noqa: ARG002 -- as above
        email: str | None = None,
    ) -> None:  # fmt: skip
        """Tell the owner what changed at the account: when, and what to do if it was somebody else."""
        with override("de"):
            send_notice(email or user.email, str(texts.NOTICES[template_prefix]))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for a mail, at the site's public address."""
        return page_address(self.request, "account_reset_password_from_key", *key.split("-", 1))


def slowed(text: object, wait: timedelta) -> ValidationError:
    """Return the error for too many tries, with the minutes to wait."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return ValidationError(str(text) % {"minutes": minutes}, code="slowed", params={"seconds": 60 * minutes})
