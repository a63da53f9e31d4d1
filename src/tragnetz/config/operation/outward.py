"""Checks of what this machine reaches outside: each waits some seconds at most, none sends anything to a person."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError

from tragnetz.casework.files.scanner import Verdict, scan
from tragnetz.config.operation.findings import Finding, error, judged, ok, warn
from tragnetz.messaging.enums import Channel
from tragnetz.messaging.errors import NotSentError
from tragnetz.messaging.smtp import SmtpBackend

SECONDS = 5
CERTIFICATE_WARN, CERTIFICATE_ERROR = 21, 7  # days that are left


def certificate() -> Iterator[Finding]:
    """How long the certificate of the site is valid."""
    address = urlsplit(settings.TRAGNETZ_PUBLIC_URL)
    if address.scheme != "https" or not address.hostname:
        return
    place = f"{address.hostname}:{address.port or 443}"
    try:
        ends = _certificate(address.hostname, address.port or 443)
    except ssl.SSLCertVerificationError as failed:
        text = f"Das Zertifikat der Website gilt nicht ({failed.verify_message})."
        yield error("certificate", text, "Erneuern Sie das Zertifikat am Proxy.", place=place)
    except (OSError, ValueError) as failed:
        text = f"Die Website ist von diesem Server aus nicht erreichbar ({type(failed).__name__})."
        advice = "Prüfen Sie Namensauflösung, Firewall und Proxy. Manche Netze lassen diesen Weg nicht zu."
        yield warn("certificate", text, advice, place=place)
    else:
        days = (ends - datetime.now(UTC)).days
        level = judged(-days, warn_from=-CERTIFICATE_WARN, error_from=-CERTIFICATE_ERROR)
        text = f"Das Zertifikat der Website gilt noch {days} Tage."
        yield Finding("certificate", level, text, "Erneuern Sie es am Proxy." if level else "", place)


def _certificate(host: str, port: int) -> datetime:
    """Return when the certificate of a host ends. Raises OSError, also for one that is not valid."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=SECONDS) as line,
        context.wrap_socket(line, server_hostname=host) as secure,
    ):
        shown = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown.get("notAfter", ""))), UTC)


def mail() -> Iterator[Finding]:
    """Whether the mail server greets us and lets us in. No mail is sent."""
    if settings.TRAGNETZ_MESSAGE_BACKENDS[Channel.EMAIL] != "smtp":
        yield warn(
            "mail", "E-Mails gehen nicht über einen Mailserver hinaus.", "Setzen Sie TRAGNETZ_EMAIL_BACKEND=smtp."
        )
        return
    server = settings.TRAGNETZ_SMTP
    place = f"{server['host']}:{server['port']}"
    try:
        SmtpBackend(server, seconds=SECONDS).greet()
    except NotSentError as failed:
        text = f"Der Mailserver nimmt uns nicht an ({failed})."
        yield error("mail", text, "Prüfen Sie TRAGNETZ_SMTP_HOST, _PORT, _USER, _PASSWORD und _TLS.", place=place)
        return
    local = server["host"] in {"localhost", "127.0.0.1", "::1"}
    if server["use_tls"] or local:
        yield ok("mail", "Der Mailserver nimmt uns an.", place=place)
    else:
        text = "Der Mailserver nimmt uns an, aber unverschlüsselt."
        yield warn("mail", text, "Setzen Sie TRAGNETZ_SMTP_TLS=1.", place=place)


def sms() -> Iterator[Finding]:
    """Whether the SMS gateway is there and shows a certificate that is valid. No SMS is sent."""
    if settings.TRAGNETZ_MESSAGE_BACKENDS[Channel.SMS] != "http":
        yield warn(
            "sms", "SMS gehen nicht über ein Gateway hinaus.",
            "docs/messages.md zeigt, wie eines eingestellt wird. Bis dahin wird angerufen.",
        )  # fmt: skip
        return
    address = urlsplit(settings.TRAGNETZ_SMS["url"])
    host, secure = address.hostname or "", address.scheme == "https"
    port = address.port or (443 if secure else 80)
    try:
        if secure:
            _certificate(host, port)
        else:
            socket.create_connection((host, port), timeout=SECONDS).close()
    except (OSError, ValueError) as failed:
        text = f"Das SMS-Gateway ist nicht erreichbar ({type(failed).__name__})."
        yield error("sms", text, "Prüfen Sie TRAGNETZ_SMS_URL, Namensauflösung und Firewall.", place=f"{host}:{port}")
        return
    if secure:
        yield ok("sms", "Das SMS-Gateway ist erreichbar.", place=f"{host}:{port}")
    else:
        text = "Das SMS-Gateway wird unverschlüsselt angesprochen."
        yield warn("sms", text, "Nehmen Sie seine Adresse mit https://.", place=f"{host}:{port}")


def scanner() -> Iterator[Finding]:
    """Whether the virus scanner answers."""
    place = settings.TRAGNETZ_SCANNER
    match scan(b"Tragnetz"):
        case Verdict.NONE:
            yield warn("scanner", "Dateien werden nicht auf Viren geprüft.", "Richten Sie clamd ein: TRAGNETZ_SCANNER.")
        case Verdict.CLEAN:
            yield ok("scanner", "Dateien werden auf Viren geprüft.", place=place)
        case _:
            text = "Der Virenscanner antwortet nicht wie erwartet: Dateien werden abgelehnt oder bleiben ungelesen."
            yield error("scanner", text, "Starten Sie clamd; prüfen Sie TRAGNETZ_SCANNER.", place=place)


def single_sign_on() -> Iterator[Finding]:
    """Whether the organisation's own log-in answers, where there is one."""
    issuer = settings.TRAGNETZ_OIDC["issuer"].rstrip("/")
    if not issuer:
        return
    try:
        answer = urllib3.request(
            "GET", f"{issuer}/.well-known/openid-configuration", timeout=SECONDS, retries=False, redirect=False
        )
        named = answer.json()["issuer"].rstrip("/") == issuer
    except (HTTPError, ValueError, KeyError, TypeError, AttributeError) as failed:
        text = f"Die Anmeldung der Organisation antwortet nicht ({type(failed).__name__})."
        yield error("single-sign-on", text, "Prüfen Sie TRAGNETZ_OIDC_ISSUER und die Firewall.", place=issuer)
        return
    if named:
        yield ok("single-sign-on", "Die Anmeldung der Organisation antwortet.", place=issuer)
    else:
        text = "Die Anmeldung der Organisation nennt sich anders als eingestellt."
        yield error(
            "single-sign-on", text, "Setzen Sie TRAGNETZ_OIDC_ISSUER auf den Namen, den sie nennt.", place=issuer
        )
