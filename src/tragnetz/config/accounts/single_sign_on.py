"""Signing in through an organisation's own log-in (OpenID Connect).

It makes no account: the person must have been invited, and is found by the e-mail address that the provider has
verified. A provider vouches for the people of its own organisations alone: each organisation of a network is a
controller by itself, and what one's IT says of an address opens nothing of another. Beyond allauth, the signature of
the ID token is always checked, and what we do not need is not kept.
"""

from typing import Any, NoReturn
from urllib.parse import urlencode

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from requests import RequestException

from tragnetz.config.accounts import texts
from tragnetz.core.origin import is_from_here
from tragnetz.network.models import User
from tragnetz.staff.queries import organisations_of
from tragnetz.staff.sessions import FACTOR_ELSEWHERE

KEPT = ("sub", "email", "email_verified", "amr")
# RFC 8176: the provider has checked more than one factor, or one that is possession and knowledge together.
STRONG = {"mfa", "hwk", "otp", "swk"}
# Signatures by a private key of the provider (RFC 7518, 8037); a shared secret or none at all proves nothing.
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Finds the invited person of a log-in elsewhere; nobody else gets in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person, and connect them at their first time. Raises ImmediateHttpResponse with clear words."""
        if not sociallogin.is_existing:
            # Some providers send booleans as words; "false" must not count as true.
            verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified in (True, "true")]
            user = User.objects.filter(email__in=verified, is_active=True).first()
            if user is None:
                _turn_away(request, texts.NO_PERSON if verified else texts.UNVERIFIED)
            _must_be_of_theirs(request, user)
            sociallogin.connect(request, user)
        else:
            _must_be_of_theirs(request, sociallogin.user)
        data = sociallogin.account.extra_data.get("id_token", {})
        if STRONG.intersection(data.get("amr") or []):
            request.session[FACTOR_ELSEWHERE] = str(sociallogin.user.pk)
        else:
            request.session.pop(FACTOR_ELSEWHERE, None)

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 -- as above
        """Say that it did not work, without details that would help an attacker."""
        _turn_away(request, texts.NOT_DONE)


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # as above
    """Checks all that OpenID Connect Core 3.1.3.7 asks for, the signature too, and keeps little."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return the provider's description; it must be of the issuer we were told (Discovery 4.3)."""
        found: dict[str, Any] = super().openid_config
        if found["issuer"].rstrip("/") != settings.TRAGNETZ_OIDC["issuer"].rstrip("/"):
            message = "the issuer of the discovery document is another one"
            raise OAuth2Error(message)
        return found

    def check(self) -> None:
        """Ask the provider for its description. Raises OAuth2Error, RequestException, or ValueError for no JSON."""
        self.openid_config  # noqa: B018 -- reading it asks

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what a token says, if it holds; the library would take any algorithm that the token names."""
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error(str(error)) from error
        if algorithm not in ALGORITHMS:
            message = "the token is not signed as it has to be"
            raise OAuth2Error(message)
        data: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return data

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:  # noqa: ANN401 -- allauth's interface
        """Return who signed in, by the ID token; what it lacks comes from userinfo, if that is of the same person."""
        signed = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        told = signed if "email" in signed else self._fetch_user_info(token.token)
        if told["sub"] != signed["sub"]:
            message = "userinfo is about another person"
            raise OAuth2Error(message)
        person = {name: told[name] for name in KEPT if name in told}
        data = {"userinfo": person, "id_token": {name: signed[name] for name in KEPT if name in signed}}
        return self.get_provider().sociallogin_from_response(request, data)


@login_not_required  # type: ignore[untyped-decorator]  # as above
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the organisation's log-in, if it answers and is the one we were told.

    A page of another site leads to our own button only: else it would sign in whoever is signed in there, unasked.
    """
    if not is_from_here(request):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '')})}")
    try:
        adapter = StrictAdapter(request, provider_id)
        adapter.check()
        response: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException, ValueError, KeyError):
        messages.error(request, str(texts.NOT_DONE))
        return redirect("account_login")
    return response


@login_not_required  # type: ignore[untyped-decorator]  # as above
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it."""
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(StrictAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response


def _must_be_of_theirs(request: HttpRequest, user: User) -> None:
    """Turn away whose organisation is none that the provider speaks for. Who works for none is told so later."""
    works_for = organisations_of(user, request.network)  # type: ignore[attr-defined]  # a NetworkRequest
    if not works_for <= set(settings.TRAGNETZ_OIDC_ORGANISATIONS):
        _turn_away(request, texts.OF_ANOTHER)


def _turn_away(request: HttpRequest, text: object) -> NoReturn:
    messages.error(request, str(text))
    raise ImmediateHttpResponse(redirect("account_login"))
