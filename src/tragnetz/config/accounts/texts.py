"""What allauth says, in our words: errors of its forms, messages on its pages, mails about the account."""

from django.utils.translation import gettext_lazy as _

ERRORS = {
    "account_inactive": _("Ihr Zugang ist beendet. Bitte fragen Sie Ihre Verwaltung."),
    "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht."),
    "incorrect_password": _("Das Passwort stimmt nicht."),
    "enter_current_password": _("Ihr jetziges Passwort stimmt nicht."),
    "incorrect_code": _("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal."),
    "invalid_password_reset": _("Dieser Link gilt nicht mehr."),
    "too_many_login_attempts": _("Zu viele Versuche. Bitte warten Sie ein paar Minuten."),
    "cannot_generate_recovery_codes": _("Notfall-Codes gibt es erst, wenn ein zweiter Faktor eingerichtet ist."),
}
# Template of allauth -> what stands on the next page; one that is missing here says nothing.
MESSAGES = {
    "account/messages/logged_out.txt": _("Sie sind abgemeldet."),
    "account/messages/password_changed.txt": _("Ihr Passwort ist geändert. Auf anderen Geräten sind Sie abgemeldet."),
    "account/messages/password_set.txt": _("Ihr Passwort ist gespeichert."),
    "mfa/messages/totp_activated.txt": _("Die App ist eingerichtet. Ab jetzt fragen wir beim Anmelden nach dem Code."),
    "mfa/messages/totp_deactivated.txt": _("Die App ist nicht mehr eingerichtet."),
    "mfa/messages/recovery_codes_generated.txt": _("Ihre Notfall-Codes sind da. Frühere gelten nicht mehr."),
    "mfa/messages/webauthn_added.txt": _("Der Schlüssel ist gespeichert."),
    "mfa/messages/webauthn_removed.txt": _("Der Schlüssel ist entfernt."),
}
# What changed at an account, told by mail to its owner.
NOTICES = {
    "account/email/password_changed": _("Ihr Passwort wurde geändert."),
    "account/email/password_reset": _("Ihr Passwort wurde über einen Link neu gesetzt."),
    "account/email/password_set": _("Für Ihr Konto wurde ein Passwort gesetzt."),
    "mfa/email/totp_activated": _("Für Ihr Konto wurde eine App als zweiter Faktor eingerichtet."),
    "mfa/email/totp_deactivated": _("Die App als zweiter Faktor wurde entfernt."),
    "mfa/email/recovery_codes_generated": _("Für Ihr Konto wurden neue Notfall-Codes erstellt."),
    "mfa/email/webauthn_added": _("Für Ihr Konto wurde ein Sicherheitsschlüssel oder Passkey gespeichert."),
    "mfa/email/webauthn_removed": _("Ein Sicherheitsschlüssel oder Passkey wurde entfernt."),
    "socialaccount/email/account_connected": _("Ihr Konto wurde mit der Anmeldung Ihrer Organisation verbunden."),
}
RESET = _(
    "Guten Tag,\n\njemand möchte das Passwort für diese Adresse neu setzen. "
    "Wenn Sie das sind, öffnen Sie diesen Link:\n"
    "%(address)s\n\nDer Link gilt eine Stunde und nur einmal.\n\n"
    "Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist."
)
NO_ACCOUNT = _(
    "Guten Tag,\n\njemand möchte das Passwort für diese Adresse neu setzen. "
    "Zu dieser Adresse gibt es aber kein Konto.\n\n"
    "Vielleicht sind Sie mit einer anderen Adresse angemeldet? Sonst fragen Sie bitte Ihre Verwaltung.\n\n"
    "Wenn Sie das nicht waren, löschen Sie diese E-Mail."
)
METHODS = {
    "reauthenticate": _("Mit dem Passwort"),
    "mfa_reauthenticate": _("Mit einem Code aus der App oder einem Notfall-Code"),
    "mfa_reauthenticate:webauthn": _("Mit Passkey oder Sicherheitsschlüssel"),
}
ENDED = {
    "idle": _("Sie waren %(minutes)d Minuten nicht aktiv. Darum haben wir Sie abgemeldet."),
    "absolute": _("Nach %(hours)d Stunden endet jede Anmeldung. Bitte melden Sie sich neu an."),
    "left": _("Ihr Zugang ist beendet. Bitte fragen Sie Ihre Verwaltung."),
}
SLOWED = _(
    "Zu viele Versuche mit dieser Adresse oder aus diesem Netz. Bitte warten Sie etwa %(minutes)d Minuten. "
    "Auf einem Gerät, auf dem Sie sich schon einmal angemeldet haben, geht es sofort."
)
BUSY = _("Gerade melden sich sehr viele an. Bitte senden Sie in ein paar Sekunden noch einmal.")
SLOWED_CODE = _("Zu viele Versuche. Bitte warten Sie etwa %(minutes)d Minuten.")
SLOWED_MAIL = _("An diese Adresse gingen gerade schon E-Mails. Bitte schauen Sie auch in den Spam-Ordner.")
GUESSABLE = _("Ihr Passwort ist leicht zu erraten. Bitte wählen Sie bald ein anderes.")
KEYS_CLOSED = _(
    "Ihre Schlüssel sind noch zu: Sie wurden mit einem anderen Passwort angelegt. "
    "Öffnen Sie sie unter „Meine Schlüssel“."
)
NO_PERSON = _(
    "Für diese Adresse gibt es hier kein Konto. Bitte lassen Sie sich von der Verwaltung Ihrer Organisation einladen."
)
UNVERIFIED = _("Ihre Organisation hat Ihre E-Mail-Adresse nicht bestätigt. Bitte fragen Sie Ihre IT.")
OF_ANOTHER = _(
    "Diese Anmeldung gilt nicht für Ihre Organisation. Bitte melden Sie sich mit E-Mail-Adresse und Passwort an."
)
NOT_DONE = _("Die Anmeldung über Ihre Organisation hat nicht geklappt. Bitte versuchen Sie es noch einmal.")
