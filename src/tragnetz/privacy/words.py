"""Names of fields and values for people who read a copy of their data: no code, no id."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.models import Group, Session
from tragnetz.casework.claims.names import benefit_names
from tragnetz.casework.letters.book import kinds as letter_kinds
from tragnetz.casework.papers.vocabulary import paper_titles
from tragnetz.casework.plans.book import plans
from tragnetz.core.texts import choose
from tragnetz.deadlines.book import rules
from tragnetz.directory.models import Office, Service
from tragnetz.directory.queries import paper_names, topics
from tragnetz.directory.sentences import known_facts
from tragnetz.eligibility.facts import FactError, clean_facts
from tragnetz.messaging.enums import Template
from tragnetz.network.enums import Role
from tragnetz.network.functions import main_role
from tragnetz.network.models import District, Locality, Membership, Network, NetworkModel, Organisation, Programme, Site
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.referrals.offering import unpacked
from tragnetz.reporting.models import Answers, OwnQuestion
from tragnetz.reporting.participation.words import answers_in_words, told_in_words
from tragnetz.screening.household_words import benefit_name, euro_in_words, household_in_words, names_of
from tragnetz.screening.outlook.words import copy_in_words
from tragnetz.screening.rulebook import current_book
from tragnetz.vault.envelopes import Locked

FIELDS: Mapping[str, Promise] = {
    "address": _("Adresse"),
    "address_blocked": _("Auskunftssperre"),
    "after": _("neu"),
    "after_care": _("Nachfrage vereinbart"),
    "agreed_on": _("vereinbart am"),
    "amount": _("Betrag in Euro"),
    "answer": _("Antwort"),
    "answered_at": _("geantwortet am"),
    "answers": _("Antworten"),
    "answered_on": _("beantwortet am"),
    "arrival": _("wie der Brief kam"),
    "ask_on": _("nachfragen am"),
    "asked_at": _("angefragt am"),
    "asked_on": _("gefragt am"),
    "asker": _("nachfragen wird"),
    "asks_person": _("Sie werden gefragt, ob es half"),
    "assignee": _("Aufgabe für"),
    "at": _("Zeit"),
    "attainment": _("erreicht (−2 bis +2)"),
    "author": _("aufgeschrieben von"),
    "basis": _("auf welcher Grundlage"),
    "based_on": _("Prüfung vom"),
    "before": _("vorher"),
    "begun_at": _("begonnen am"),
    "benefit": _("Leistung"),
    "birth": _("Geburtstag und Geburtsort"),
    "birth_year": _("Geburtsjahr"),
    "by": _("durch"),
    "came_at": _("zum ersten Mal dort am"),
    "cancelled_by": _("abgesagt"),
    "capacity_noted": _("minderjährig und selbst entschieden"),
    "changed_at": _("geändert am"),
    "channel": _("Weg"),
    "children": _("Kinder im Haushalt"),
    "claims": _("geplante Anträge"),
    "closed_on": _("beendet am"),
    "codes": _("was im Projekt gezählt wird"),
    "colour": _("Farbe"),
    "concern": _("Ihr Anliegen"),
    "contact_name": _("Ansprechperson"),
    "contact_title": _("Anrede"),
    "content": _("Ergebnis"),
    "correction": _("warum geändert"),
    "counsellor": _("Beratung"),
    "created_at": _("aufgenommen am"),
    "deadlines": _("gesetzte Fristen"),
    "deputy": _("Vertretung"),
    "design": _("Gestaltung"),
    "district": _("Stadtbezirk"),
    "domain": _("Lebensbereich"),
    "decided_on": _("entschieden am"),
    "done_on": _("erledigt am"),
    "due_at": _("geplant für"),
    "due_on": _("bis wann"),
    "earliest": _("frühestens"),
    "education": _("Ausbildung"),
    "email": _("E-Mail"),
    "employer": _("Arbeitgeber"),
    "enclosures": _("Anlagen"),
    "end_reason": _("Grund des Endes"),
    "ended_at": _("beendet am"),
    "ended_on": _("beendet am"),
    "ends_at": _("Ende"),
    "ends_with_case": _("endet mit dem Fall"),
    "entered_on": _("Eintritt am"),
    "expires_at": _("gilt bis"),
    "ends_on": _("Ende"),
    "example": _("Beispiel"),
    "extended_on": _("Frist verlängert am"),
    "extension": _("warum es länger dauert"),
    "facts": _("Angaben"),
    "field": _("Berufsfeld"),
    "form": _("Form"),
    "from_on": _("ab"),
    "found_at": _("gefunden am"),
    "gender": _("gewünschte Beratung"),
    "german": _("Wortlaut"),
    "given_at": _("erteilt am"),
    "giver": _("übergeben von"),
    "goal": _("Berufsziel"),
    "goal_field": _("Berufsfeld des Ziels"),
    "goals": _("Ziele"),
    "group": _("Gruppe"),
    "groups": _("worüber"),
    "handed": _("was weitergegeben wurde"),
    "handed_on": _("am"),
    "happened_on": _("geschehen am"),
    "held_on": _("am"),
    "identity": _("woher wir Sie kennen"),
    "indication": _("was für eine längere Begleitung spricht"),
    "informed_on": _("Merkblatt gegeben am"),
    "hours": _("Stunden in der Woche"),
    "hours_wanted": _("gewünschte Stunden"),
    "how": _("wie"),
    "instructed": _("mit Belehrung, wie man sich wehrt"),
    "interpreter": _("mit Dolmetschen"),
    "interpreting": _("Dolmetschen"),
    "is_countable": _("zählt im Projekt"),
    "is_shared": _("auf Ihrer eigenen Seite"),
    "is_shown": _("steht im Lebenslauf"),
    "is_temporary": _("befristet"),
    "issued_on": _("Datum der Unterlage"),
    "job": _("Stelle"),
    "keep_for": _("behalten wofür"),
    "keep_until": _("behalten bis"),
    "kept_3": _("nach 3 Monaten"),
    "kept_3_on": _("gefragt am"),
    "kept_6": _("nach 6 Monaten"),
    "kept_6_on": _("gefragt am"),
    "kept_at": _("gespeichert am"),
    "kept_by": _("gespeichert von"),
    "kind": _("Art"),
    "language": _("Sprache"),
    "languages": _("Sprachen"),
    "last_used_at": _("zuletzt benutzt am"),
    "latest": _("spätestens"),
    "law_of": _("Recht vom"),
    "leaving": _("wie die Teilnahme endete"),
    "left_on": _("ausgetreten oder ausgezogen am"),
    "letter": _("aus welchem Brief"),
    "level": _("Stufe, Beratung"),
    "licences": _("Führerscheine und Nachweise"),
    "lifted_on": _("aufgehoben am"),
    "limits": _("Grenzen"),
    "locality": _("Ortsteil"),
    "looked_at": _("zuletzt gerechnet am"),
    "made_at": _("angelegt am"),
    "made_by": _("angelegt von"),
    "matter": _("worum es geht"),
    "may_call": _("Anruf erlaubt"),
    "may_email": _("E-Mail erlaubt"),
    "may_letter": _("Brief erlaubt"),
    "may_text": _("SMS erlaubt"),
    "may_voicemail": _("Mailbox erlaubt"),
    "membership": _("mit"),
    "minutes": _("Minuten"),
    "moment": _("gefragt zu"),
    "more_papers": _("verlangte Unterlagen"),
    "month": _("ab Monat"),
    "name": _("Name"),
    "need": _("Bedarf"),
    "newest_first": _("das Neueste zuerst"),
    "note": _("Notiz"),
    "number": _("Nummer"),
    "occasion": _("Anlass"),
    "office": _("Stelle"),
    "office_words": _("Stelle, eigene Worte"),
    "on": _("gerechnet für"),
    "opened_at": _("geöffnet am"),
    "opened_on": _("begonnen am"),
    "organisation": _("Organisation"),
    "outcome": _("Ergebnis"),
    "own_level": _("Stufe, eigene Sicht"),
    "owner": _("wer"),
    "pages": _("Seiten"),
    "paper": _("Art der Unterlage"),
    "participants": _("dabei waren"),
    "permit": _("Arbeitserlaubnis"),
    "phone": _("Telefon"),
    "place": _("Ort"),
    "plan": _("Vorlage"),
    "points": _("worauf bei der Übergabe geachtet wurde"),
    "presence": _("Anwesenheit"),
    "programme": _("Projekt"),
    "promised_until": _("versprochen bis"),
    "proof": _("Nachweis"),
    "proposed_at": _("vorgeschlagen am"),
    "pseudonym": _("Kennung statt des Namens"),
    "purpose": _("Zweck"),
    "rated_on": _("besprochen am"),
    "rating": _("besprochen am"),
    "read_at": _("gelesen am"),
    "reason": _("Grund"),
    "received_on": _("eingegangen am"),
    "recipient": _("an"),
    "recipients_outside": _("Empfänger außerhalb"),
    "reference": _("Aktenzeichen"),
    "refusal": _("Grund der Absage"),
    "recognition": _("Anerkennung"),
    "relation": _("Beziehung"),
    "release": _("Entbindung"),
    "released": _("mitgebrachte Antworten"),
    "reminded_on": _("erinnert am"),
    "renew_on": _("weiter beantragen ab"),
    "reopened_on": _("wieder aufgenommen am"),
    "reply_by": _("Antwort erbeten bis"),
    "requested_at": _("gesendet am"),
    "restricted_on": _("eingeschränkt seit"),
    "result": _("Ergebnis"),
    "review_on": _("wieder ansehen am"),
    "reviewed_on": _("angesehen am"),
    "rhythm": _("wie oft"),
    "right": _("Recht"),
    "rule": _("welche Frist"),
    "safe_note": _("sicher erreichen"),
    "seen_at": _("von der Leitung gesehen am"),
    "seen_by": _("gesehen von"),
    "seen_on": _("gesehen am"),
    "sent_at": _("gesendet am"),
    "sent_on": _("gesendet am"),
    "session": _("Termin der Gruppe"),
    "settled_at": _("erledigt am"),
    "side": _("von wem"),
    "settled_on": _("erledigt am"),
    "shows_birth": _("Geburtstag steht im Lebenslauf"),
    "sign": _("woran man es sieht"),
    "signature_due_at": _("Unterschrift nötig bis"),
    "signed_on": _("unterschrieben am"),
    "signer": _("unterschrieben von"),
    "signer_name": _("Name"),
    "since": _("seit"),
    "site": _("Ort"),
    "situation": _("Lage"),
    "skills": _("Kenntnisse"),
    "source": _("gefunden"),
    "sphere": _("Bereich"),
    "start": _("Beginn"),
    "start_on": _("gerechnet ab"),
    "started_at": _("begonnen am"),
    "started_on": _("begonnen am"),
    "starts_at": _("Beginn"),
    "starts_on": _("Beginn"),
    "state": _("Stand"),
    "state_on": _("Stand vom"),
    "steps": _("Schritte"),
    "stop": _("warum nicht gefragt"),
    "strength": _("Stärke"),
    "strengths": _("Stärken"),
    "subject": _("Betreff"),
    "summary": _("Zwei Sätze über Sie"),
    "taken_at": _("übernommen am"),
    "taken_by": _("aufgenommen von"),
    "taker": _("übernommen von"),
    "tasks": _("Aufgaben"),
    "tells_person": _("Erinnerung an Sie"),
    "template": _("Inhalt"),
    "text": _("Text"),
    "text_version": _("Fassung"),
    "to_email": _("E-Mail der Stelle"),
    "to_service": _("an, Angebot"),
    "to_words": _("an wen"),
    "told": _("was Sie dazu gesagt haben"),
    "told_at": _("gesagt am"),
    "told_by": _("beantwortet von"),
    "told_on": _("um Anruf gebeten am"),
    "title": _("Bezeichnung"),
    "planned_on": _("geplant am"),
    "to_programme": _("nächstes Projekt"),
    "to_organisation": _("an"),
    "to_outside": _("an, außerhalb"),
    "tone": _("Ton"),
    "topic": _("Thema"),
    "undone_at": _("zurückgenommen am"),
    "until": _("bis"),
    "until_on": _("bis"),
    "urgency": _("Dringlichkeit"),
    "via": _("vereinbart"),
    "wants_help": _("braucht wieder Hilfe"),
    "way": _("Weg"),
    "weekdays": _("Wochentage"),
    "what": _("Ziel"),
    "wish": _("Ihr Wunsch"),
    "wishes": _("Wünsche"),
    "withdrawal_form": _("wie widerrufen"),
    "withdrawn_at": _("widerrufen am"),
    "witness": _("Zeugin oder Zeuge"),
    "wording": _("Wortlaut in der Sprache der Person"),
    "words": _("Wortlaut"),
    "work": _("Berufserfahrung"),
    "written_at": _("geschrieben am"),
    "years_only": _("nur Jahre"),
}
FUNCTIONS: Mapping[str, Promise] = {
    Role.INTAKE: _("Telefon"),
    Role.COUNSELLOR: _("Beratung"),
    Role.LEAD: _("Leitung"),
    Role.CATALOGUE: _("Redaktion des Verzeichnisses"),
    Role.PROGRAMME: _("Programmleitung"),
    Role.DPO: _("Datenschutz"),
    Role.ADMIN: _("Verwaltung"),
}
WEEKDAYS = (_("Montag"), _("Dienstag"), _("Mittwoch"), _("Donnerstag"), _("Freitag"), _("Samstag"), _("Sonntag"))


def function_of(membership: Membership) -> str:
    """Return what a member of staff does and where, without the name."""
    role = main_role(membership.roles)
    return f"{FUNCTIONS[role]}, {membership.organisation.name}" if role else membership.organisation.name


def field_name(name: str) -> str:
    """Return the words for a field."""
    return str(FIELDS[name])


def readable(row: NetworkModel, name: str, network: Network) -> str:
    """Return the value of a field as a person reads it, in German; nothing when it is empty."""
    value = getattr(row, name)
    if value is None or value in ("", [], {}):
        return ""
    if (told := _told(row, name)) is not None:
        return "\n".join(f"{question}: {answer}" for question, answer in told)
    found = row._meta.get_field(name)  # noqa: SLF001 -- Django's public way to a field
    if isinstance(found, ForeignKey):
        return _linked(value, network)
    if isinstance(found, ArrayField) and found.base_field.choices:
        words: dict[Any, Any] = dict(found.base_field.flatchoices)
        return ", ".join(str(words.get(one, one)) for one in value)
    if isinstance(found, Field) and found.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _plain(name, value, network)


def _told(row: NetworkModel, name: str) -> Iterator[tuple[str, str]] | None:
    """Return coded answers as people read them; nothing for another field."""
    if isinstance(row, OwnQuestion) and name == "told":
        return told_in_words(row.participation, row.told)
    return answers_in_words(row) if isinstance(row, Answers) and name == "answers" else None


def text_of(row: NetworkModel, name: str) -> str:
    """Return a text as it is looked through: what was handed on is kept as rows, and read as lines."""
    value = str(getattr(row, name) or "")
    return _handed(value) if name == "handed" and value and not isinstance(value, Locked) else value


def _plain(name: str, value: Any, network: Network) -> str:  # noqa: ANN401 -- a field's value
    if isinstance(value, bool):
        return _now("ja") if value else _now("nein")
    if isinstance(value, datetime | date | time):
        return _moment(value, network)
    own_words = {
        "topic": lambda: next((choose(row.name, "de").text for row in topics() if row.key == value), str(value)),
        "template": lambda: str(dict(Template.choices).get(value, value)),
        "language": lambda: LANGUAGE_NAMES.get(str(value), str(value)),
        "plan": lambda: plans()[value].name if value in plans() else str(value),
        "kind": lambda: letter_kinds()[value].name if value in letter_kinds() else str(value),
        "rule": lambda: rules()[value].name if value in rules() else str(value),
        "benefit": lambda: benefit_names([value])[value],
        "paper": lambda: paper_titles([value])[value],
        "more_papers": lambda: ", ".join(paper_names(value)),
        "weekdays": lambda: ", ".join(str(WEEKDAYS[number]) for number in value),
        "facts": lambda: _facts(json.loads(value)),
        "released": lambda: _facts(json.loads(value).get("facts", {})),
        "content": lambda: _content(json.loads(value)),
        "handed": lambda: _handed(value),
        "codes": lambda: ", ".join(value),
        "gender": lambda: _now("bei einer Frau") if value == "f" else _now("bei einem Mann"),
    }
    return own_words[name]() if name in own_words else str(value)


def _handed(value: str) -> str:
    """Return the rows of what was handed on; its reason is a text of its own."""
    if isinstance(value, Locked):
        return str(value)
    _reason, groups = unpacked(value)
    return "\n".join(f"{label}: {text}" for group in groups for label, text in group.rows)


def _moment(value: datetime | date | time, network: Network) -> str:
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(network.zone), "d.M.y, HH:mm", locale="de")
    if isinstance(value, date):
        return format_date(value, "d.M.y", locale="de")
    return format_time(value, "HH:mm", locale="de")


def _facts(raw: Mapping[str, Any]) -> str:
    try:
        return "\n".join(f"{question}: {answer}" for question, answer in known_facts(clean_facts(raw)))
    except FactError:  # of an older version: given out as it stands
        return json.dumps(raw, ensure_ascii=False)


def _content(content: Mapping[str, Any]) -> str:
    """Return a kept check, the copy for the outlook, or something foreseen."""
    if "granted" in content:
        return copy_in_words(content, names_of(current_book()))
    if "before" in content:
        return _now("%(before)s Euro im Monat, danach %(after)s Euro") % content
    return _check(content)


def _check(content: Mapping[str, Any]) -> str:
    names = names_of(current_book())
    paid = [f"{benefit_name(key, names)}: {euro_in_words(amount)}" for key, amount in content.get("paid", {}).items()]
    household = household_in_words(content["household"], names) if "household" in content else []
    return "\n".join([*household, *paid, f"{_now('Bleibt im Monat')}: {euro_in_words(content.get('disposable_m'))}"])


def _linked(value: Any, network: Network) -> str:  # noqa: ANN401 -- any row
    if isinstance(value, Membership):
        return function_of(value)
    if isinstance(value, Organisation | District | Locality | Programme):
        return value.name
    if isinstance(value, Site):
        return f"{value.name}, {value.address}"
    if isinstance(value, Group | Office | Service):
        return choose(value.title if isinstance(value, Group) else value.name, "de").text
    if isinstance(value, Session):
        return f"{choose(value.group.title, 'de').text}, {_plain('starts_at', value.starts_at, network)}"
    return ""


def machine(row: NetworkModel, name: str) -> Any:  # noqa: ANN401 -- JSON
    """Return the value of a field for a machine: ISO dates, codes, plain JSON; no id of ours."""
    value = getattr(row, name)
    if isinstance(value, Membership):
        return function_of(value)
    if isinstance(value, Organisation | Group | Programme | District | Locality | Site | Office | Service):
        return value.key
    if isinstance(value, Session):
        return value.starts_at.isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if name in {"facts", "released", "content"} and value:
        return json.loads(value)
    return value
