"""The pages of accounts: allauth's that we use, and our own. No others exist."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.http import HttpResponse
from django.urls import URLPattern, path

from tragnetz.config.accounts import single_sign_on
from tragnetz.config.accounts.views import ResetView, forgetting, renewing, telling
from tragnetz.workspace.account import views as own


def _page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, telling(view), name=name)


urlpatterns = [
    _page("anmelden/", account.login, "account_login"),
    _page("anmelden/passkey/", keys.login_webauthn, "mfa_login_webauthn"),
    path("anmelden/<slug:provider_id>/", single_sign_on.begin, name="openid_connect_login"),
    path("anmelden/<slug:provider_id>/zurueck/", single_sign_on.come_back, name="openid_connect_callback"),
    _page("abmelden/", forgetting(account.logout), "account_logout"),
    _page("bestaetigen/", renewing(account.reauthenticate), "account_reauthenticate"),
    _page("passwort/", account.password_change, "account_change_password"),
    _page("passwort/setzen/", account.password_set, "account_set_password"),
    _page("passwort/vergessen/", ResetView.as_view(), "account_reset_password"),
    _page("passwort/vergessen/unterwegs/", account.password_reset_done, "account_reset_password_done"),
    _page("passwort/neu/<slug:uidb36>/<str:key>/", account.password_reset_from_key, "account_reset_password_from_key"),
    _page("passwort/neu/fertig/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    _page("sicherheit/", mfa.index, "mfa_index"),
    _page("sicherheit/code/", mfa.authenticate, "mfa_authenticate"),
    _page("sicherheit/bestaetigen/", renewing(mfa.reauthenticate), "mfa_reauthenticate"),
    _page("sicherheit/app/ein/", totp.activate_totp, "mfa_activate_totp"),
    _page("sicherheit/app/aus/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("sicherheit/notfall/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _page("sicherheit/notfall/neu/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _page("sicherheit/notfall/datei/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    _page("sicherheit/schluessel/", keys.list_webauthn, "mfa_list_webauthn"),
    _page("sicherheit/schluessel/neu/", keys.add_webauthn, "mfa_add_webauthn"),
    _page("sicherheit/schluessel/bestaetigen/", renewing(keys.reauthenticate_webauthn), "mfa_reauthenticate_webauthn"),
    _page("sicherheit/schluessel/<int:pk>/", keys.edit_webauthn, "mfa_edit_webauthn"),
    _page("sicherheit/schluessel/<int:pk>/entfernen/", keys.remove_webauthn, "mfa_remove_webauthn"),
    path("sitzungen/", forgetting(own.sessions), name="sessions"),
    path("hinweise/", own.notices, name="notices"),
    path("wach/", own.awake, name="awake"),
    path("einladung/<str:secret>/", own.invitation, name="invitation"),
]
