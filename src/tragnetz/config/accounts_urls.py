"""The pages of allauth that we use: log-in, log-out, password, second factor. No others exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("sicherheit/", mfa.index, name="mfa_index"),
    path("sicherheit/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sicherheit/bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sicherheit/app/ein/", totp.activate_totp, name="mfa_activate_totp"),
    path("sicherheit/app/aus/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("sicherheit/notfall/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sicherheit/notfall/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sicherheit/notfall/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
