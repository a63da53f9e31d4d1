"""Checks of this machine: folders, files, time zones, law, keys, settings."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http.request import validate_host

from tragnetz.benefits import library
from tragnetz.casework.letterreading.extract import can_read_photos
from tragnetz.config import variables
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.backup.keys import SecretKey, read_key
from tragnetz.config.operation.findings import Finding, decimal, error, judged, ok, warn
from tragnetz.config.operation.readings import law_level, newest_law
from tragnetz.core.clock import today
from tragnetz.printing.report import Report, report_pdf
from tragnetz.vault.sealing import CannotOpenError, keys_for, open_sealed, seal

GB = 1e9
ROOM_WARN, ROOM_ERROR = 5.0, 1.0  # gigabytes that are left
SECONDS = 10
_UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)
_ROOM_OF_TIMEX = 512  # bytes; the struct has 208


def room(check: str, what: str, folder: Path) -> Finding:
    """Judge what is left on the disk of a folder."""
    usage = shutil.disk_usage(folder)
    left = usage.free / GB
    level = judged(-left, warn_from=-ROOM_WARN, error_from=-ROOM_ERROR)
    advice = "Machen Sie Platz oder vergrößern Sie das Laufwerk: Ist es voll, wird nichts mehr gespeichert."
    text = f"Auf dem Laufwerk {what} sind {decimal(left)} von {usage.total / GB:.0f} GB frei."
    return Finding(check, level, text, advice if level else "", str(folder))


def folders() -> Iterator[Finding]:
    """Whether our folder can be written to, and how much room is left."""
    var = Path(settings.TRAGNETZ_VAR)
    try:
        with tempfile.NamedTemporaryFile(dir=var):
            pass
    except OSError as failed:
        text = f"In den Ordner TRAGNETZ_VAR lässt sich nicht schreiben ({failed.strerror})."
        yield error(
            "var", text, "Legen Sie ihn an und geben Sie ihn dem Benutzer, unter dem Tragnetz läuft.", place=str(var)
        )
        return
    yield ok("var", "In den Ordner TRAGNETZ_VAR lässt sich schreiben.", place=str(var))
    yield room("var-disk", "von TRAGNETZ_VAR", var)


def static_files() -> Iterator[Finding]:
    """Whether styles and fonts lie where the web server looks for them, all of them."""
    names = getattr(staticfiles_storage, "hashed_files", None)
    if names is None:
        yield ok("static", "Stile und Schriften werden aus dem Quelltext ausgeliefert.")
        return
    gone = [name for name in names.values() if not staticfiles_storage.exists(name)]
    fonts = [name for name in names if name.endswith(".woff2")]
    if not names or gone or not fonts:
        text = "Stile und Schriften der Seiten sind nicht gesammelt." if not names else f"{len(gone)} Dateien fehlen."
        advice = "tragnetz static, dann die Website neu starten."
        yield error("static", text, advice, place=str(settings.STATIC_ROOT))
    else:
        yield ok("static", f"{len(names)} Dateien der Seiten sind da, darunter {len(fonts)} Schriften.")


def image(prefix: Path = Path(sys.prefix)) -> Iterator[Finding]:
    """Whether the image we run in was built on a base named to the byte; outside of an image nothing is told."""
    try:
        base = (prefix / "share" / "base").read_text(encoding="utf-8").strip()
    except OSError:
        return
    if "@sha256:" in base:
        yield ok("image", "Das Abbild steht auf einer Grundlage, die auf das Byte genau benannt ist.", place=base)
    else:
        text = "Das Abbild steht auf einer Grundlage ohne Prüfsumme: Beim nächsten Bau kann es eine andere sein."
        yield warn(
            "image", text, "Bauen Sie mit --build-arg BASE=…@sha256:… (docs/deployment.md, The image).", place=base
        )


def printing() -> Iterator[Finding]:
    """Whether letters can be set: a page is made for real, with our fonts."""
    report = Report(kind="", title="Tragnetz", lead="", author="", footer="", sections=[])
    try:
        report_pdf(report)
    except Exception as failed:  # noqa: BLE001 -- whatever broke: no letter leaves the house
        text = f"Briefe und Berichte lassen sich nicht setzen ({type(failed).__name__})."
        yield error("printing", text, "Spielen Sie diese Version neu ein: Es fehlen Vorlagen oder Schriften.")
    else:
        yield ok("printing", "Briefe und Berichte lassen sich setzen.")


def zones() -> Iterator[Finding]:
    """Whether the time zone data are there and know summer time."""
    try:
        summer = datetime(2026, 7, 1, tzinfo=ZoneInfo(settings.TIME_ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        summer = None
    if summer != timedelta(hours=2):
        text = "Auf dem Server fehlen die Daten der Zeitzonen: Termine stünden zur falschen Stunde."
        yield error("zones", text, "Installieren Sie das Paket tzdata.")
    else:
        yield ok("zones", "Die Daten der Zeitzonen sind da.")


def time_service() -> Iterator[Finding]:
    """Whether a time service keeps this machine's clock; where the system does not say so, nothing is told."""
    state = _kernel_clock()
    if state == _UNSYNCHRONISED:
        text = "Kein Zeitdienst stellt die Uhr dieses Rechners: Termine, Codes und Fristen hängen an ihr."
        yield warn("time-service", text, "Stellen Sie NTP ein (chrony, systemd-timesyncd), in Containern am Wirt.")
    elif state is not None:
        yield ok("time-service", "Ein Zeitdienst stellt die Uhr dieses Rechners.")


def _kernel_clock() -> int | None:
    """Return how Linux judges its clock (adjtimex(2)); nothing on other systems, or where one may not ask."""
    if sys.platform != "linux":
        return None
    asked = ctypes.create_string_buffer(_ROOM_OF_TIMEX)  # all zero: change nothing, only tell
    state = int(ctypes.CDLL(None).adjtimex(asked))
    return state if state >= 0 else None


def law() -> Iterator[Finding]:
    """Whether there is a compiled law, how old its date is, and whether it was made from the sources of now."""
    folder, day = settings.TRAGNETZ_LAW, today(ZoneInfo(settings.TIME_ZONE))
    newest = newest_law(day)
    build = "tragnetz law build (docs/operations.md, Install)."
    if newest is None:
        text = "Es gibt kein kompiliertes Recht: Der Leistungs-Check rechnet nicht."
        yield error("law", text, build, place=str(folder))
        return
    level = law_level(newest, day)
    yield Finding("law", level, f"Gerechnet wird nach dem Recht vom {newest:%d.%m.%Y}.", build if level else "")
    old = library.outdated(folder)
    if old:
        text = f"Das Recht vom {old[0]:%d.%m.%Y} wurde mit einer anderen Version kompiliert."
        yield warn("law-sources", text, "tragnetz law build --if-needed")
    else:
        yield ok("law-sources", "Das Recht wurde mit dieser Version kompiliert.")


def keys() -> Iterator[Finding]:
    """Whether the key ring seals and opens. Whether it fits the database, `network.sealed` says."""
    try:
        ring = keys_for("doctor")
        open_sealed(seal(b"Tragnetz", ring[0], b"doctor"), ring[0], b"doctor")
    except (ValueError, CannotOpenError):
        yield error("keys", "Der Schlüsselring ist nicht lesbar.", "Prüfen Sie TRAGNETZ_VAULT_KEYS.")
        return
    text = "Der Schlüsselring ist lesbar" + (f", er hat {len(ring)} Schlüssel." if len(ring) > 1 else ".")
    yield ok("keys", text)


def backup_key() -> Iterator[Finding]:
    """Whether somebody is named who can open back-ups, and that the key that opens them is not here."""
    given, phrase = variables.raw("BACKUP_KEY"), variables.raw("BACKUP_PASSPHRASE")
    try:
        key = read_key(given) if given else None
    except BackupError:
        yield error(
            "backup-key", "Der Sicherungsschlüssel ist nicht richtig abgetippt.", "Vergleichen Sie jede Gruppe."
        )
        return
    if isinstance(key, SecretKey):
        text = "Auf dem Server liegt die geheime Hälfte des Sicherungsschlüssels: Sie öffnet alle Sicherungen."
        yield error(
            "backup-key", text, "Setzen Sie TRAGNETZ_BACKUP_KEY auf die Hälfte, die mit backup-public- beginnt."
        )
    elif key is None and not phrase:
        text = "Es ist kein Sicherungsschlüssel eingestellt."
        yield warn(
            "backup-key", text, "tragnetz backup key, und die öffentliche Hälfte als TRAGNETZ_BACKUP_KEY setzen."
        )
    elif key is None:
        text = "Der Server kann seine Sicherungen selbst öffnen (Passwort statt Schlüsselpaar)."
        yield warn("backup-key", text, "Besser ist ein Schlüsselpaar: tragnetz backup key.")
    else:
        yield ok("backup-key", "Sicherungen öffnet nur, wer die geheime Hälfte des Schlüssels hat.")


def environment() -> Iterator[Finding]:
    """Tell what of the settings works, but not as somebody meant it."""
    given = variables.read(os.environ)
    for warning in given.warnings:
        text = f"{warning.partition(' ')[0]} ist gesetzt, wirkt aber nicht."
        yield warn("settings", text, "Prüfen Sie den Namen und was dazugehört. Jeder Start nennt den Grund.")
    if not settings.PRODUCTION:
        text = "Diese Installation ist eine Vorführung (TRAGNETZ_PRODUCTION ist nicht 1)."
        yield warn("production", text, "Für echte Menschen: docs/operations.md, Configure.")
        return
    yield ok("production", "Diese Installation ist für den echten Betrieb eingestellt.")
    address = urlsplit(settings.TRAGNETZ_PUBLIC_URL)
    if not address.hostname:
        text = "TRAGNETZ_PUBLIC_URL fehlt: E-Mails mit Links gehen nicht hinaus."
        yield error("public-url", text, "Setzen Sie die Adresse der Website.")
    elif not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        text = "Die Adresse der Website steht nicht in TRAGNETZ_HOSTS: Sie antwortet dort nicht."
        yield error("public-url", text, "Nehmen Sie den Namen in TRAGNETZ_HOSTS auf.", place=address.hostname)
    else:
        yield ok("public-url", "Die Adresse der Website ist gesetzt.", place=address.hostname)
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        text = "Als Absender von E-Mails steht localhost: Fast alle Postfächer weisen das ab."
        yield error("mail-from", text, "Setzen Sie TRAGNETZ_MAIL_FROM.")
    else:
        yield ok("mail-from", "Ein Absender für E-Mails ist gesetzt.", place=settings.DEFAULT_FROM_EMAIL)


def photos() -> Iterator[Finding]:
    """Whether Tesseract is there and knows German: letters on photos are read with it."""
    advice = "Installieren Sie tesseract-ocr und tesseract-ocr-deu, wenn Fotos von Briefen gelesen werden sollen."
    if not can_read_photos():
        yield warn("photos", "Fotos von Briefen werden nicht gelesen (Tesseract fehlt).", advice)
        return
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607 -- found where `can_read_photos` finds it
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        known = done.stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        known = []
    if "deu" in known:
        yield ok("photos", "Fotos von Briefen werden gelesen (Tesseract mit Deutsch).")
    else:
        yield warn("photos", "Tesseract ist da, aber ohne Deutsch.", advice)
