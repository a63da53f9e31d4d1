"""The register of tables about those who do not seek help: who works here, who keeps entries true elsewhere.

`kinds.py` holds what is kept of people who seek help. A test walks all tables with a link to an account or a place in
an organisation, and fails when one is in neither. The words go into the register of processing (docs/compliance).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worked:
    """What a table keeps of somebody who works: `what`, `why`, and `until` when, in German for the register.

    With `merely_named` a row is about something else and names who did it.
    """

    what: str
    why: str
    until: str
    merely_named: bool = False


_WORK = "Arbeit im Netz (Art. 6 Abs. 1 b DSGVO, § 26 BDSG oder Recht der Organisation; zu prüfen)"
_LOG_IN = "Sicherheit der Anmeldung (Art. 32 DSGVO)"
_PROOF = "Nachweis, wer es tat (Art. 5 Abs. 2 DSGVO)"
_STAYS = "bleibt; nicht von selbst gelöscht: [hier eintragen]"

WORKERS: Mapping[str, Worked] = {
    "network.user": Worked(
        "Konto: Name, E-Mail-Adresse, Prüfwert des Passworts", _WORK,
        "gesperrt mit dem letzten Arbeitstag; der Name bleibt bei dem, was jemand tat",
    ),
    "network.membership": Worked(
        "Platz in einer Organisation: Rollen, Sprachen, Themen, Stadtbezirke, Geschlecht (freiwillig), letzter Tag",
        _WORK, "endet mit dem letzten Arbeitstag; die Zeile bleibt bei dem, was jemand tat",
    ),
    "account.emailaddress": Worked("E-Mail-Adresse des Kontos", _WORK, "wie das Konto"),
    "mfa.authenticator": Worked(
        "zweiter Faktor, versiegelt: Passkey, Schlüssel, App, Notfall-Codes", _LOG_IN,
        "bis man ihn entfernt oder die Verwaltung es tut",
    ),
    "socialaccount.socialaccount": Worked(
        "Anmeldung über die eigene Organisation: Kennung, E-Mail-Adresse, wie geprüft wurde", _LOG_IN, "wie das Konto"
    ),
    "staff.session": Worked(
        "angemeldete Geräte: Browser und System, zuletzt gesehen", _LOG_IN,
        "bis zum Abmelden, längstens bis die Sitzung endet",
    ),
    "staff.invitation": Worked(
        "Einladungen: E-Mail-Adresse und Rollen", _WORK, "90 Tage nach dem Ende des Links gelöscht"
    ),
    "vault.keypair": Worked("Schlüssel, den das Passwort öffnet", "Schutz der Fälle (Art. 32 DSGVO)", "wie das Konto"),
    "vault.recoverysetup": Worked(
        "wer gerade die Wiederherstellung einrichtet", "Schutz der Fälle (Art. 32 DSGVO)", "bis sie eingerichtet ist"
    ),
    "appointments.roster": Worked("Dienste: Wochentag, Zeit, Ort", _WORK, _STAYS),
    "appointments.absence": Worked(
        "Abwesenheit: „nicht da“, Urlaub, Fortbildung oder Besprechung, mit Vertretung; nie Krankheit", _WORK, _STAYS
    ),
    "appointments.workload": Worked(
        "Anteil der Stelle, Gespräche am Tag, Vertretung, Adresse des Video-Raums", _WORK, _STAYS
    ),
    "appointments.lineduty": Worked("wer am Telefon eingeteilt ist", _WORK, _STAYS),
    "appointments.linepresence": Worked(
        "wer wann abnimmt („Ich nehme ab“)", "Die Website sagt, ob jemand da ist",
        "28 Tage nach dem Abmelden gelöscht",
    ),
    "appointments.calendarfeed": Worked(
        "Adresse des eigenen Kalenders (nur als Prüfwert), zuletzt abgerufen", _WORK, "endet mit dem Zugang"
    ),
    "appointments.session": Worked("Termine einer Gruppe und wer sie leitet", _WORK, "wie die Gruppe", True),
    "casework.capacity": Worked("wie viele Fälle jemand trägt, wie vereinbart", _WORK, _STAYS),
    "reporting.projectshare": Worked(
        "Anteil der Stelle, den ein Projekt bezahlt", "Nachweis für die Förderung (zu prüfen)", _STAYS
    ),
    "reporting.timesheet": Worked(
        "Stunden für Projekte, nur wo vereinbart", "Nachweis für die Förderung (zu prüfen)", _STAYS
    ),
    "casework.letterwording": Worked("Wortlaut eines Briefs und wer ihn schrieb", _PROOF, "bleibt", True),
    "reporting.snapshot": Worked("festgehaltene Zahlen und wer sie festhielt", _PROOF, "bleibt", True),
    "privacy.retentionrule": Worked("entschiedene Frist und wer sie eintrug", _PROOF, "bleibt", True),
    "privacy.deletion": Worked("Protokoll des Löschens und wer vorschlug und bestätigte", _PROOF, "bleibt", True),
    "directory.revision": Worked(
        "Verlauf eines Eintrags: wer änderte (Team oder Träger)", _PROOF, "bleibt mit dem Verlauf", True
    ),
    "directory.confirmationlink": Worked(
        "Link zum Prüfen: an welche Adresse der Organisation, von wem, wann geöffnet", _PROOF, "bleibt", True
    ),
}  # fmt: skip
