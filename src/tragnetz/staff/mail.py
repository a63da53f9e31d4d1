"""Mail about an account. It goes to staff, so it is no message of the outbox and knows no safe-contact rules."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from tragnetz.core.clock import now
from tragnetz.core.texts import choose
from tragnetz.staff.errors import MailError
from tragnetz.staff.models import Invitation


def send_mail(address: str, subject: str, body: str) -> None:
    """Send one mail now. Raises MailError when the server does not take it."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except (SMTPException, OSError) as error:
        raise MailError(
            _("Die E-Mail ging nicht hinaus. Bitte versuchen Sie es in ein paar Minuten noch einmal.")
        ) from error


def send_notice(address: str, what: str) -> None:
    """Tell the owner of an account what was changed at it and when, in German. Raises MailError."""
    with override("de"):
        at = date_format(timezone.localtime(now()), "j. F Y, H:i")
        body = _(
            "Guten Tag,\n\n%(what)s\n\nZeit: %(at)s Uhr\n\n"
            "Haben Sie das gemacht oder darum gebeten? Dann müssen Sie nichts tun.\n"
            "Wussten Sie nichts davon? Dann rufen Sie bitte sofort Ihre Verwaltung an."
        )
        send_mail(address, _("Änderung an Ihrem Konto"), body % {"what": what, "at": at})


def send_invitation(invitation: Invitation, *, name: str, address: str) -> None:
    """Send the link of an invitation. Raises MailError."""
    with override("de"), timezone.override(invitation.network.zone):
        until = date_format(timezone.localtime(invitation.expires_at), "j. F Y, H:i")
        network = choose(invitation.network.name, "de").text
        subject = _("Ihr Zugang: %(network)s") % {"network": network}
        body = _(
            "Guten Tag,\n\n%(name)s lädt Sie ein, für %(organisation)s im %(network)s mitzuarbeiten.\n\n"
            "Öffnen Sie diesen Link. Dort geben Sie Ihren Namen ein und wählen ein Passwort:\n%(address)s\n\n"
            "Der Link gilt bis %(until)s Uhr und nur einmal. Geben Sie ihn nicht weiter.\n\n"
            "Wenn Sie diese Einladung nicht erwartet haben, löschen Sie diese E-Mail."
        ) % {
            "name": name, "organisation": invitation.organisation.name, "network": network, "address": address,
            "until": until,
        }  # fmt: skip
    send_mail(invitation.email, subject, body)
