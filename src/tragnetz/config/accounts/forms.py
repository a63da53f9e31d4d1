"""allauth's forms in our words. Each has one method that sees the person and the raw password, once it is right."""

from contextlib import suppress
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.unlocking import open_keys
from tragnetz.config.accounts import texts
from tragnetz.config.accounts.adapter import slowed
from tragnetz.core.clock import now
from tragnetz.network.actors import resident, staff
from tragnetz.network.models import User
from tragnetz.staff.enums import Counted
from tragnetz.staff.mail import send_mail
from tragnetz.staff.queries import member_with
from tragnetz.staff.sessions import FACTOR_ELSEWHERE, end_sessions
from tragnetz.staff.throttle import give_back, take
from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.sessions import change_secret

EMAIL, PASSWORD = gettext_lazy("E-Mail-Adresse"), gettext_lazy("Passwort")
NEW, AGAIN = gettext_lazy("Neues Passwort"), gettext_lazy("Neues Passwort noch einmal")
RULE = gettext_lazy("Mindestens 12 Zeichen. Gut sind vier zufällige Wörter.")
CODE = gettext_lazy("Code")


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, login=EMAIL, password=PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, or go on to the second factor."""
        request.session.pop(FACTOR_ELSEWHERE, None)
        self.password_was_right(request, self.user, self.cleaned_data["password"])
        response: HttpResponse = super().login(request, redirect_url)
        return response

    def password_was_right(self, request: HttpRequest, user: User, password: str) -> None:
        """See the raw password of somebody who just gave the right one; a second factor may still be asked for.

        One that has come onto the list of common ones meanwhile, or is too short by now, is told.
        """
        try:
            validate_password(password, user)
        except ValidationError:
            messages.warning(request, str(texts.GUESSABLE))
        actor = staff(user, request.network)  # type: ignore[attr-defined]  # a NetworkRequest
        if actor is None or not can_counsel(actor):
            return
        try:
            open_keys(request, actor=actor, user=user, secret=password)
        except WrongSecretError:
            messages.warning(request, str(texts.KEYS_CLOSED))


class _NewPassword:
    """What forms that set a password have in common."""

    def set_password(self, user: User, password: str, old: str = "") -> None:
        """Set the raw password, sign out all other sessions, and leave an event.

        It opens the person's keys from now on, if they are open or the old one opens them: keys and log-in change
        together or not at all.
        """
        request = context.request
        with transaction.atomic():
            with suppress(WrongSecretError):
                change_secret(request, user=user, old=old, new=password)
            get_adapter().set_password(user, password)
            end_sessions(user.pk, keep=request.session.session_key if request.user.is_authenticated else None)
            record(staff(user, request.network) or resident(request.network), "password:set", user)


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """A new password for the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, oldpassword=gettext_lazy("Jetziges Passwort"), password1=NEW, password2=AGAIN)
        self.fields["oldpassword"].help_text = ""

    def clean_oldpassword(self) -> str:
        """Check the old password; guessing it is slowed as at the log-in."""
        return _counted(self.user, super().clean_oldpassword)

    def save(self) -> None:
        """Set it."""
        self.set_password(self.user, self.cleaned_data["password1"], self.cleaned_data["oldpassword"])


class SetPasswordForm(_NewPassword, account.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """A first password, for somebody who has signed in through their organisation only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, password1=NEW, password2=AGAIN)

    def save(self) -> None:
        """Set it."""
        self.set_password(self.user, self.cleaned_data["password1"])


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    """A new password by a link from a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, password1=NEW, password2=AGAIN)

    def save(self) -> None:
        """Set it."""
        self.set_password(self.user, self.cleaned_data["password1"])


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Where to send the link. The answer, and the time it takes, are the same with and without an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, email=EMAIL)

    def clean_email(self) -> str:
        """Refuse what would flood somebody's mailbox."""
        email: str = self.cleaned_data["email"].lower()
        for what, whose in ((Counted.MAIL_ADDRESS, get_ip(context.request)), (Counted.MAIL, email)):
            if take(what, whose, now()):
                raise ValidationError(str(texts.SLOWED_MAIL), code="slowed")
        return email

    def save(self, request: HttpRequest, **_given: Any) -> str:  # noqa: ANN401 -- allauth's interface
        """Send a link, or say that there is no account: one mail in any case. Raises MailError."""
        email: str = self.cleaned_data["email"]
        user = member_with(email, request.network)  # type: ignore[attr-defined]  # a NetworkRequest
        body = str(texts.NO_ACCOUNT)
        if user is not None:
            key = f"{user_pk_to_url_str(user)}-{account.default_token_generator.make_token(user)}"
            body = str(texts.RESET) % {"address": get_adapter(request).get_reset_password_from_key_url(key)}
        with override("de"):
            send_mail(email, _("Neues Passwort"), body)
        return email


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, password=PASSWORD)
        self.fields["password"].help_text = ""


class _CountedCode:
    """A code whose guesses are counted."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, code=CODE)  # type: ignore[arg-type]  # a form, once it is mixed in
        attrs = self.fields["code"].widget.attrs  # type: ignore[attr-defined]  # as above
        attrs.pop("placeholder", None)
        attrs["autocomplete"] = "one-time-code"

    def clean_code(self) -> str:
        """Check the code."""
        return _counted(self.user, super().clean_code)  # type: ignore[misc]  # as above


class _UsedOnce(_CountedCode):
    """A code of an app that no other process has taken yet: allauth remembers in one process alone what was used."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """Check the code, and that it is its first use."""
        code = super().clean_code()
        whose = f"{self.user.pk}:{normalize_user_code(code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and take(Counted.APP_CODE, whose, now()):
            raise ValidationError(str(texts.ERRORS["incorrect_code"]), code="incorrect_code")
        return code


class AuthenticateForm(_UsedOnce, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second factor at the log-in."""


class ReauthenticateCodeForm(_UsedOnce, mfa.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second factor once more."""


class ActivateTOTPForm(_CountedCode, totp.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of an app."""


class AddWebAuthnForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(
            self,
            name=gettext_lazy("Name, zum Beispiel „Diensthandy“"),
            passwordless=gettext_lazy("Passkey: damit auch ohne Passwort anmelden"),
        )
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["passwordless"].help_text = ""
        if not self.is_bound:
            self.initial["passwordless"] = True


class EditWebAuthnForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's interface
        super().__init__(*args, **kwargs)
        _word(self, name=gettext_lazy("Name"))


def _counted(user: User, check: Any) -> str:  # noqa: ANN401 -- a method of allauth's
    """Count a guess before it is checked; the right one is given back."""
    wait = take(Counted.CODE, str(user.pk), now())
    if wait:
        raise slowed(texts.SLOWED_CODE, wait)
    found: str = check()
    give_back(Counted.CODE, str(user.pk))
    return found


def _word(form: forms.Form, **labels: Any) -> None:  # noqa: ANN401 -- lazy texts
    """Give fields our labels, and words for what is missing."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = gettext_lazy("Bitte füllen Sie dieses Feld aus.")
        if name == "password1":
            field.help_text = RULE
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = gettext_lazy("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie.")
