"""Checks of the network in scope: its worker, messages, back-ups, audit trail, and its organisations' duties."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from tragnetz.config.operation import readings
from tragnetz.config.operation.findings import Finding, Level, error, judged, ok, warn, words
from tragnetz.config.tasks import ROUND, TOLD
from tragnetz.core.clock import today
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Organisation
from tragnetz.privacy.retention.queries import ROOTS, due
from tragnetz.vault.enums import Holder
from tragnetz.vault.models import KeyPair, RecoverySetup, WrappedKey
from tragnetz.vault.sealing import CannotOpenError

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEAT_WARN, BEAT_ERROR = 3 * MINUTE, 15 * MINUTE
OLD_WARN, OLD_ERROR = 15 * MINUTE, 2 * HOUR
BACKUP_WARN, BACKUP_ERROR = 26 * HOUR, 50 * HOUR
VERIFIED_WARN = 100 * DAY
TRAIL_WARN, TRAIL_ERROR = 26 * HOUR, 50 * HOUR
OFTEN_FAILED = 3
AHEAD = MINUTE  # so far the clocks of several servers may differ, and some more
ENOUGH = 2  # people who hold a key: one may be ill, or leave


def _age(check: str, text: str, advice: str, age: timedelta, warn_from: timedelta, error_from: timedelta) -> Finding:
    level = judged(age.total_seconds(), warn_from=warn_from.total_seconds(), error_from=error_from.total_seconds())
    return Finding(check, level, text, advice if level else "")


def standing(one: Network, now: datetime) -> Iterator[Finding]:
    """Whether the network stands still, to be moved to another server: then nothing is done and nothing sent."""
    if one.frozen_at is not None:
        text = f"Das Netz steht seit {words(now - one.frozen_at)} still: Es zieht auf einen anderen Server um."
        yield error("standing", text, "Ist der Umzug abgebrochen? Weiter geht es mit: tragnetz network thaw")


def future(_network: Network, now: datetime) -> Iterator[Finding]:
    """Whether something was written down that is still to happen: then a clock goes wrong, or did."""
    newest = readings.newest_event()
    if newest is not None and newest - now > AHEAD:
        text = f"Im Protokoll steht etwas, das erst in {words(newest - now)} geschieht: Eine Uhr geht falsch."
        advice = "Vergleichen Sie die Uhr jedes Servers mit der richtigen Zeit (docs/operations.md, The clocks differ)."
        yield error("future", text, advice)
    else:
        yield ok("future", "Nichts im Protokoll liegt in der Zukunft.")


def worker(one: Network, now: datetime) -> Iterator[Finding]:
    """Whether the worker lives, and which of its tasks fail; a network that stands still has none."""
    if one.frozen_at is not None:
        return
    beat, advice = readings.beat(), "Starten Sie den Dienst `tragnetz work`."
    if beat is None:
        yield error("worker", "Der Hintergrunddienst ist noch nie gelaufen: Es geht keine Nachricht hinaus.", advice)
        return
    age = now - beat
    yield _age("worker", f"Der Hintergrunddienst hat zuletzt vor {words(age)} gearbeitet.", advice, age, BEAT_WARN,
               BEAT_ERROR)  # fmt: skip
    failing = [run for run in readings.task_runs() if run.failures and run.name != ROUND]
    for run in failing:
        text = f"Eine Aufgabe misslingt: {TOLD.get(run.name, run.name)} ({run.failures} Mal, {run.error})."
        level = Level.ERROR if run.failures >= OFTEN_FAILED else Level.WARN
        yield Finding(
            "tasks", level, text, f"tragnetz tasks run {run.name}; der Fehler steht im Protokoll des Servers."
        )
    if not failing:
        yield ok("tasks", "Alle Aufgaben des Hintergrunddienstes gelingen.")


def messages(_network: Network, now: datetime) -> Iterator[Finding]:
    """Whether messages leave, and what is left for people."""
    box = readings.outbox(now)
    if box.oldest_due is None:
        yield ok("outbox", "Keine Nachricht wartet über ihre Zeit hinaus.")
    else:
        age = now - box.oldest_due
        text = f"Die älteste fällige Nachricht wartet seit {words(age)}."
        advice = "Läuft der Hintergrunddienst? Antworten Mailserver und SMS-Gateway?"
        yield _age("outbox", text, advice, age, OLD_WARN, OLD_ERROR)
    dead, unsure = box.number(State.FAILED), box.number(State.UNCERTAIN)
    if dead or unsure:
        text = f"{dead} Nachrichten sind nicht angekommen, bei {unsure} ist es ungewiss."
        yield warn("messages", text, "Das Team sieht sie unter Nachrichten, Probleme, und kümmert sich.")
    else:
        yield ok("messages", "Keine Nachricht ist liegen geblieben.")


def backups(network: Network, now: datetime) -> Iterator[Finding]:
    """How old the last back-up is, and when one was proven or restored."""
    written, advice = readings.last_event("backup:written"), "tragnetz backup ORDNER, jede Nacht (docs/operations.md)."
    if written is None:
        text = "Es gibt noch keine Sicherung."
        yield (warn if network.is_demo else error)("backup", text, advice)
        return
    age = now - written
    found = _age("backup", f"Die letzte Sicherung ist {words(age)} alt.", advice, age, BACKUP_WARN, BACKUP_ERROR)
    yield Finding(found.check, min(found.level, Level.WARN), found.text, found.advice) if network.is_demo else found
    proven = readings.last_event("backup:verified", "backup:restored")
    advice = "tragnetz backup verify DATEI --tell, und einmal im Quartal die Übung (docs/operations.md)."
    if proven is None:
        yield warn("backup-verified", "Noch keine Sicherung wurde geprüft oder eingespielt.", advice)
    elif now - proven > VERIFIED_WARN:
        yield warn("backup-verified", f"Zuletzt wurde vor {words(now - proven)} eine Sicherung geprüft.", advice)
    else:
        yield ok("backup-verified", f"Vor {words(now - proven)} wurde eine Sicherung geprüft oder eingespielt.")


def trail(_network: Network, now: datetime) -> Iterator[Finding]:
    """Whether the audit chain was signed and verified lately, and whether it holds."""
    advice = "Das macht der Hintergrunddienst jeden Tag; von Hand: tragnetz audit sign."
    signed, verified = readings.last_head(), readings.last_verification()
    if signed is None:
        yield warn("audit-signed", "Das Protokoll der Zugriffe ist noch nicht signiert.", advice)
    else:
        text = f"Das Protokoll der Zugriffe wurde vor {words(now - signed)} signiert."
        yield _age("audit-signed", text, advice, now - signed, TRAIL_WARN, TRAIL_ERROR)
    if verified is None:
        yield warn("audit-verified", "Das Protokoll der Zugriffe wurde noch nicht geprüft.", "tragnetz audit verify")
    elif verified.faults:
        text = f"Das Protokoll der Zugriffe hält nicht: {verified.faults} Fehler bei der letzten Prüfung."
        yield error("audit-verified", text, "tragnetz audit verify, und die oder den Datenschutzbeauftragten rufen.")
    else:
        text = f"Das Protokoll der Zugriffe wurde vor {words(now - verified.at)} geprüft und hält."
        yield _age("audit-verified", text, "tragnetz audit verify", now - verified.at, TRAIL_WARN, TRAIL_ERROR)


def sealed(_network: Network, _now: datetime) -> Iterator[Finding]:
    """Whether the key ring fits what is sealed in this database."""
    try:
        there = Message.objects.order_by("-created_at").first()
    except CannotOpenError:
        text = "Der Schlüsselring passt nicht zu dieser Datenbank: Namen und Nummern sind nicht lesbar."
        yield error(
            "ring", text, "Setzen Sie TRAGNETZ_VAULT_KEYS auf den Ring dieser Installation, ältere Schlüssel dazu."
        )
        return
    yield ok("ring", "Der Schlüsselring passt zu dieser Datenbank." if there else "Es ist noch nichts versiegelt.")


def _here(network: Network) -> Q:
    return Q(ended_on=None, user__is_active=True) & (Q(last_day=None) | Q(last_day__gte=today(network.zone)))


def organisations(network: Network, _now: datetime) -> Iterator[Finding]:
    """Whether each organisation has its people, its recovery and an address for data protection."""
    roles: dict[uuid.UUID, list[list[str]]] = {}
    for organisation_id, held in Membership.objects.filter(_here(network)).values_list("organisation", "roles"):
        roles.setdefault(organisation_id, []).append(held)
    recovered = _organisations_with(Holder.RECOVERY)
    begun = set(RecoverySetup.objects.values_list("organisation", flat=True))
    holders = _holders()
    for one in Organisation.objects.filter(is_member=True):
        people = roles.get(one.pk, [])
        if not people:
            continue  # a partner that has not begun yet
        yield from _organisation(one, people, recovered=one.pk in recovered, begun=one.pk in begun)
        if 0 < holders.get(one.pk, ENOUGH) < ENOUGH:
            text = f"{one}: Die Schlüssel der Leitung hat nur eine Person."
            advice = "Geben Sie einer zweiten Person die Rolle Leitung: Sonst hängt alles an einer."
            yield warn("key-holders", text, advice, organisation_id=one.pk)


def _organisation(one: Organisation, people: list[list[str]], *, recovered: bool, begun: bool) -> Iterator[Finding]:
    if not any(Role.ADMIN in held for held in people):
        text = f"{one}: Niemand hat die Verwaltung."
        yield warn(
            "administration", text, f"tragnetz staff invite E-MAIL --organisation {one.key}", organisation_id=one.pk
        )
    if any(Role.LEAD in held or Role.COUNSELLOR in held for held in people):
        if recovered:
            yield ok("recovery", f"{one}: Die Wiederherstellung ist eingerichtet.", organisation_id=one.pk)
        else:
            text = (
                f"{one}: Die Wiederherstellung ist {'begonnen, aber nicht beendet' if begun else 'nicht eingerichtet'}."
            )
            advice = (
                "Die Leitung richtet sie mit einer zweiten Person ein (Schlüssel): Sonst können Akten verloren gehen."
            )
            yield error("recovery", text, advice, organisation_id=one.pk)
    officer = one.privacy or {}
    if officer.get("email") or officer.get("address"):
        yield ok("officer", f"{one}: Ein Kontakt für den Datenschutz ist angegeben.", organisation_id=one.pk)
    else:
        text = f"{one}: Ein Kontakt für den Datenschutz fehlt (Art. 13 DSGVO)."
        yield warn(
            "officer", text, "Tragen Sie ihn in organisations.yaml ein und laden Sie die Stadt.", organisation_id=one.pk
        )


def _organisations_with(kind: Holder) -> set[uuid.UUID | None]:
    return set(KeyPair.objects.filter(kind=kind, ended_at=None).values_list("organisation", flat=True))


def _holders() -> dict[uuid.UUID, int]:
    """Return how many people hold the key of each organisation's lead."""
    rows = WrappedKey.objects.filter(
        pair__kind=Holder.ROLE, pair__role=Role.LEAD, pair__ended_at=None, holder__kind=Holder.USER,
        holder__ended_at=None,
    )  # fmt: skip
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for organisation_id, holder_id in rows.values_list("pair__organisation", "holder"):
        if organisation_id is not None:
            found.setdefault(organisation_id, set()).add(holder_id)
    return {organisation_id: len(held) for organisation_id, held in found.items()}


def deletions(network: Network, _now: datetime) -> Iterator[Finding]:
    """Tell what should have been deleted."""
    day = today(network.zone)
    for one in Organisation.objects.filter(is_member=True):
        waiting = sum(len(due(network, one.pk, key, day)) for key in ROOTS)
        if waiting:
            text = f"{one}: {waiting} Datensätze sind zum Löschen fällig."
            advice = "Leitung oder Datenschutz schlagen sie unter Datenschutz, Löschen vor; jemand anderes bestätigt."
            yield warn("deletions", text, advice, organisation_id=one.pk)
