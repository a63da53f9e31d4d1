"""The roles of the tour and their tasks. A task is done when an event of the audit trail says so, not by a click.

`{place}` is an Ortsteil of the city that is loaded: no city stands in code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tragnetz.casework.finding import ASKED
from tragnetz.network.enums import Role


@dataclass(frozen=True, slots=True)
class Task:
    """What to do (`story`), how (`way`), where it begins (`page`), and which event shows that it was done.

    `kind` is who must have done it: staff means the account itself. `told` are details that the event must carry.
    """

    key: str
    story: str
    way: str
    page: str
    verbs: tuple[str, ...]
    kind: str = "staff"
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A role of the tour: `role` is that of the account to be; without one nobody signs in."""

    key: str
    name: str
    tells: str
    tasks: tuple[Task, ...]
    role: Role | None = None
    start: str = "portal:start"


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part(
            "ratsuchend",
            "Ratsuchende Person",
            "Sie suchen Hilfe, am Handy oder am Rechner. Ohne Konto.",
            (
                Task(
                    "takeaway",
                    "Ihre Stunden wurden gekürzt, Sie haben zwei Kinder. Finden Sie heraus, welche Hilfe passt, und "
                    "nehmen Sie Ihre Antworten mit.",
                    "„Hilfe finden“, ein paar Fragen beantworten (jede darf leer bleiben), beim Ergebnis einen Code "
                    "geben lassen.",
                    "portal:finder",
                    ("takeaway:keep",),
                    "resident",
                ),
                Task(
                    "book",
                    "Buchen Sie einen Termin am Telefon.",
                    "„Termin“, eine Zeit wählen, einen erfundenen Namen und eine erfundene Nummer eintragen.",
                    "portal:booking",
                    ("enquiry:take",),
                    "resident",
                    {"outcome": "appointment"},
                ),
                Task(
                    "cancel",
                    "Etwas kommt dazwischen: Sagen Sie den Termin mit dem Code wieder ab.",
                    "Unten auf jeder Seite „Mein Termin“; der Code steht auf der Seite nach dem Buchen.",
                    "portal:my_booking",
                    ("booking:cancel",),
                    "resident",
                ),
                Task(
                    "own",
                    "Sie werden schon begleitet. Öffnen Sie Ihre eigene Seite (Code {code}) und finden Sie heraus, wer "
                    "Ihre Akte gelesen hat.",
                    "„Meine Begleitung“; den Code hat Ihnen die Beratung gegeben.",
                    "portal:own",
                    ("own_page:open",),
                    "person",
                ),
            ),
        ),
        Part(
            "telefon",
            "Telefon und Annahme",
            "Sie nehmen Anrufe an, vergeben Termine und rufen zurück.",
            (
                Task(
                    "book",
                    "Frau Sommer ruft an. Sie wohnt in {place}, ihre Stunden wurden gekürzt, die Miete drückt. Buchen "
                    "Sie den nächsten Termin.",
                    "Ortsteil, Thema, Name und Nummer (erfunden), rechts eine Zeit wählen, „Termin buchen“.",
                    "workspace:desk",
                    ("enquiry:take",),
                    told={"outcome": "appointment"},
                ),
                Task(
                    "callback",
                    "Herr Brandt hat gerade keine Zeit. Versprechen Sie ihm einen Rückruf.",
                    "Wieder der Anrufbogen, diesmal „Rückruf versprechen“.",
                    "workspace:desk",
                    ("enquiry:take",),
                    told={"outcome": "callback"},
                ),
                Task(
                    "information",
                    "Jemand fragt nur, wann geöffnet ist. Zählen Sie die Auskunft, ohne Namen.",
                    "„Nur Auskunft gegeben“: Der Bogen darf fast leer sein.",
                    "workspace:desk",
                    ("enquiry:take",),
                    told={"outcome": "information"},
                ),
                Task(
                    "find",
                    "Jemand aus der Familie Jürgens ruft an. Finden Sie heraus, wen von ihnen Sie schon kennen.",
                    "Auf der Seite Telefon oben „Person suchen“. Auch „Juergens“ findet sie.",
                    "workspace:desk",
                    ("name:search",),
                    told={"way": ASKED},
                ),
                Task(
                    "call",
                    "Übernehmen Sie den nächsten versprochenen Rückruf.",
                    "„Rückrufe“, beim obersten „Ich rufe an“.",
                    "workspace:callbacks",
                    ("callback:take",),
                ),
            ),
            Role.INTAKE,
            "workspace:desk",
        ),
        Part(
            "beratung",
            "Beratung",
            "Sie begleiten Menschen, vom ersten Gespräch bis zum Geld auf dem Konto.",
            (
                Task(
                    "case",
                    "Öffnen Sie einen Ihrer Fälle und finden Sie in zwei Minuten heraus, was als Nächstes dran ist.",
                    "„Fälle“, einen auswählen. Oben steht, was eilt.",
                    "workspace:cases",
                    ("case:read",),
                ),
                Task(
                    "contact",
                    "Halten Sie ein kurzes Gespräch fest.",
                    "Im Fall „Gespräch oder Notiz festhalten“ aufklappen (Tasten: f, dann n), „Speichern“.",
                    "workspace:cases",
                    ("contact:keep",),
                ),
                Task(
                    "deadline",
                    "Ein Bescheid kam gestern mit der Post. Rechnen Sie die Frist für den Widerspruch aus und "
                    "speichern Sie sie.",
                    "Im Fall „Fristen“, „Frist eintragen“: den Widerspruch wählen, „Weiter“, den Tag "
                    "eintragen, „Ausrechnen“, den Haken darunter setzen, „Frist speichern“.",
                    "workspace:cases",
                    ("deadline:set",),
                ),
                Task(
                    "claim",
                    "Rechnen Sie, was dem Haushalt zusteht, und planen Sie einen Antrag.",
                    "Im Fall „Rechnen“, dann „Behalten und Anträge planen“. Oder „Anträge“, „Antrag planen“.",
                    "workspace:cases",
                    ("claim:plan",),
                ),
                Task(
                    "trail",
                    "Finden Sie heraus, wer diesen Fall außer Ihnen gelesen hat.",
                    "Im Fall oben „Wer hat die Akte gelesen?“.",
                    "workspace:cases",
                    ("trail:read",),
                ),
            ),
            Role.COUNSELLOR,
            "workspace:day",
        ),
        Part(
            "leitung",
            "Leitung",
            "Sie sehen alle Fälle Ihrer Organisation und planen das Team.",
            (
                Task(
                    "load",
                    "Finden Sie heraus, wer im Team wie viel trägt und welche Fälle lange ohne Kontakt sind.",
                    "„Fälle“, „Auslastung“.",
                    "workspace:caseload",
                    ("caseload:read",),
                ),
                Task(
                    "sick",
                    "Jemand aus dem Team ist morgen krank. Tragen Sie es ein, und lesen Sie vorher, wessen Termin es "
                    "trifft.",
                    "„Planung“, „Abwesenheit eintragen“, „Was ändert das?“, dann „Übernehmen“.",
                    "workspace:planning_absence_new",
                    ("plan:absence-add",),
                ),
                Task(
                    "duty",
                    "Teilen Sie jemanden am Telefon ein.",
                    "„Telefonplan“, „Einteilen“: Nummer, Person, Wochentage, Zeiten.",
                    "workspace:line_plan",
                    ("duty:plan",),
                ),
                Task(
                    "consents",
                    "Finden Sie heraus, welche Einwilligungen bald enden.",
                    "„Fälle“, „Für uns freigegeben“, oben „Zu erneuern, zu unterschreiben“.",
                    "workspace:consents_due",
                    ("consents:due",),
                ),
            ),
            Role.LEAD,
            "workspace:day",
        ),
        Part(
            "verzeichnis",
            "Verzeichnis",
            "Sie halten richtig, was Menschen über Hilfen lesen. Fälle sehen Sie nie.",
            (
                Task(
                    "confirm",
                    "Nehmen Sie den ersten Eintrag der Arbeitsliste: Stimmt alles noch?",
                    "„Was ist zu tun?“, den ersten Eintrag anklicken, „Alles stimmt heute“.",
                    "workspace:catalogue",
                    ("service:confirm", "organisation:confirm", "site:confirm", "office:confirm"),
                ),
                Task(
                    "change",
                    "Ein Angebot hat neue Zeiten. Ändern Sie einen Text und speichern Sie ihn.",
                    "„Alle Einträge“, einen auswählen, „Bearbeiten“, unten „Speichern“.",
                    "workspace:catalogue_entries",
                    ("service:change",),
                ),
                Task(
                    "undo",
                    "Das war ein Irrtum: Nehmen Sie die Änderung zurück.",
                    "Am Eintrag unten im „Verlauf“: „Zurücknehmen“.",
                    "workspace:catalogue_entries",
                    ("service:undo",),
                ),
                Task(
                    "link",
                    "Lassen Sie eine Organisation ihre Einträge selbst prüfen.",
                    "„Organisationen“, eine auswählen, „Link hier zeigen“.",
                    "workspace:catalogue_organisations",
                    ("confirmation:link",),
                ),
            ),
            Role.CATALOGUE,
            "workspace:catalogue",
        ),
        Part(
            "projekt",
            "Projekt und Berichte",
            "Sie sehen Zahlen und Zeichen, keine Namen.",
            (
                Task(
                    "missing",
                    "Finden Sie heraus, bei welchen Teilnahmen Angaben fehlen.",
                    "„Projekte“, den kurzen Namen eines Projekts anklicken; oben lassen sich unvollständige zeigen.",
                    "workspace:projects",
                    ("participations:read",),
                ),
                Task(
                    "snapshot",
                    "Halten Sie die Zahlen zum Ende des letzten Monats fest.",
                    "„Zahlen“, „Stichtage“, Zeitraum wählen, „Zahlen ansehen“, „Zahlen festhalten“.",
                    "workspace:snapshots",
                    ("snapshot:make",),
                ),
                Task(
                    "behind",
                    "Finden Sie heraus, welche Teilnahmen hinter einer festgehaltenen Zahl stehen.",
                    "In den festgehaltenen Zahlen eine Zahl anklicken.",
                    "workspace:snapshots",
                    ("snapshot:read",),
                ),
                Task(
                    "file",
                    "Holen Sie die Datei für die Förderung.",
                    "Bei den festgehaltenen Zahlen „Dateien“ aufklappen.",
                    "workspace:snapshots",
                    ("snapshot:export",),
                ),
            ),
            Role.PROGRAMME,
            "workspace:figures",
        ),
        Part(
            "datenschutz",
            "Datenschutz",
            "Sie prüfen, wer was gelesen hat, und was gelöscht werden muss. Namen sehen Sie nie.",
            (
                Task(
                    "log",
                    "Finden Sie heraus, was heute gelesen und geändert wurde.",
                    "„Datenschutz“, „Protokoll“.",
                    "workspace:audit_log",
                    ("audit:read",),
                ),
                Task(
                    "verify",
                    "Lassen Sie prüfen, ob jemand das Protokoll angetastet hat.",
                    "Im Protokoll „Jetzt prüfen“.",
                    "workspace:audit_log",
                    ("audit:verify",),
                ),
                Task(
                    "file",
                    "Nehmen Sie das Protokoll als Tabelle mit.",
                    "Im Protokoll „Als Tabelle (CSV)“.",
                    "workspace:audit_log",
                    ("audit:export",),
                ),
                Task(
                    "due",
                    "Finden Sie heraus, was abgelaufen ist und gelöscht werden soll.",
                    "„Datenschutz“, „Löschen“.",
                    "workspace:retention",
                    ("retention:read",),
                ),
            ),
            Role.DPO,
            "workspace:privacy",
        ),
        Part(
            "verwaltung",
            "Verwaltung",
            "Sie laden Menschen ein und vergeben Rollen. Fälle sehen Sie nie.",
            (
                Task(
                    "invite",
                    "Laden Sie eine neue Kollegin für das Telefon ein.",
                    "„Team“, „Jemanden einladen“. Die E-Mail erscheint nur im Fenster, in dem die Demo läuft.",
                    "workspace:team_invite",
                    ("staff:invite",),
                ),
                Task(
                    "remarks",
                    "Finden Sie heraus, was Menschen an der Website gestört hat.",
                    "„Rückmeldungen“.",
                    "workspace:remarks",
                    ("remark:list",),
                ),
                Task(
                    "close",
                    "Schließen oder beantworten Sie eine der Rückmeldungen.",
                    "Bei der Rückmeldung „Schließen“.",
                    "workspace:remarks",
                    ("remark:settle", "remark:answer"),
                ),
            ),
            Role.ADMIN,
            "workspace:team",
        ),
        Part(
            "partner",
            "Partner mit Link",
            "Sie arbeiten bei einer anderen Stelle und bekommen eine Vermittlung. Ohne Konto.",
            (
                Task(
                    "open",
                    "Eine Anfrage ist da. Öffnen Sie sie mit dem Code {code}.",
                    "So hat ihn Ihnen die Beratung am Telefon gesagt. In der E-Mail mit dem Link steht er nie.",
                    "",
                    ("referral:open",),
                    "partner",
                ),
                Task(
                    "ask",
                    "Etwas ist unklar: Fragen Sie die Beratung.",
                    "Auf der Seite der Anfrage „Nachricht senden“.",
                    "",
                    ("referral:write",),
                    "partner",
                ),
                Task(
                    "take",
                    "Übernehmen Sie die Anfrage.",
                    "„Wir übernehmen“.",
                    "",
                    ("referral:move",),
                    "partner",
                    {"state": "accepted"},
                ),
                Task(
                    "came",
                    "Ein paar Tage später: Sagen Sie mit demselben Link, dass die Person da war.",
                    "Auf derselben Seite, die Knöpfe haben sich geändert.",
                    "",
                    ("referral:move",),
                    "partner",
                    {"state": "in_progress"},
                ),
            ),
        ),
    )
}
